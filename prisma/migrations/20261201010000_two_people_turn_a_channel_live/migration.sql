-- A channel goes live when one administrator asks and another confirms. Channels that
-- were live before stay so; what they are asked from now on holds for their next change.
alter table "Channel"
  add column "askedById" text references "Person" (id) on delete restrict on update cascade,
  add column "askedBy" text,
  add column "askedAt" timestamptz(3),
  add column "confirmedById" text references "Person" (id) on delete restrict on update cascade,
  add column "confirmedBy" text,
  add column "confirmedAt" timestamptz(3),
  add constraint a_channel_says_who_asked check (num_nulls("askedById", "askedBy", "askedAt") in (0, 3)),
  add constraint a_channel_says_who_confirmed check (num_nulls("confirmedById", "confirmedBy", "confirmedAt") in (0, 3)),
  add constraint a_channel_goes_live_by_two_people check ("confirmedById" is null or ("askedById" is not null and "confirmedById" <> "askedById")),
  add constraint a_confirmed_channel_is_live check ("confirmedById" is null or state = 'live');

create function a_channel_goes_live_by_two_people() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The public pages, which every site has, carry no address that anyone could set.
  if new.kind = 'public-site' then return new; end if;
  if tg_op = 'INSERT' then
    if new.state = 'live' or new."askedById" is not null then
      perform refuse('a_channel_goes_live_by_two_people', 'A new channel is not live: one administrator asks, another confirms.');
    end if;
    return new;
  end if;
  if new.state <> 'live' then
    -- What was asked for is what is confirmed: who changes it asks anew.
    if new."askedById" is not null and old."askedAt" is not distinct from new."askedAt"
        and (new.settings, new.secrets, new."agencyId", new.kind) is distinct from (old.settings, old.secrets, old."agencyId", old.kind) then
      perform refuse('a_confirmation_is_about_what_was_asked', 'A channel that was changed is asked for again.');
    end if;
    return new;
  end if;
  if (new.settings, new.secrets, new."agencyId", new.kind) is distinct from (old.settings, old.secrets, old."agencyId", old.kind) then
    perform refuse('a_live_channel_changes_by_two_people', 'Where a live channel leads is changed by two people: it waits for a confirmation first.');
  end if;
  if old.state <> 'live' and (old."askedById" is null or new."confirmedById" is null
      or (new."askedById", new."askedBy", new."askedAt") is distinct from (old."askedById", old."askedBy", old."askedAt")) then
    perform refuse('a_channel_goes_live_by_two_people', 'One administrator asks for a channel to go live, another confirms.');
  end if;
  if old.state = 'live' and (new."askedById", new."askedBy", new."askedAt", new."confirmedById", new."confirmedBy", new."confirmedAt")
      is distinct from (old."askedById", old."askedBy", old."askedAt", old."confirmedById", old."confirmedBy", old."confirmedAt") then
    perform refuse('a_channel_goes_live_by_two_people', 'Who turned a channel live stays as it was.');
  end if;
  if old.state <> 'live' and not exists (
      with recursive above as (
        select id, "parentId" from "Agency" where id = new."agencyId"
        union select a.id, a."parentId" from "Agency" a join above b on a.id = b."parentId")
      select 1 from "Membership" m join "Person" p on p.id = m."personId"
      where m."personId" = new."confirmedById" and m.role = 'administrator' and p."disabledAt" is null
        and m."agencyId" in (select id from above)) then
    perform refuse('a_channel_goes_live_by_two_people', 'Who confirms a channel administers its agency.');
  end if;
  return new;
end $$;
create trigger a_channel_goes_live_by_two_people before insert or update on "Channel"
  for each row execute function a_channel_goes_live_by_two_people();
