-- What can be alerted is not only cities and towns: where nobody incorporated, the county answers.
alter table "Place" add column alertable boolean not null default false;
-- Rings as phones accept them, simplified together with those of the neighbors; longitude first.
alter table "Place" add column "phoneOutline" jsonb;
-- Towns merge and dissolve; what was said of them stays.
alter table "Place" add column "retiredAt" timestamptz(3);
alter table "Place" add column "mergedIntoId" text references "Place" (id) on delete set null on update cascade;
create index "Place_alertable_idx" on "Place" (alertable);

update "Place" set alertable = true where kind = 'municipality';
-- A county that an agency answers for and that has no city or town here is alerted as a whole.
-- How much of the others lies outside their towns is worked out at the next import.
update "Place" c set alertable = true
where c.kind = 'county'
  and (select mode from "Site" where id = 1) = 'real'
  and not exists (select 1 from "Place" t where t."parentId" = c.id and t.kind = 'municipality')
  and exists (
    select 1 from "Agency" a where a."jurisdictionId" in (c.id, c."parentId")
      or exists (select 1 from "AreaMember" m where m."areaId" = a."jurisdictionId" and m."placeId" in (c.id, c."parentId"))
  );

-- "Mountain View in Uinta County": two places of one name are told apart.
update "Language" set words = words || '{"inCounty": "{place} in {county}"}' where code = 'en-US';
update "Language" set words = words || '{"inCounty": "{place} en {county}"}' where code = 'es-US';

-- What an agency's files of numbers call their columns.
alter table "Agency" add column "numberColumns" jsonb;

-- How usual desks are called in Spanish. What has no name in it is not said, rather than said wrong.
update "Language" set words = jsonb_set(words, '{phrases}', (words->'phrases') || $words${"day and night": "día y noche", "dispatch": "la central de emergencias", "dispatch center": "la central de emergencias", "county dispatch center": "la central de emergencias del condado", "regional dispatch center": "la central regional de emergencias", "public safety dispatch": "la central de seguridad pública", "police department": "la policía", "State Police": "la policía estatal", "fire department": "los bomberos", "sheriff’s office": "la oficina del sheriff", "sheriff's office": "la oficina del sheriff", "{place} dispatch": "la central de {place}", "{place} dispatch center": "la central de {place}", "{place} regional dispatch": "la central regional de {place}", "{place} police department": "la policía de {place}", "{place} fire department": "los bomberos de {place}", "{place} sheriff": "el sheriff de {place}"}$words$::jsonb) where code = 'es-US';

-- Which dispatch center goes first where several serve a place.
alter table "Place" add column "serveOrder" integer not null default 1;
