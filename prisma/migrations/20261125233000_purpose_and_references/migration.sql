-- What an alert is for, apart from the CAP msgType that follows from it; each end
-- of an alert's life as a state of its own; references to any number of alerts.

alter table "Alert" drop constraint only_a_cancel_names_what_it_cancels, drop constraint an_alert_kind_is_known,
  drop constraint an_alert_state_is_known, drop constraint what_left_the_draft_has_a_fingerprint,
  drop constraint a_published_alert_says_when;
drop index one_open_cancel_per_alert;

create table "AlertReference" (
  "alertId" text not null,
  "earlierId" text not null,
  constraint "AlertReference_pkey" primary key ("alertId", "earlierId"),
  constraint "AlertReference_alertId_fkey" foreign key ("alertId") references "Alert" (id) on delete restrict on update cascade,
  constraint "AlertReference_earlierId_fkey" foreign key ("earlierId") references "Alert" (id) on delete restrict on update cascade,
  constraint an_alert_refers_to_another check ("alertId" <> "earlierId")
);
create index "AlertReference_earlierId_idx" on "AlertReference" ("earlierId");

-- The functions and triggers named below are written for the new columns, so the
-- old rows are moved while none of them looks.
alter table "Alert" disable trigger user;
alter table "Alert" rename column kind to purpose;
update "Alert" set purpose = 'cancellation' where purpose = 'cancel';
update "Alert" set state = 'canceled' where state = 'cancelled';
update "Alert" as alert set state = 'discarded' where state = 'rejected' and (
  select action from "AuditEvent" where "subjectId" = alert.id and action in ('alert.discarded', 'alert.rejected')
  order by seq desc limit 1) = 'alert.discarded';
insert into "AlertReference" select id, "cancelsId" from "Alert" where "cancelsId" is not null;
alter table "Alert" enable trigger user;
alter table "Alert" drop column "cancelsId";

alter table "Alert"
  add constraint an_alert_state_is_known
    check (state in ('draft', 'submitted', 'approved', 'published', 'rejected', 'discarded', 'canceled')),
  add constraint an_alert_purpose_is_known check (purpose in ('outage', 'cancellation')),
  add constraint what_left_the_draft_has_a_fingerprint
    check (state in ('draft', 'rejected', 'discarded') or ("contentHash" is not null and bundle is not null)),
  add constraint a_published_alert_says_when
    check (state not in ('published', 'canceled') or ("publishedAt" is not null and "expiresAt" is not null));

create or replace function an_alert_moves_only_by_its_lifecycle() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state <> old.state and not (old.state || '>' || new.state = any (array[
      'draft>submitted', 'draft>discarded', 'submitted>draft', 'submitted>rejected', 'submitted>approved',
      'approved>published', 'published>canceled'])) then
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
      select 1 from "Approval" where "alertId" = new.id and decision = 'approve' and "contentHash" = new."contentHash") then
    perform refuse('an_alert_is_approved_by_a_person', 'No approval of exactly this content is on record.');
  end if;
  return new;
end $$;

create or replace function what_an_alert_is_never_changes() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if (new.id, new."agencyId", new."incidentId", new.purpose, new.code, new."createdById", new."createdBy",
      new."createdAt") is distinct from (old.id, old."agencyId", old."incidentId", old.purpose, old.code,
      old."createdById", old."createdBy", old."createdAt") then
    perform refuse('what_an_alert_is_never_changes', 'An alert keeps its agency, its outage, its code and its author.');
  end if;
  if old.state in ('approved', 'published', 'canceled', 'rejected', 'discarded')
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

create function a_reference_is_to_what_went_out() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare own record;
begin
  if tg_op <> 'INSERT' then
    perform refuse('a_reference_is_kept', 'What an alert refers to is written once.');
  end if;
  select purpose, state into own from "Alert" where id = new."alertId";
  if own.state <> 'draft' or not exists (select 1 from "Alert" where id = new."earlierId" and state = 'published') then
    perform refuse('a_reference_is_to_what_went_out', 'A draft refers to an alert that is in force.');
  end if;
  if own.purpose = 'cancellation' and exists (
      select 1 from "AlertReference" r join "Alert" a on a.id = r."alertId"
      where r."earlierId" = new."earlierId" and a.id <> new."alertId" and a.purpose = 'cancellation'
        and a.state not in ('rejected', 'discarded')) then
    perform refuse('one_open_cancellation_per_alert', 'This alert has a cancellation already.');
  end if;
  return new;
end $$;
create trigger a_reference_is_to_what_went_out before insert or update or delete on "AlertReference"
  for each row execute function a_reference_is_to_what_went_out();

create function a_cancellation_refers_to_something() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.purpose = 'cancellation' and not exists (select 1 from "AlertReference" where "alertId" = new.id) then
    perform refuse('a_cancellation_refers_to_something', 'A cancellation names the alert that it takes back.');
  end if;
  return null;
end $$;
create constraint trigger a_cancellation_refers_to_something after insert on "Alert"
  deferrable initially deferred for each row execute function a_cancellation_refers_to_something();
