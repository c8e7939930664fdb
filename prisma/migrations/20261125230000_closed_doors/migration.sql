-- What an attack on the first version found, closed in the database.

-- People -------------------------------------------------------------------

alter table "Agency" add column "numbersCountAsWork" boolean not null default false;

-- Every person has an agency that answers for the account: the one the invitation
-- came from; else, of those with a role, the one nearest the top, so that nobody
-- below comes to manage the account; else the topmost.
alter table "Person" add column "homeAgencyId" text;
update "Person" as person set "homeAgencyId" = coalesce(
  (select event."agencyId" from "AuditEvent" as event join "Agency" on "Agency".id = event."agencyId"
    where event."subjectType" = 'person' and event."subjectId" = person.id and event.action = 'person.invited'
    order by event.seq limit 1),
  (select "agencyId" from "Membership" join "Agency" on "Agency".id = "agencyId"
    where "personId" = person.id order by "parentId" nulls first, "agencyId" limit 1),
  (select id from "Agency" where "parentId" is null order by id limit 1));
alter table "Person"
  alter column "homeAgencyId" set not null,
  add constraint "Person_homeAgencyId_fkey" foreign key ("homeAgencyId") references "Agency" (id)
    on delete restrict on update cascade;

alter table "SetupLink" add column "madeById" text;
alter table "Session" add column browser text not null default '', add column address text not null default '';

create table "Heartbeat" (
  id integer not null,
  at timestamptz(3) not null,
  constraint "Heartbeat_pkey" primary key (id),
  constraint there_is_one_heartbeat check (id = 1)
);

-- A test call says when it was entered, so that one entered later can be told apart.
alter table "Verification" add column "recordedAt" timestamptz(3);
alter table "Verification" alter column "recordedAt" set default clock_timestamp();

create function a_test_call_is_dated_by_the_database() returns trigger language plpgsql as $$
begin
  new."recordedAt" := clock_timestamp();
  return new;
end $$;
create trigger a_test_call_is_dated_by_the_database before insert on "Verification"
  for each row execute function a_test_call_is_dated_by_the_database();

-- What is known of a number's test calls comes from the test calls ------------

create function what_calls_say_comes_from_calls() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new."goodUntil" is not null or new.failures <> 0 or new."lastCalledAt" is not null then
      perform refuse('what_calls_say_comes_from_calls', 'A number begins without test calls.');
    end if;
  elsif (new."goodUntil", new.failures, new."lastCalledAt")
      is distinct from (old."goodUntil", old.failures, old."lastCalledAt") and pg_trigger_depth() < 2 then
    perform refuse('what_calls_say_comes_from_calls', 'Only a test call changes how long a number stays verified.');
  end if;
  return new;
end $$;
create trigger what_calls_say_comes_from_calls before insert or update on "DirectNumber"
  for each row execute function what_calls_say_comes_from_calls();
-- It writes columns that the console's role may not.
alter function a_number_follows_its_test_calls() security definer;

-- A published alert stays what it was -----------------------------------------

create function what_an_alert_is_never_changes() returns trigger language plpgsql as $$
begin
  if (new.id, new."agencyId", new."incidentId", new.kind, new.code, new."cancelsId", new."createdById", new."createdBy",
      new."createdAt") is distinct from (old.id, old."agencyId", old."incidentId", old.kind, old.code, old."cancelsId",
      old."createdById", old."createdBy", old."createdAt") then
    perform refuse('what_an_alert_is_never_changes', 'An alert keeps its agency, its outage, its code and its author.');
  end if;
  if old.state in ('approved', 'published', 'cancelled', 'rejected')
     and (new.title, new.version, new."templateId", new."submittedBy", new."submittedAt")
         is distinct from (old.title, old.version, old."templateId", old."submittedBy", old."submittedAt") then
    perform refuse('an_approved_alert_is_never_edited', 'What was approved, published or rejected is not edited.');
  end if;
  if (old."publishedAt" is not null or new.state <> 'published')
     and (new."publishedAt", new."expiresAt") is distinct from (old."publishedAt", old."expiresAt") then
    perform refuse('an_alert_ends_when_it_said', 'When an alert went out and ends is written once, at publication.');
  end if;
  return new;
end $$;
create trigger what_an_alert_is_never_changes before update on "Alert"
  for each row execute function what_an_alert_is_never_changes();
create trigger an_alert_is_never_deleted before delete on "Alert"
  for each row execute function what_is_recorded_stays('an_alert_is_never_deleted', 'An alert is discarded or canceled, never deleted.');

create function what_an_incident_is_never_changes() returns trigger language plpgsql as $$
begin
  if (new.id, new."agencyId", new."declaredById", new."declaredBy", new."declaredAt")
     is distinct from (old.id, old."agencyId", old."declaredById", old."declaredBy", old."declaredAt") then
    perform refuse('what_an_incident_is_never_changes', 'An incident keeps its agency and who declared it, and when.');
  end if;
  return new;
end $$;
create trigger what_an_incident_is_never_changes before update on "Incident"
  for each row execute function what_an_incident_is_never_changes();
create trigger an_incident_is_never_deleted before delete on "Incident"
  for each row execute function what_is_recorded_stays('an_incident_is_never_deleted', 'An incident is closed, never deleted.');

create trigger a_saved_draft_is_kept before update or delete on "Revision"
  for each row execute function what_is_recorded_stays('a_saved_draft_is_kept', 'A saved draft is kept as it was saved.');
create trigger a_person_is_never_deleted before delete on "Person"
  for each row execute function what_is_recorded_stays('a_person_is_never_deleted', 'A person is disabled, never deleted.');

-- A change that was answered as failed never happens later -----------------------

-- Each transaction says until when it may end. A COMMIT that was stuck longer,
-- in a frozen database or a slow network, is refused when it comes through.
create function a_change_ends_in_time() returns trigger language plpgsql as $$
begin
  if clock_timestamp() > nullif(current_setting('callbox.ends_by', true), '')::timestamptz then
    perform refuse('a_change_ends_in_time', 'This change took too long and was given up.');
  end if;
  return null;
end $$;
create constraint trigger a_change_ends_in_time after insert on "AuditEvent"
  deferrable initially deferred for each row execute function a_change_ends_in_time();

-- Names are looked up in this schema, never in a temporary table of the same name ---

do $$
declare one record;
begin
  for one in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', one.name);
  end loop;
end $$;
