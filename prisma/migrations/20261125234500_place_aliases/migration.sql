-- Other names of places: villages and districts that people write instead of the town.

create table "PlaceAlias" (
  "regionId" text not null,
  name text not null,
  constraint "PlaceAlias_pkey" primary key ("regionId", name),
  constraint "PlaceAlias_regionId_fkey" foreign key ("regionId") references "Region" (id) on delete restrict on update cascade,
  constraint an_alias_is_a_name check (length(trim(name)) between 2 and 80)
);

-- Those that the code knew before they were data.
insert into "PlaceAlias" select r.id, alias.name from (values
  ('Hyannis', 'Barnstable'),
  ('Dorchester', 'Boston'),
  ('Roxbury', 'Boston'),
  ('Jamaica Plain', 'Boston'),
  ('Brighton', 'Boston'),
  ('Allston', 'Boston'),
  ('South Boston', 'Boston'),
  ('East Boston', 'Boston'),
  ('Charlestown', 'Boston'),
  ('Hyde Park', 'Boston'),
  ('Mattapan', 'Boston'),
  ('Roslindale', 'Boston'),
  ('West Roxbury', 'Boston'),
  ('Woods Hole', 'Falmouth'),
  ('Vineyard Haven', 'Tisbury'),
  ('Oak Bluffs Village', 'Oak Bluffs'),
  ('Newton Centre', 'Newton'),
  ('Indian Orchard', 'Springfield'),
  ('Cuttyhunk', 'Gosnold'),
  ('Baldwinville', 'Templeton'),
  ('Turners Falls', 'Montague'),
  ('Florence', 'Northampton')
) as alias (name, town) join "Region" r on r.kind = 'municipality' and r."stateCode" = 'MA' and r.name = alias.town;
