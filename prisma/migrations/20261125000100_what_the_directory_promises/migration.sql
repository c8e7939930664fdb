-- What the directory promises, whatever the code does.

-- Closed lists -------------------------------------------------------------

alter table "Agency"
  add constraint a_test_call_vouches_for_a_week_to_a_year check ("verificationDays" between 7 and 365);
alter table "Region"
  drop constraint a_region_kind_is_known,
  add constraint a_region_kind_is_known check (kind in ('state', 'county', 'municipality', 'psap', 'custom'));
alter table "DirectNumber"
  drop constraint a_service_is_known,
  add constraint a_service_is_known
    check (service in ('dispatch', 'police', 'fire', 'ambulance', 'poison-control', 'non-emergency')),
  add constraint an_extension_is_digits check (extension ~ '^[0-9]{0,8}$'),
  add constraint a_number_is_retired_by_somebody_for_a_reason
    check ("retiredAt" is null or ("retiredBy" is not null and length(trim("retiredWhy")) > 0)),
  add constraint a_number_has_lines_and_a_place_in_the_order check (lines between 1 and 999 and preference >= 1);
alter table "Verification"
  add constraint a_call_vouches_for_a_week_to_a_year check ("validDays" between 7 and 365);
alter table "NumberChange"
  add constraint a_change_is_known check (action in ('added', 'changed', 'retired', 'reported')),
  add constraint a_change_says_before_or_after check (before is not null or after is not null);
alter table "DirectoryImport"
  add constraint an_import_is_of_numbers_or_regions check (kind in ('numbers', 'regions')),
  add constraint an_import_state_is_known check (state in ('reading', 'read', 'failed', 'applied', 'dropped'));
alter table "ImportRow"
  add constraint a_fate_is_known check (fate in ('new', 'changed', 'same', 'refused', 'left-out'));
alter table "ConflictSettlement"
  add constraint a_settlement_is_known check (decision in ('both-right', 'kept-one')),
  add constraint a_settlement_has_a_reason check (length(trim(reason)) >= 10);
alter table "ReadinessDay"
  add constraint no_more_are_ready_than_there_are check (ready between 0 and total);

update "Route" set kind = 'police-station' where kind = 'station';
alter table "Route"
  add constraint a_route_kind_is_known check (kind in ('text-to-911', 'tty', 'relay-711', 'fire-box',
    'fire-station', 'police-station', 'cruiser', 'kiosk'));

-- One number, one row ------------------------------------------------------

create unique index a_number_stands_once_per_place_and_service
  on "DirectNumber" ("regionId", service, e164, extension) where "retiredAt" is null;

-- A test call belongs to the number that was called, so another number is another row.
create function the_number_dialled_never_changes() returns trigger language plpgsql as $$
begin
  if (new.e164, new.extension, new."regionId") is distinct from (old.e164, old.extension, old."regionId") then
    perform refuse('the_number_dialled_never_changes', 'Another number is another entry; the old one is retired.');
  end if;
  if old."retiredAt" is not null and new."retiredAt" is null then
    perform refuse('a_retired_number_stays_retired', 'A retired number is entered anew, and verified anew.');
  end if;
  return new;
end $$;
create trigger the_number_dialled_never_changes before update on "DirectNumber"
  for each row execute function the_number_dialled_never_changes();

create function a_number_is_never_deleted() returns trigger language plpgsql as $$
begin
  perform refuse('a_number_is_never_deleted', 'A number is retired and its history kept.');
  return null;
end $$;
create trigger a_number_is_never_deleted before delete on "DirectNumber"
  for each row execute function a_number_is_never_deleted();

-- What the overview and the search for contradictions read, for numbers in use.
create index numbers_in_use_by_place on "DirectNumber" ("regionId", preference, id) where "retiredAt" is null;
create index numbers_in_use_by_digits on "DirectNumber" (e164, extension, "regionId") where "retiredAt" is null;

-- Areas --------------------------------------------------------------------

create function an_area_is_made_of_places() returns trigger language plpgsql as $$
begin
  if (select kind from "Region" where id = new."areaId") not in ('psap', 'custom')
     or (select kind from "Region" where id = new."regionId") in ('psap', 'custom') then
    perform refuse('an_area_is_made_of_places', 'An area is made of states, counties and municipalities.');
  end if;
  return new;
end $$;
create trigger an_area_is_made_of_places before insert or update on "AreaMember"
  for each row execute function an_area_is_made_of_places();

-- What is written stays written --------------------------------------------

create trigger a_number_change_is_kept_for_ever before update or delete on "NumberChange"
  for each row execute function what_is_recorded_stays('a_number_change_is_kept_for_ever', 'A change of a number is kept for ever.');
create trigger a_settlement_is_kept_for_ever before update or delete on "ConflictSettlement"
  for each row execute function what_is_recorded_stays('a_settlement_is_kept_for_ever', 'A settlement is kept for ever.');

-- The summary of test calls follows the calls ------------------------------

create function a_number_follows_its_test_calls() returns trigger language plpgsql as $$
begin
  update "DirectNumber" as number set
    "lastCalledAt" = facts.last_at,
    "goodUntil" = facts.good_until,
    failures = facts.failures
  from (
    select called.id,
      max(call."calledAt") as last_at,
      max(call."calledAt" + make_interval(hours => 24 * call."validDays"))
        filter (where call."calledAt" = called.good_at and call.result like 'right-desk%') as good_until,
      count(*) filter (where call.result not like 'right-desk%'
        and call."calledAt" > coalesce(called.good_at, '-infinity')) as failures
    from (
      select "numberId" as id,
        (select max("calledAt") from "Verification" as good
          where good."numberId" = added."numberId" and good.result like 'right-desk%') as good_at
      from added group by "numberId"
    ) as called
    join "Verification" as call on call."numberId" = called.id
    group by called.id
  ) as facts
  where number.id = facts.id;
  return null;
end $$;
create trigger a_number_follows_its_test_calls after insert on "Verification"
  referencing new table as added for each statement execute function a_number_follows_its_test_calls();

-- Numbers that were there before this migration.
update "DirectNumber" as number set
  "lastCalledAt" = (select max("calledAt") from "Verification" where "numberId" = number.id),
  "goodUntil" = (select "calledAt" + make_interval(hours => 24 * "validDays") from "Verification"
    where "numberId" = number.id and result like 'right-desk%' order by "calledAt" desc limit 1),
  failures = (select count(*) from "Verification" as call where call."numberId" = number.id
    and call.result not like 'right-desk%' and call."calledAt" > coalesce((select max("calledAt") from "Verification"
      where "numberId" = number.id and result like 'right-desk%'), '-infinity'));
