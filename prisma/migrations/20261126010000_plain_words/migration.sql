-- The words of the screens and the code become those of the database: a place, a test
-- call, another way to get help, a decision. Nothing that is stored changes but the
-- results of import rows, which no entry of the record seals.

alter table "Region" rename to "Place";
alter table "IncidentRegion" rename to "IncidentPlace";
alter table "Verification" rename to "TestCall";
alter table "Route" rename to "HelpOption";
alter table "Approval" rename to "Decision";

alter table "Place" rename column "neighbourIds" to "neighborIds";
alter table "DirectNumber" rename column "goodUntil" to "verifiedUntil";
alter table "ConflictSettlement" rename column "regionIds" to "placeIds";

alter table "ImportRow" drop constraint a_fate_is_known;
alter table "ImportRow" rename column fate to result;
update "ImportRow" set result = case result
  when 'same' then 'unchanged' when 'refused' then 'rejected' when 'left-out' then 'skipped' else result end
where result in ('same', 'refused', 'left-out');
alter table "ImportRow"
  add constraint a_result_is_known check (result in ('new', 'changed', 'unchanged', 'rejected', 'skipped'));
update "DirectoryImport" set counts = (
  select coalesce(jsonb_object_agg(case key
    when 'same' then 'unchanged' when 'refused' then 'rejected' when 'left-out' then 'skipped' else key end, value), '{}')
  from jsonb_each(counts)
) where jsonb_typeof(counts) = 'object';

alter table "DirectoryImport" drop constraint an_import_is_of_numbers_or_regions;
update "DirectoryImport" set kind = 'places' where kind = 'regions';
alter table "DirectoryImport" add constraint an_import_is_of_numbers_or_places check (kind in ('numbers', 'places'));

do $$
declare
  one record;
  words constant text[][] := array[
    ['IncidentRegion', 'IncidentPlace'], ['Region', 'Place'], ['regionId', 'placeId'], ['neighbourIds', 'neighborIds'],
    ['Verification', 'TestCall'], ['Route', 'HelpOption'], ['Approval', 'Decision'], ['goodUntil', 'verifiedUntil']];
  word text[];
  given text;
begin
  -- Columns, wherever they are.
  for one in select table_name from information_schema.columns
      where table_schema = current_schema() and column_name = 'regionId' loop
    execute format('alter table %I rename column "regionId" to "placeId"', one.table_name);
  end loop;
  -- Keys and indexes are named after tables and columns.
  for one in select c.conname as name, c.conrelid::regclass as owner from pg_constraint c
      where c.connamespace = current_schema()::regnamespace and c.contype in ('p', 'f', 'u') loop
    given := one.name;
    foreach word slice 1 in array words loop
      given := regexp_replace(given, '(^|_)' || word[1] || '(_|$)', '\1' || word[2] || '\2', 'g');
    end loop;
    if given <> one.name then
      execute format('alter table %s rename constraint %I to %I', one.owner, one.name, given);
    end if;
  end loop;
  for one in select i.relname as name from pg_class i
      where i.relnamespace = current_schema()::regnamespace and i.relkind = 'i' loop
    given := replace(one.name, '_fate_', '_result_');
    foreach word slice 1 in array words loop
      given := regexp_replace(given, '(^|_)' || word[1] || '(_|$)', '\1' || word[2] || '\2', 'g');
    end loop;
    if given <> one.name then
      execute format('alter index %I rename to %I', one.name, given);
    end if;
  end loop;
  -- What functions promise stays; they name the tables and columns in quotes.
  for one in select p.oid as id, pg_get_functiondef(p.oid) as body from pg_proc p
      where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f' loop
    given := one.body;
    foreach word slice 1 in array words loop
      given := replace(given, '"' || word[1] || '"', '"' || word[2] || '"');
    end loop;
    if given <> one.body then
      execute given;
    end if;
  end loop;
end $$;

alter table "HelpOption" rename constraint a_route_kind_is_known to a_help_option_kind_is_known;
