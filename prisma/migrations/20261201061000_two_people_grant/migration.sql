-- Granting or restoring approver and administrator, allowing release by one person, and
-- resetting a second factor take two administrators: one asks, another one confirms.
alter table "Membership" add column "grantedAt" timestamptz(3);
alter table "Membership" alter column "grantedAt" set default now();

create table "AccessRequest" (
  id text primary key,
  kind text not null,
  "personId" text references "Person" (id) on delete restrict on update cascade,
  "agencyId" text not null references "Agency" (id) on delete restrict on update cascade,
  role text,
  reason text not null default '',
  "byOperator" boolean not null default false,
  "askedById" text references "Person" (id) on delete restrict on update cascade,
  "askedBy" text not null,
  "askedAt" timestamptz(3) not null,
  state text not null,
  "decidedById" text references "Person" (id) on delete restrict on update cascade,
  "decidedBy" text,
  "decidedAt" timestamptz(3),
  constraint a_request_is_of_a_known_kind check (
    kind = 'role' and "personId" is not null and role in ('approver', 'administrator')
    or kind in ('restore', 'factor-reset') and "personId" is not null and role is null
    or kind = 'emergency-release' and "personId" is null and role is null),
  constraint a_request_has_a_known_state check (state in ('waiting', 'confirmed', 'declined', 'withdrawn', 'expired'))
);
create index "AccessRequest_personId_idx" on "AccessRequest" ("personId");
create unique index "AccessRequest_one_waiting" on "AccessRequest" (kind, coalesce("personId", ''), "agencyId", coalesce(role, '')) where state = 'waiting';

-- Whether a person administers an agency: by a role in it, or in one above.
create function administers(person text, agency text) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recursive up (id, "parentId") as (
    select a.id, a."parentId" from "Agency" a where a.id = agency
    union select a.id, a."parentId" from "Agency" a join up on a.id = up."parentId")
  select exists (select 1 from "Membership" m join up on up.id = m."agencyId" join "Person" p on p.id = m."personId"
    where m."personId" = person and m.role = 'administrator' and p."disabledAt" is null)
$$;

create function access_takes_two_people() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new."byOperator" then
      -- The operator of the machine owns the tables; the console does not.
      if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'MEMBER')
          or new.kind <> 'role' or new.state <> 'confirmed' or new."askedById" is not null or new."decidedById" is not null then
        perform refuse('access_takes_two_people', 'Only the operator of the machine grants a role without two administrators.');
      end if;
    elsif new.state <> 'waiting' or new."decidedById" is not null or new."askedById" is null
        or new."askedById" = new."personId" or not administers(new."askedById", new."agencyId") then
      perform refuse('access_takes_two_people', 'An administrator of the agency asks, for someone else.');
    end if;
    return new;
  end if;
  if old.state <> 'waiting' or (new.id, new.kind, new."personId", new."agencyId", new.role, new.reason, new."byOperator", new."askedById", new."askedBy", new."askedAt")
      is distinct from (old.id, old.kind, old."personId", old."agencyId", old.role, old.reason, old."byOperator", old."askedById", old."askedBy", old."askedAt") then
    perform refuse('access_takes_two_people', 'A request is decided once, and stays as it was asked.');
  end if;
  if new.state = 'confirmed' and (new."decidedById" is null or new."decidedById" = old."askedById" or new."decidedById" is not distinct from old."personId"
      or new."decidedAt" is null or new."decidedAt" > old."askedAt" + interval '7 days'
      or not administers(new."decidedById", old."agencyId") or not administers(old."askedById", old."agencyId")) then
    perform refuse('access_takes_two_people', 'Another administrator confirms, within seven days, while both still are administrators.');
  end if;
  if new.state = 'withdrawn' and new."decidedById" is not null and new."decidedById" <> old."askedById" and administers(old."askedById", old."agencyId") then
    perform refuse('access_takes_two_people', 'Whoever asked takes a request back.');
  end if;
  return new;
end $$;
create trigger access_takes_two_people before insert or update on "AccessRequest" for each row execute function access_takes_two_people();
create trigger an_access_request_is_kept before delete on "AccessRequest"
  for each row execute function what_is_recorded_stays('an_access_request_is_kept', 'Who asked and who confirmed is kept.');
create trigger access_requests_are_never_emptied before truncate on "AccessRequest"
  for each statement execute function what_is_recorded_stays('an_access_request_is_kept', 'Who asked and who confirmed is kept.');

-- Whether this very transaction confirmed such a request: it is good for one change.
create function confirmed_here(what text, person text, agency text, named text) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from "AccessRequest" r where r.kind = what and r.state = 'confirmed' and r.xmin = pg_current_xact_id()::xid
    and r."personId" is not distinct from person and (agency is null or r."agencyId" = agency) and r.role is not distinct from named)
$$;

create function a_sensitive_role_takes_two_people() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.role not in ('approver', 'administrator') then return new; end if;
  if tg_op = 'UPDATE' and (new."personId", new."agencyId", new.role) is not distinct from (old."personId", old."agencyId", old.role) then return new; end if;
  -- The first administrator comes with the site.
  if exists (select 1 from "Site" s where s.xmin = pg_current_xact_id()::xid) then return new; end if;
  if not confirmed_here('role', new."personId", new."agencyId", new.role) then
    perform refuse('a_sensitive_role_takes_two_people', 'Approver and administrator are granted by two administrators.');
  end if;
  return new;
end $$;
create trigger a_sensitive_role_takes_two_people before insert or update on "Membership" for each row execute function a_sensitive_role_takes_two_people();

create function restoring_takes_two_people() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old."disabledAt" is not null and new."disabledAt" is null
      and exists (select 1 from "Membership" m where m."personId" = new.id and m.role in ('approver', 'administrator'))
      and not confirmed_here('restore', new.id, null, null) then
    perform refuse('restoring_takes_two_people', 'An account that may approve or administer is restored by two administrators.');
  end if;
  return new;
end $$;
create trigger restoring_takes_two_people before update on "Person" for each row execute function restoring_takes_two_people();

create function emergency_release_takes_two_people() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new."emergencyRelease" and (tg_op = 'INSERT' or not old."emergencyRelease") and not confirmed_here('emergency-release', null, new.id, null) then
    perform refuse('emergency_release_takes_two_people', 'Two administrators allow the release of an alert by one person.');
  end if;
  return new;
end $$;
create trigger emergency_release_takes_two_people before insert or update on "Agency" for each row execute function emergency_release_takes_two_people();
