-- DropIndex
DROP INDEX "Message_alertId_placeId_audience_key";

-- AlterTable
ALTER TABLE "Agency" ADD COLUMN     "allClearMinutes" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "firstAlertMinutes" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "idleMinutes" INTEGER NOT NULL DEFAULT 30;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "expectedEndAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "IncidentPlace" ADD COLUMN     "evidence" TEXT,
ADD COLUMN     "since" TIMESTAMPTZ(3),
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'out';

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "covers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "msgType" TEXT NOT NULL DEFAULT 'Alert',
ADD COLUMN     "tells" TEXT NOT NULL DEFAULT 'outage';

-- CreateTable
CREATE TABLE "IncidentEntry" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "source" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "byId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IncidentEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageReference" (
    "messageId" TEXT NOT NULL,
    "earlierId" TEXT NOT NULL,

    CONSTRAINT "MessageReference_pkey" PRIMARY KEY ("messageId","earlierId")
);

-- CreateIndex
CREATE INDEX "IncidentEntry_incidentId_recordedAt_idx" ON "IncidentEntry"("incidentId", "recordedAt");

-- CreateIndex
CREATE INDEX "MessageReference_earlierId_idx" ON "MessageReference"("earlierId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_alertId_placeId_audience_msgType_key" ON "Message"("alertId", "placeId", "audience", "msgType");

-- AddForeignKey
ALTER TABLE "IncidentEntry" ADD CONSTRAINT "IncidentEntry_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageReference" ADD CONSTRAINT "MessageReference_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageReference" ADD CONSTRAINT "MessageReference_earlierId_fkey" FOREIGN KEY ("earlierId") REFERENCES "Message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed lists --------------------------------------------------------------

alter table "Alert" drop constraint an_alert_purpose_is_known,
  add constraint an_alert_purpose_is_known
    check (purpose in ('outage', 'update', 'correction', 'restoration', 'cancellation'));
alter table "IncidentPlace"
  add constraint the_state_of_a_place_is_known check (state in ('out', 'partly', 'restored', 'removed')),
  add constraint a_changed_place_says_since_when_and_how
    check (state = 'out' or (since is not null and length(trim(coalesce(evidence, ''))) > 0));
alter table "IncidentEntry"
  add constraint the_kind_of_an_entry_is_known check (kind in ('facts', 'places', 'fact', 'notice', 'finding'));
alter table "Message"
  add constraint a_message_type_is_known check ("msgType" in ('Alert', 'Update', 'Cancel')),
  add constraint what_a_message_tells_is_known check (tells in ('outage', 'all-clear', 'withdrawal'));
alter table "MessageReference" add constraint a_message_refers_to_another check ("messageId" <> "earlierId");
alter table "Agency"
  add constraint limits_are_minutes
    check ("firstAlertMinutes" between 1 and 240 and "idleMinutes" between 1 and 240 and "allClearMinutes" between 1 and 240);

-- What earlier versions published -------------------------------------------

alter table "Message" disable trigger user;
update "Message" m set "msgType" = 'Cancel', tells = 'withdrawal'
  from "Alert" a where a.id = m."alertId" and a.purpose = 'cancellation';
update "Message" m set covers = array[m."placeId"] where m.audience = 'phones';
update "Message" m set covers = array(select jsonb_array_elements_text(one->'placeIds'))
  from "Alert" a, jsonb_array_elements(a.bundle::jsonb->'messages') one
  where a.id = m."alertId" and one->>'identifier' = m.identifier and one ? 'placeIds';
alter table "Message" enable trigger user;
insert into "MessageReference" ("messageId", "earlierId")
  select m.id, e.id from "Message" m join "AlertReference" r on r."alertId" = m."alertId"
    join "Message" e on e."alertId" = r."earlierId" and e.audience = m.audience and e."placeId" = m."placeId"
  where m."msgType" = 'Cancel' and m.xml is not null;

-- What always holds ----------------------------------------------------------

create trigger an_entry_of_an_incident_is_kept before update or delete on "IncidentEntry"
  for each row execute function what_is_recorded_stays('an_entry_of_an_incident_is_kept', 'What was learned of an outage is kept.');
create trigger entries_of_incidents_are_never_emptied before truncate on "IncidentEntry"
  for each statement execute function what_is_recorded_stays('an_entry_of_an_incident_is_kept', 'What was learned of an outage is kept.');
create trigger a_reference_of_a_message_is_kept before update or delete on "MessageReference"
  for each row execute function what_is_recorded_stays('a_reference_of_a_message_is_kept', 'What a message refers to is written once.');
create trigger references_of_messages_are_never_emptied before truncate on "MessageReference"
  for each statement execute function what_is_recorded_stays('a_reference_of_a_message_is_kept', 'What a message refers to is written once.');
create trigger a_place_of_an_incident_stays_in_it before delete on "IncidentPlace"
  for each row execute function what_is_recorded_stays('a_place_of_an_incident_stays_in_it', 'A place is marked as removed, never deleted.');

-- A message never overtakes what it refers to, and replaces what nobody replaced before.
create function a_message_refers_to_what_is_in_force() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare own record; other record;
begin
  select m.audience, a."incidentId", a.state into own
    from "Message" m join "Alert" a on a.id = m."alertId" where m.id = new."messageId";
  select m.audience, m."msgType", m.xml, a."incidentId", a.state into other
    from "Message" m join "Alert" a on a.id = m."alertId" where m.id = new."earlierId" for share of m;
  if own.state is distinct from 'approved' or other.xml is null or other.state is distinct from 'published'
     or own."incidentId" <> other."incidentId" or own.audience <> other.audience or other."msgType" = 'Cancel' then
    perform refuse('a_message_refers_to_what_is_in_force',
      'A message refers to a published message of the same outage for the same receivers.');
  end if;
  -- Several messages of one alert may share what they replace; those of two alerts never do.
  if exists (select 1 from "MessageReference" r join "Message" m on m.id = r."messageId"
      where r."earlierId" = new."earlierId" and m."alertId" <>
        (select "alertId" from "Message" where id = new."messageId")) then
    perform refuse('a_message_is_replaced_once', 'Another alert replaced this message already.');
  end if;
  return new;
end $$;
create trigger a_message_refers_to_what_is_in_force before insert on "MessageReference"
  for each row execute function a_message_refers_to_what_is_in_force();

-- What a message is and for whom is written with it, once.
create or replace function published_bytes_are_never_changed() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.xml is not null then
      perform refuse('published_bytes_are_never_changed', 'Published bytes are never deleted.');
    end if;
    return old;
  end if;
  if (new.identifier, new."alertId", new."placeId", new.audience, new."msgType", new.tells, new.covers)
     is distinct from (old.identifier, old."alertId", old."placeId", old.audience, old."msgType", old.tells, old.covers) then
    perform refuse('an_identifier_is_minted_once', 'A message keeps its identifier and its place.');
  end if;
  if old.xml is not null and (new.xml, new.sha256, new.sent) is distinct from (old.xml, old.sha256, old.sent) then
    perform refuse('published_bytes_are_never_changed', 'Published bytes are never changed.');
  end if;
  if old.xml is null and new.xml is not null
     and (select state from "Alert" where id = new."alertId") <> 'approved' then
    perform refuse('only_approved_messages_are_written', 'Bytes are written for an approved alert only.');
  end if;
  return new;
end $$;

-- A draft refers to an alert that went out; several cancellations may be begun, one is published.
create or replace function a_reference_is_to_what_went_out() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare own record;
begin
  if tg_op <> 'INSERT' then
    perform refuse('a_reference_is_kept', 'What an alert refers to is written once.');
  end if;
  select purpose, state, "incidentId" into own from "Alert" where id = new."alertId";
  if own.state <> 'draft' or not exists (
      select 1 from "Alert" where id = new."earlierId" and state = 'published' and "incidentId" = own."incidentId") then
    perform refuse('a_reference_is_to_what_went_out', 'A draft refers to an alert of its outage that was published.');
  end if;
  if own.purpose = 'cancellation' and exists (
      select 1 from "AlertReference" r join "Alert" a on a.id = r."alertId"
      where r."earlierId" = new."earlierId" and a.id <> new."alertId" and a.purpose = 'cancellation'
        and a.state not in ('rejected', 'discarded')) then
    perform refuse('one_open_cancellation_per_alert', 'This alert has a cancellation already.');
  end if;
  return new;
end $$;

-- Words of the languages for messages that say 911 works, or that a number was wrong.
update "Language" set words = jsonb_set(words, '{lexicon,hazard}',
  to_jsonb(replace(words #>> '{lexicon,hazard}', 'canceled|cancels)', 'canceled|cancels|works again|wrong|corrects)')))
  where code = 'en-US' and words ? 'lexicon';
update "Language" set words = jsonb_set(jsonb_set(words, '{lexicon,hazard}',
    to_jsonb(replace(words #>> '{lexicon,hazard}', 'no comunican|anula)', 'no comunican|anula|funciona otra vez|ya hay|equivocado|corrige)'))),
  '{phrases,911 works again}', '"el 911 funciona otra vez"')
  where code = 'es-US' and words ? 'lexicon';
