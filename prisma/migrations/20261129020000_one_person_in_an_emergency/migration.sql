-- Emergency release by one person: off unless the agency's rules allow it. Whoever may
-- approve and worked on the alert asks for it with the password, and releases it minutes
-- later with the password again. Both are kept for ever.
alter table "Agency" add column "emergencyRelease" boolean not null default false,
  add column "emergencyMinutes" integer not null default 10,
  add constraint an_emergency_opens_after_minutes check ("emergencyMinutes" between 5 and 240);
alter table "Decision" add column emergency boolean not null default false;

create table "EmergencyRequest" (
  id text primary key,
  "alertId" text not null references "Alert" (id) on delete restrict on update cascade,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  "contentHash" text not null,
  reason text not null,
  at timestamptz(3) not null,
  constraint an_emergency_has_a_reason check (length(trim(reason)) >= 10)
);
create index "EmergencyRequest_alertId_idx" on "EmergencyRequest" ("alertId");
create trigger an_emergency_request_is_kept before update or delete on "EmergencyRequest"
  for each row execute function what_is_recorded_stays('an_emergency_request_is_kept', 'An emergency request is kept.');
create trigger emergency_requests_are_never_emptied before truncate on "EmergencyRequest"
  for each statement execute function what_is_recorded_stays('an_emergency_request_is_kept', 'An emergency request is kept.');

create or replace function an_approver_did_not_contribute() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare subject record;
begin
  select state, "contentHash", "agencyId", "submittedAt" into subject from "Alert" where id = new."alertId" for update;
  if subject.state is distinct from 'submitted' or subject."contentHash" is distinct from new."contentHash" then
    perform refuse('a_decision_is_about_the_submitted_content',
      'A decision is about content that is with the approver, by its fingerprint.');
  end if;
  if new.emergency and (new.decision <> 'approve' or not (select "emergencyRelease" from "Agency" where id = subject."agencyId")
      or not exists (select 1 from "EmergencyRequest" where "alertId" = new."alertId" and "personId" = new."personId"
        and "contentHash" = new."contentHash" and at <= new.at - interval '2 minutes')) then
    perform refuse('an_emergency_takes_two_confirmations_minutes_apart',
      'One person releases an alert only where the agency allows it, and two minutes after asking for it.');
  end if;
  if new.decision = 'approve' and not new.emergency and exists (
      select 1 from "Contribution" where "alertId" = new."alertId" and "personId" = new."personId") then
    perform refuse('an_approver_did_not_contribute', 'Who contributed to an alert cannot approve it.');
  end if;
  return new;
end $$;
