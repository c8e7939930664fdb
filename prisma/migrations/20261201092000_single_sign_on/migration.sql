-- Single sign-on: providers that two administrators turn on, who a person is at one, and roles that groups there stand for.

CREATE TABLE "SignInProvider" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "clientAuth" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "secrets" TEXT,
    "certificate" TEXT,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),
    "askedById" TEXT,
    "askedBy" TEXT,
    "askedAt" TIMESTAMPTZ(3),
    "confirmedById" TEXT,
    "confirmedBy" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInProvider_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "LinkedSignIn" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LinkedSignIn_pkey" PRIMARY KEY ("issuer","subject")
);
CREATE INDEX "LinkedSignIn_personId_idx" ON "LinkedSignIn"("personId");

CREATE TABLE "RoleProposal" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "agencyId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "dismissedAt" TIMESTAMPTZ(3),
    "dismissedBy" TEXT,

    CONSTRAINT "RoleProposal_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "RoleProposal_personId_agencyId_role_key" ON "RoleProposal"("personId", "agencyId", "role");

ALTER TABLE "SignInProvider" ADD CONSTRAINT "SignInProvider_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SignInProvider" ADD CONSTRAINT "SignInProvider_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "LinkedSignIn" ADD CONSTRAINT "LinkedSignIn_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RoleProposal" ADD CONSTRAINT "RoleProposal_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RoleProposal" ADD CONSTRAINT "RoleProposal_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES "Agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table "SignInProvider"
  add constraint a_provider_is_on_or_off check (state in ('on', 'off')),
  add constraint a_provider_is_asked_in_a_known_way check ("clientAuth" in ('secret', 'key', 'none')),
  add constraint a_provider_says_who_asked check (num_nulls("askedById", "askedBy", "askedAt") in (0, 3)),
  add constraint a_provider_says_who_confirmed check (num_nulls("confirmedById", "confirmedBy", "confirmedAt") in (0, 3)),
  add constraint a_provider_is_on_once_confirmed check ((state = 'on') = ("confirmedById" is not null)),
  add constraint a_provider_is_turned_on_by_two_people check ("confirmedById" is null or ("askedById" is not null and "confirmedById" <> "askedById"));

alter table "LinkedSignIn"
  add constraint a_link_names_issuer_and_subject check (issuer <> '' and subject <> '');

-- As for channels: one administrator asks, another one confirms what was asked for.
create function a_provider_is_turned_on_by_two_people() returns trigger language plpgsql
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
        or not exists (select 1 from "Agency" a where a."parentId" is null and administers(new."confirmedById", a.id))) then
    perform refuse('a_provider_is_turned_on_by_two_people', 'One administrator of the agency at the top asks, another confirms.');
  end if;
  return new;
end $$;
create trigger a_provider_is_turned_on_by_two_people before insert or update on "SignInProvider"
  for each row execute function a_provider_is_turned_on_by_two_people();

create function a_link_that_ended_stays_ended() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new."personId" <> old."personId" or (old."endedAt" is not null and new."endedAt" is distinct from old."endedAt") then
    perform refuse('a_link_that_ended_stays_ended', 'A sign-in that was unlinked is linked anew, by whoever it belongs to.');
  end if;
  return new;
end $$;
create trigger a_link_that_ended_stays_ended before update on "LinkedSignIn"
  for each row execute function a_link_that_ended_stays_ended();
