-- Who asked for a channel to go live or a provider to be turned on still administers when another
-- one confirms, and that is within seven days: as for a role. What waits of somebody who does not ends.
create or replace function a_channel_goes_live_by_two_people() returns trigger language plpgsql
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
  if old.state <> 'live' and (not administers(new."confirmedById", new."agencyId") or not administers(old."askedById", new."agencyId")
      or new."confirmedAt" > old."askedAt" + interval '7 days') then
    perform refuse('a_channel_goes_live_by_two_people', 'Who asks and who confirms administer the agency of a channel, within seven days.');
  end if;
  return new;
end $$;

create or replace function a_provider_is_turned_on_by_two_people() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state = 'on' or new."askedById" is not null then
      perform refuse('a_provider_is_turned_on_by_two_people', 'A new provider is off: one administrator asks, another confirms.');
    end if;
    return new;
  end if;
  if (new.issuer, new."clientId", new."clientAuth", new.settings, new.secrets, new.certificate)
      is distinct from (old.issuer, old."clientId", old."clientAuth", old.settings, old.secrets, old.certificate)
      and (new.state = 'on' or (new."askedById" is not null and old."askedAt" is not distinct from new."askedAt")) then
    perform refuse('a_provider_changes_by_two_people', 'A provider that was changed is off, and asked for again.');
  end if;
  if new.state = 'on' and old.state = 'on'
      and (new."askedById", new."askedBy", new."askedAt", new."confirmedById", new."confirmedBy", new."confirmedAt")
      is distinct from (old."askedById", old."askedBy", old."askedAt", old."confirmedById", old."confirmedBy", old."confirmedAt") then
    perform refuse('a_provider_is_turned_on_by_two_people', 'Who turned a provider on stays as it was.');
  end if;
  if new.state = 'on' and old.state <> 'on'
      and (old."askedById" is null or (new."askedById", new."askedBy", new."askedAt") is distinct from (old."askedById", old."askedBy", old."askedAt")
        or new."confirmedAt" > old."askedAt" + interval '7 days'
        or not exists (select 1 from "Agency" a where a."parentId" is null and administers(new."confirmedById", a.id))
        or not exists (select 1 from "Agency" a where a."parentId" is null and administers(old."askedById", a.id))) then
    perform refuse('a_provider_is_turned_on_by_two_people', 'One administrator of the agency at the top asks, another confirms, within seven days.');
  end if;
  return new;
end $$;

update "Channel" set "askedById" = null, "askedBy" = null, "askedAt" = null
  where state <> 'live' and "askedById" is not null and not administers("askedById", "agencyId");
update "SignInProvider" set "askedById" = null, "askedBy" = null, "askedAt" = null
  where state <> 'on' and "askedById" is not null
    and not exists (select 1 from "Agency" a where a."parentId" is null and administers("askedById", a.id));
