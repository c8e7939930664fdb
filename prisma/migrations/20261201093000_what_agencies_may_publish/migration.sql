-- What an agency may publish, and where. Both lists name what is withheld: every agency may do all it did before.
alter table "Agency"
  add column "withheldPurposes" text[] not null default '{}',
  add column "withheldChannels" text[] not null default '{}',
  add constraint a_withheld_purpose_is_known check ("withheldPurposes" <@ array['outage', 'border', 'exercise']),
  add constraint a_withheld_channel_is_named check (array_position("withheldChannels", null) is null and '' <> all("withheldChannels"));

-- Channels that an alert was not for when it was published. Nothing of it goes there later.
alter table "Alert" add column "withheldFrom" text[] not null default '{}';

create function what_was_withheld_stays() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if cardinality(new."withheldFrom") > 0 then
      perform refuse('what_was_withheld_stays', 'Which channels an alert is not for is decided when it is published.');
    end if;
  elsif new."withheldFrom" is distinct from old."withheldFrom" and not (old.state = 'approved' and new.state = 'published') then
    perform refuse('what_was_withheld_stays', 'Which channels an alert is not for is decided when it is published, once.');
  end if;
  return new;
end $$;
create trigger what_was_withheld_stays before insert or update on "Alert" for each row execute function what_was_withheld_stays();

create function deliveries_keep_to_what_is_allowed() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from "Alert" a where a.id = new."alertId" and new."channelId" = any(a."withheldFrom")) then
    perform refuse('deliveries_keep_to_what_is_allowed', 'The agency of this alert may not use this channel.');
  end if;
  return new;
end $$;
create trigger deliveries_keep_to_what_is_allowed before insert on "Delivery"
  for each row execute function deliveries_keep_to_what_is_allowed();
