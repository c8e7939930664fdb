-- A draft keeps the version of the wording it began with, and may take a newer one of the same template. Nothing older,
-- nothing of another kind: and an edit that takes it brings the alert back to a draft.
create function an_alert_takes_a_newer_wording() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new."templateId" is distinct from old."templateId" and (new.state <> 'draft' or not exists (
      select 1 from "Template" before join "Template" after on after.key = before.key and after.version > before.version
      where before.id = old."templateId" and after.id = new."templateId")) then
    perform refuse('an_alert_takes_a_newer_wording', 'A draft may take a newer version of its own wording, and no other.');
  end if;
  return new;
end $$;
create trigger an_alert_takes_a_newer_wording before update on "Alert"
  for each row execute function an_alert_takes_a_newer_wording();
