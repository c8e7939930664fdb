-- A one-time link sets a password. For whoever may approve or administer, two administrators
-- make it, as they grant the role: one asks, another one confirms and is shown it.
alter table "AccessRequest" drop constraint a_request_is_of_a_known_kind;
alter table "AccessRequest" add constraint a_request_is_of_a_known_kind check (
  kind = 'role' and "personId" is not null and role in ('approver', 'administrator')
  or kind in ('restore', 'factor-reset', 'link') and "personId" is not null and role is null
  or kind = 'emergency-release' and "personId" is null and role is null);

create function a_link_to_power_takes_two_people() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select 1 from "Membership" m where m."personId" = new."personId" and m.role in ('approver', 'administrator')) then return new; end if;
  -- The first administrator comes with the site; and the operator of the machine owns the tables.
  if exists (select 1 from "Site" s where s.xmin = pg_current_xact_id()::xid)
      or pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'MEMBER') then
    return new;
  end if;
  -- Whoever is shown it is the one who confirmed, in this very transaction: the link itself, or a role.
  if not exists (select 1 from "AccessRequest" r where r.kind in ('link', 'role') and r.state = 'confirmed' and r.xmin = pg_current_xact_id()::xid
      and r."personId" = new."personId" and r."decidedById" = new."madeById") then
    perform refuse('a_link_to_power_takes_two_people', 'A one-time link of someone who may approve or administer takes two administrators.');
  end if;
  return new;
end $$;
create trigger a_link_to_power_takes_two_people before insert on "SetupLink" for each row execute function a_link_to_power_takes_two_people();
