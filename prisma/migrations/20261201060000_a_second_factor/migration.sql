-- A second factor: one-time codes, passkeys, recovery codes; and what a session has proven.
alter table "Session" add column method text not null default 'password',
  add column "provenAt" timestamptz(3), add column "confirmedAt" timestamptz(3);

create table "Authenticator" (
  "personId" text primary key references "Person" (id) on delete restrict on update cascade,
  secret text not null,
  "lastCounter" integer not null default 0,
  "createdAt" timestamptz(3) not null,
  "confirmedAt" timestamptz(3)
);
create table "Passkey" (
  id text primary key,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  name text not null,
  "publicKey" bytea not null,
  counter bigint not null default 0,
  transports text[] not null,
  "createdAt" timestamptz(3) not null,
  "lastUsedAt" timestamptz(3)
);
create index "Passkey_personId_idx" on "Passkey" ("personId");
create table "RecoveryCode" (
  hash text primary key,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  "createdAt" timestamptz(3) not null,
  "usedAt" timestamptz(3)
);
create index "RecoveryCode_personId_idx" on "RecoveryCode" ("personId");
create table "UsedChallenge" (
  hash text primary key,
  at timestamptz(3) not null
);
create table "SignInEvent" (
  id text primary key,
  "personId" text not null references "Person" (id) on delete restrict on update cascade,
  at timestamptz(3) not null,
  outcome text not null,
  method text not null,
  browser text not null,
  address text not null,
  constraint a_sign_in_ends_one_way check (outcome in ('accepted', 'wrong'))
);
create index "SignInEvent_personId_at_idx" on "SignInEvent" ("personId", at);

create function a_one_time_code_works_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new."lastCounter" <= old."lastCounter" or new.secret <> old.secret or new."personId" <> old."personId" then
    perform refuse('a_one_time_code_works_once', 'A one-time code, and every code before it, is used up once one was taken.');
  end if;
  return new;
end $$;
create trigger a_one_time_code_works_once before update on "Authenticator" for each row execute function a_one_time_code_works_once();

create function a_passkey_counter_never_goes_back() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.counter < old.counter or (new.counter = old.counter and old.counter > 0) or new."publicKey" <> old."publicKey" or new."personId" <> old."personId" then
    perform refuse('a_passkey_counter_never_goes_back', 'The counter of a passkey only goes up. One that goes back is a copy.');
  end if;
  return new;
end $$;
create trigger a_passkey_counter_never_goes_back before update on "Passkey" for each row execute function a_passkey_counter_never_goes_back();

create function a_recovery_code_works_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old."usedAt" is not null or new.hash <> old.hash or new."personId" <> old."personId" then
    perform refuse('a_recovery_code_works_once', 'A recovery code works once.');
  end if;
  return new;
end $$;
create trigger a_recovery_code_works_once before update on "RecoveryCode" for each row execute function a_recovery_code_works_once();
