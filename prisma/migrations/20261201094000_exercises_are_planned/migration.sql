-- Exercises as a program: planned, played, measured, and the demonstrations in the IPAWS lab noted beside them.

CREATE TABLE "Exercise" (
    "id" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "brief" TEXT NOT NULL,
    "failure" TEXT NOT NULL,
    "carrier" TEXT,
    "textTo911" TEXT NOT NULL,
    "placeIds" TEXT[] NOT NULL,
    "targets" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "calledOffAt" TIMESTAMPTZ(3),
    "calledOffBy" TEXT,
    "calledOffWhy" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "startedBy" TEXT,
    "incidentId" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,

    CONSTRAINT "Exercise_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "ExercisePlayer" (
    "exerciseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "ExercisePlayer_pkey" PRIMARY KEY ("exerciseId","personId","part")
);
CREATE TABLE "ExerciseInject" (
    "id" TEXT NOT NULL,
    "exerciseId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "afterMinutes" INTEGER,
    "stage" TEXT,

    CONSTRAINT "ExerciseInject_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "ExerciseAcknowledgment" (
    "injectId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExerciseAcknowledgment_pkey" PRIMARY KEY ("injectId","personId")
);
CREATE TABLE "LabDemonstration" (
    "id" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "note" TEXT NOT NULL,
    "recordedById" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),
    "withdrawnBy" TEXT,

    CONSTRAINT "LabDemonstration_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Exercise_incidentId_key" ON "Exercise"("incidentId");
CREATE INDEX "Exercise_agencyId_startsAt_idx" ON "Exercise"("agencyId", "startsAt");
CREATE INDEX "ExercisePlayer_personId_idx" ON "ExercisePlayer"("personId");
CREATE UNIQUE INDEX "ExerciseInject_exerciseId_position_key" ON "ExerciseInject"("exerciseId", "position");
CREATE INDEX "LabDemonstration_agencyId_day_idx" ON "LabDemonstration"("agencyId", "day");
ALTER TABLE "Exercise" ADD CONSTRAINT "Exercise_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Exercise" ADD CONSTRAINT "Exercise_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "ExercisePlayer" ADD CONSTRAINT "ExercisePlayer_exerciseId_fkey" FOREIGN KEY ("exerciseId") REFERENCES "Exercise"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExercisePlayer" ADD CONSTRAINT "ExercisePlayer_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExerciseInject" ADD CONSTRAINT "ExerciseInject_exerciseId_fkey" FOREIGN KEY ("exerciseId") REFERENCES "Exercise"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExerciseAcknowledgment" ADD CONSTRAINT "ExerciseAcknowledgment_injectId_fkey" FOREIGN KEY ("injectId") REFERENCES "ExerciseInject"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ExerciseAcknowledgment" ADD CONSTRAINT "ExerciseAcknowledgment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LabDemonstration" ADD CONSTRAINT "LabDemonstration_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LabDemonstration" ADD CONSTRAINT "LabDemonstration_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "Exercise"
  add constraint an_exercise_has_places check (cardinality("placeIds") > 0),
  add constraint an_exercise_called_off_names_who_and_why
    check (("calledOffAt" is null) = ("calledOffBy" is null) and ("calledOffAt" is null) = ("calledOffWhy" is null)),
  add constraint a_started_exercise_names_who check (("startedAt" is null) = ("startedBy" is null)),
  add constraint a_closed_exercise_names_who check (("closedAt" is null) = ("closedBy" is null)),
  add constraint an_exercise_is_started_or_called_off check ("startedAt" is null or "calledOffAt" is null),
  add constraint an_exercise_is_closed_after_it_started check ("closedAt" is null or "startedAt" is not null),
  add constraint an_outage_belongs_to_a_started_exercise check ("incidentId" is null or "startedAt" is not null);
alter table "ExercisePlayer"
  add constraint a_part_is_known check (part in ('declares', 'drafts', 'approves', 'watches'));
alter table "ExerciseInject"
  add constraint an_inject_has_one_moment check (("afterMinutes" is null) <> (stage is null)),
  add constraint an_inject_comes_within_a_day check ("afterMinutes" between 0 and 1440),
  add constraint an_inject_waits_for_a_known_stage check (stage in ('declared', 'submitted', 'published'));
alter table "LabDemonstration"
  add constraint a_withdrawn_demonstration_names_who check (("withdrawnAt" is null) = ("withdrawnBy" is null));

-- Measured times mean something only while what was planned stays as it was.
create function an_exercise_stays_as_planned() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform refuse('an_exercise_stays_as_planned', 'An exercise is never deleted. Call it off.');
  end if;
  if (new."agencyId", new."createdById", new."createdBy", new."createdAt")
      is distinct from (old."agencyId", old."createdById", old."createdBy", old."createdAt")
     or (old."startedAt" is not null or old."calledOffAt" is not null)
       and (new.title, new."startsAt", new.brief, new.failure, new.carrier, new."textTo911", new."placeIds", new.targets)
         is distinct from (old.title, old."startsAt", old.brief, old.failure, old.carrier, old."textTo911", old."placeIds", old.targets)
     or old."startedAt" is not null and (new."startedAt", new."startedBy") is distinct from (old."startedAt", old."startedBy")
     or old."calledOffAt" is not null and new."calledOffAt" is distinct from old."calledOffAt"
     or old."closedAt" is not null and (new."closedAt", new."closedBy") is distinct from (old."closedAt", old."closedBy") then
    perform refuse('an_exercise_stays_as_planned', 'What was planned is not changed once the exercise began or was called off.');
  end if;
  return new;
end $$;
create trigger an_exercise_stays_as_planned before update or delete on "Exercise"
  for each row execute function an_exercise_stays_as_planned();

-- The outage of an exercise is practice, of the same agency, declared after the start, and stays the same one.
create function an_exercise_is_never_live() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old."incidentId" is not null and new."incidentId" is distinct from old."incidentId" then
    perform refuse('an_exercise_is_never_live', 'An exercise keeps its incident.');
  end if;
  if new."incidentId" is not null and not exists (
      select 1 from "Incident" i where i.id = new."incidentId" and i.mode = 'exercise' and i."agencyId" = new."agencyId"
        and i."declaredAt" >= new."startedAt") then
    perform refuse('an_exercise_is_never_live', 'An exercise has an incident in exercise mode, of its own agency.');
  end if;
  return new;
end $$;
create trigger an_exercise_is_never_live before insert or update on "Exercise"
  for each row execute function an_exercise_is_never_live();

create function players_and_injects_stay_as_planned() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from "Exercise" e where e.id = (case when tg_op = 'DELETE' then old."exerciseId" else new."exerciseId" end)
      and (e."startedAt" is not null or e."calledOffAt" is not null)) then
    perform refuse('players_and_injects_stay_as_planned', 'Players and injects are not changed once the exercise began or was called off.');
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger players_and_injects_stay_as_planned before insert or update or delete on "ExercisePlayer"
  for each row execute function players_and_injects_stay_as_planned();
create trigger players_and_injects_stay_as_planned before insert or update or delete on "ExerciseInject"
  for each row execute function players_and_injects_stay_as_planned();

create function an_acknowledgment_is_kept_for_ever() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    perform refuse('an_acknowledgment_is_kept_for_ever', 'An acknowledgment is never changed or deleted.');
  end if;
  if not exists (select 1 from "ExerciseInject" i join "Exercise" e on e.id = i."exerciseId"
      join "ExercisePlayer" p on p."exerciseId" = e.id and p."personId" = new."personId"
      where i.id = new."injectId" and e."startedAt" <= new.at and e."closedAt" is null) then
    perform refuse('an_acknowledgment_is_kept_for_ever', 'A player acknowledges an inject while the exercise runs.');
  end if;
  return new;
end $$;
create trigger an_acknowledgment_is_kept_for_ever before insert or update or delete on "ExerciseAcknowledgment"
  for each row execute function an_acknowledgment_is_kept_for_ever();

create function a_demonstration_is_withdrawn_not_changed() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or (new."agencyId", new."personId", new.day, new.note, new."recordedById", new."recordedBy", new."recordedAt")
      is distinct from (old."agencyId", old."personId", old.day, old.note, old."recordedById", old."recordedBy", old."recordedAt")
      or old."withdrawnAt" is not null then
    perform refuse('a_demonstration_is_withdrawn_not_changed', 'A noted demonstration is taken back, never changed.');
  end if;
  return new;
end $$;
create trigger a_demonstration_is_withdrawn_not_changed before update or delete on "LabDemonstration"
  for each row execute function a_demonstration_is_withdrawn_not_changed();

-- An exercise can be closed at any time: what waits for its approver ends with it. Of a real outage nothing ends so.
create function only_an_exercise_ends_what_waits() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.state = 'submitted' and new.state = 'discarded' and not exists (
      select 1 from "Incident" i where i.id = new."incidentId" and i.mode = 'exercise') then
    perform refuse('only_an_exercise_ends_what_waits', 'What waits for an approver is decided or taken back.');
  end if;
  return new;
end $$;
create trigger only_an_exercise_ends_what_waits before update on "Alert"
  for each row execute function only_an_exercise_ends_what_waits();

create or replace function an_alert_moves_only_by_its_lifecycle() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> old.state and not (old.state || '>' || new.state = any (array[
      'draft>submitted', 'draft>discarded', 'submitted>draft', 'submitted>rejected', 'submitted>discarded',
      'submitted>approved', 'approved>published', 'published>canceled'])) then
    perform refuse('an_alert_moves_only_by_its_lifecycle',
      format('An alert cannot go from %s to %s.', old.state, new.state));
  end if;
  if old.state in ('approved', 'published', 'canceled', 'rejected', 'discarded')
     and (new.content, new.bundle, new."contentHash", new."capStatus", new.code, new.purpose)
         is distinct from (old.content, old.bundle, old."contentHash", old."capStatus", old.code, old.purpose) then
    perform refuse('an_approved_alert_is_never_edited', 'What was approved, published or rejected is not edited.');
  end if;
  if old.state = 'submitted' and new.state in ('submitted', 'approved')
     and (new.content, new.bundle, new."contentHash") is distinct from (old.content, old.bundle, old."contentHash") then
    perform refuse('submitted_content_is_never_edited_in_place', 'Editing takes an alert back to a draft first.');
  end if;
  if new.state = 'approved' and old.state <> 'approved' and not exists (
      select 1 from "Decision" where "alertId" = new.id and decision = 'approve' and "contentHash" = new."contentHash") then
    perform refuse('an_alert_is_approved_by_a_person', 'No approval of exactly this content is on record.');
  end if;
  return new;
end $$;
