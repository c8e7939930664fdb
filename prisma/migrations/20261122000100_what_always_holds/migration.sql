-- What always holds, whatever the code does. Each constraint is named as the
-- sentence it keeps; a trigger raises with that name too, so that a refusal
-- says which promise was about to be broken.

create function refuse(promise text, detail text) returns void language plpgsql as $$
begin
  raise exception '%', detail using errcode = 'check_violation', constraint = promise;
end $$;

-- Closed lists -------------------------------------------------------------

alter table "Site"
  add constraint there_is_one_site check (id = 1),
  add constraint a_site_is_a_demonstration_or_real check (mode in ('demonstration', 'real'));
alter table "Membership"
  add constraint a_role_is_known check (role in ('drafter', 'approver', 'steward', 'administrator', 'auditor'));
alter table "Region"
  add constraint a_region_kind_is_known check (kind in ('state', 'county', 'municipality')),
  add constraint a_same_code_has_six_digits check ("sameCode" ~ '^[0-9]{6}$');
alter table "DirectNumber"
  add constraint a_direct_number_is_ten_digits check (e164 ~ '^\+1[2-9][0-9]{2}[2-9][0-9]{6}$'),
  add constraint a_direct_number_is_never_n11 check (substr(e164, 7, 2) <> '11' and substr(e164, 4, 2) <> '11'),
  add constraint a_number_status_is_known check (status in ('in-service', 'overloaded', 'down')),
  add constraint a_service_is_known check (service in ('dispatch', 'police', 'fire', 'ambulance'));
alter table "Verification"
  add constraint a_test_call_result_is_known
    check (result in ('right-desk', 'right-desk-limited', 'somebody-else', 'no-answer', 'busy', 'out-of-service'));
alter table "Incident"
  add constraint an_incident_is_live_or_an_exercise check (mode in ('live', 'exercise')),
  add constraint a_failure_is_known
    check (failure in ('full', 'partial', 'intermittent', 'carrier', 'landline', 'wireless')),
  add constraint a_carrier_is_named_only_for_a_carrier_outage check ((failure = 'carrier') = (carrier is not null)),
  add constraint text_to_911_is_known check ("textTo911" in ('works', 'fails', 'unknown'));
alter table "Alert"
  add constraint an_alert_state_is_known
    check (state in ('draft', 'submitted', 'approved', 'published', 'rejected', 'cancelled')),
  add constraint an_alert_kind_is_known check (kind in ('outage', 'cancel')),
  add constraint a_cap_status_is_known check ("capStatus" in ('Actual', 'Exercise', 'Test')),
  add constraint only_a_cancel_names_what_it_cancels check ((kind = 'cancel') = ("cancelsId" is not null)),
  add constraint what_left_the_draft_has_a_fingerprint
    check (state in ('draft', 'rejected') or ("contentHash" is not null and bundle is not null)),
  add constraint a_fingerprint_is_of_the_bundle
    check (bundle is null or "contentHash" = encode(sha256(convert_to(bundle, 'UTF8')), 'hex')),
  add constraint a_published_alert_says_when
    check (state not in ('published', 'cancelled') or ("publishedAt" is not null and "expiresAt" is not null));
alter table "Message"
  add constraint an_audience_is_known check (audience in ('phones', 'broadcasters')),
  add constraint an_identifier_suits_cap_and_ipaws check (identifier ~ '^[A-Za-z0-9.:_-]{1,120}$'),
  add constraint a_message_is_written_whole check ((xml is null) = (sha256 is null) and (xml is null) = (sent is null)),
  add constraint a_message_fingerprint_is_of_its_bytes check (xml is null or sha256 = encode(sha256(xml), 'hex'));
alter table "Approval"
  add constraint a_decision_is_known check (decision in ('approve', 'return', 'reject')),
  add constraint a_return_or_rejection_has_a_reason
    check (decision = 'approve' or length(trim(coalesce(reason, ''))) > 0);
create unique index an_alert_is_approved_once on "Approval" ("alertId") where decision = 'approve';
create unique index one_open_cancel_per_alert on "Alert" ("cancelsId") where state <> 'rejected';

-- A demonstration stays one ------------------------------------------------

create function a_site_never_changes_its_nature() returns trigger language plpgsql as $$
begin
  perform refuse('a_site_never_changes_its_nature', 'A site is made a demonstration or a real one once and stays so.');
  return null;
end $$;
create trigger a_site_never_changes_its_nature before update of mode or delete on "Site"
  for each row execute function a_site_never_changes_its_nature();

create function invented_numbers_stay_in_the_demonstration() returns trigger language plpgsql as $$
declare demonstration boolean := (select mode = 'demonstration' from "Site" where id = 1);
  invented boolean := new.e164 ~ '^\+1[0-9]{3}55501[0-9]{2}$';
begin
  if demonstration and not (invented and new."isDemonstration") then
    perform refuse('invented_numbers_stay_in_the_demonstration',
      'A demonstration keeps only invented numbers, 555-0100 to 555-0199, marked as such.');
  elsif not coalesce(demonstration, false) and (invented or new."isDemonstration") then
    perform refuse('invented_numbers_stay_in_the_demonstration', 'A real site keeps no invented number.');
  end if;
  return new;
end $$;
create trigger invented_numbers_stay_in_the_demonstration before insert or update on "DirectNumber"
  for each row execute function invented_numbers_stay_in_the_demonstration();

create function a_status_fits_the_site_and_the_incident() returns trigger language plpgsql as $$
declare
  incident_mode text := (select mode from "Incident" where id = new."incidentId");
  site_mode text := (select mode from "Site" where id = 1);
  right_status text := case when incident_mode = 'exercise' then 'Exercise'
                            when site_mode = 'real' then 'Actual' else 'Test' end;
begin
  if new."capStatus" <> right_status then
    perform refuse('a_status_fits_the_site_and_the_incident', format('This alert must be %s.', right_status));
  end if;
  return new;
end $$;
create trigger a_status_fits_the_site_and_the_incident before insert or update of "capStatus", "incidentId" on "Alert"
  for each row execute function a_status_fits_the_site_and_the_incident();

create function an_incident_never_changes_mode() returns trigger language plpgsql as $$
begin
  if new.mode <> old.mode then
    perform refuse('an_incident_never_changes_mode', 'An exercise never becomes live, nor the reverse.');
  end if;
  return new;
end $$;
create trigger an_incident_never_changes_mode before update on "Incident"
  for each row execute function an_incident_never_changes_mode();

-- The lifecycle ------------------------------------------------------------

create function an_alert_moves_only_by_its_lifecycle() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not (old.state || '>' || new.state = any (array[
      'draft>submitted', 'draft>rejected', 'submitted>draft', 'submitted>rejected', 'submitted>approved',
      'approved>published', 'published>cancelled'])) then
    perform refuse('an_alert_moves_only_by_its_lifecycle',
      format('An alert cannot go from %s to %s.', old.state, new.state));
  end if;
  if old.state in ('approved', 'published', 'cancelled', 'rejected')
     and (new.content, new.bundle, new."contentHash", new."capStatus", new.code, new.kind)
         is distinct from (old.content, old.bundle, old."contentHash", old."capStatus", old.code, old.kind) then
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
create trigger an_alert_moves_only_by_its_lifecycle before update on "Alert"
  for each row execute function an_alert_moves_only_by_its_lifecycle();

create function an_alert_begins_as_a_draft() returns trigger language plpgsql as $$
begin
  if new.state <> 'draft' then
    perform refuse('an_alert_begins_as_a_draft', 'An alert begins as a draft.');
  end if;
  return new;
end $$;
create trigger an_alert_begins_as_a_draft before insert on "Alert"
  for each row execute function an_alert_begins_as_a_draft();

-- Two people ---------------------------------------------------------------

create function an_approver_did_not_contribute() returns trigger language plpgsql as $$
declare subject record;
begin
  select state, "contentHash" into subject from "Alert" where id = new."alertId" for update;
  if subject.state is distinct from 'submitted' or subject."contentHash" is distinct from new."contentHash" then
    perform refuse('a_decision_is_about_the_submitted_content',
      'A decision is about content that is with the approver, by its fingerprint.');
  end if;
  if new.decision = 'approve' and exists (
      select 1 from "Contribution" where "alertId" = new."alertId" and "personId" = new."personId") then
    perform refuse('an_approver_did_not_contribute', 'Who contributed to an alert cannot approve it.');
  end if;
  return new;
end $$;
create trigger an_approver_did_not_contribute before insert on "Approval"
  for each row execute function an_approver_did_not_contribute();

create function the_approver_does_not_contribute_later() returns trigger language plpgsql as $$
begin
  if exists (select 1 from "Approval"
      where "alertId" = new."alertId" and "personId" = new."personId" and decision = 'approve') then
    perform refuse('an_approver_did_not_contribute', 'Who approved an alert cannot become its contributor.');
  end if;
  return new;
end $$;
create trigger the_approver_does_not_contribute_later before insert on "Contribution"
  for each row execute function the_approver_does_not_contribute_later();

-- What is written stays written ---------------------------------------------

create function what_is_recorded_stays() returns trigger language plpgsql as $$
begin
  perform refuse(tg_argv[0], tg_argv[1]);
  return null;
end $$;

create trigger an_audit_event_is_never_changed before update or delete on "AuditEvent"
  for each row execute function what_is_recorded_stays('an_audit_event_is_never_changed', 'The record is append-only.');
create trigger the_audit_is_never_emptied before truncate on "AuditEvent"
  for each statement execute function what_is_recorded_stays('an_audit_event_is_never_changed', 'The record is append-only.');
create trigger an_approval_is_never_changed before update or delete on "Approval"
  for each row execute function what_is_recorded_stays('an_approval_is_never_changed', 'A decision is never changed.');
create trigger approvals_are_never_emptied before truncate on "Approval"
  for each statement execute function what_is_recorded_stays('an_approval_is_never_changed', 'A decision is never changed.');
create trigger a_publication_is_never_changed before update or delete on "Publication"
  for each row execute function what_is_recorded_stays('a_publication_is_never_changed', 'A publication is never changed.');
create trigger publications_are_never_emptied before truncate on "Publication"
  for each statement execute function what_is_recorded_stays('a_publication_is_never_changed', 'A publication is never changed.');
create trigger a_contribution_is_never_taken_back before update or delete on "Contribution"
  for each row execute function what_is_recorded_stays('a_contribution_is_never_taken_back', 'A contribution is never taken back.');
create trigger a_test_call_is_kept_for_ever before update or delete on "Verification"
  for each row execute function what_is_recorded_stays('a_test_call_is_kept_for_ever', 'A test call is kept for ever.');
create trigger a_template_version_is_never_changed before update or delete on "Template"
  for each row execute function what_is_recorded_stays('a_template_version_is_never_changed', 'A template version is never changed.');

create function published_bytes_are_never_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.xml is not null then
      perform refuse('published_bytes_are_never_changed', 'Published bytes are never deleted.');
    end if;
    return old;
  end if;
  if (new.identifier, new."alertId", new."regionId", new.audience)
     is distinct from (old.identifier, old."alertId", old."regionId", old.audience) then
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
create trigger published_bytes_are_never_changed before update or delete on "Message"
  for each row execute function published_bytes_are_never_changed();
create trigger messages_are_never_emptied before truncate on "Message"
  for each statement execute function what_is_recorded_stays('published_bytes_are_never_changed', 'Published bytes are never deleted.');

create function a_message_begins_unwritten() returns trigger language plpgsql as $$
begin
  if new.xml is not null then
    perform refuse('only_approved_messages_are_written', 'A message is made without bytes.');
  end if;
  return new;
end $$;
create trigger a_message_begins_unwritten before insert on "Message"
  for each row execute function a_message_begins_unwritten();

create function a_publication_is_of_the_stored_bytes() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from "Message" where id = new."messageId" and sha256 = new.sha256) then
    perform refuse('a_publication_is_of_the_stored_bytes', 'A publication names the fingerprint of the stored bytes.');
  end if;
  return new;
end $$;
create trigger a_publication_is_of_the_stored_bytes before insert on "Publication"
  for each row execute function a_publication_is_of_the_stored_bytes();

-- The chain ----------------------------------------------------------------

create function the_record_is_one_chain() returns trigger language plpgsql as $$
declare last record;
begin
  select seq, hash into last from "AuditEvent" order by seq desc limit 1;
  if new.seq <> coalesce(last.seq, 0) + 1
     or new."prevHash" <> coalesce(last.hash, repeat('0', 64)) then
    perform refuse('the_record_is_one_chain', 'An entry follows the last one and carries its fingerprint.');
  end if;
  return new;
end $$;
create trigger the_record_is_one_chain before insert on "AuditEvent"
  for each row execute function the_record_is_one_chain();
