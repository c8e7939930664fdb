-- 555-0100 to 555-0199 are kept for fiction in every area code but the toll-free ones:
-- 800-555-0150 is somebody's number.

create or replace function invented_numbers_stay_in_the_demonstration() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare demonstration boolean := (select mode = 'demonstration' from "Site" where id = 1);
  invented boolean := new.e164 ~ '^\+1(?!8(00|33|44|55|66|77|88))[0-9]{3}55501[0-9]{2}$';
begin
  if demonstration and not (invented and new."isDemonstration") then
    perform refuse('invented_numbers_stay_in_the_demonstration',
      'A demonstration keeps only invented numbers, 555-0100 to 555-0199, marked as such.');
  elsif not coalesce(demonstration, false) and (invented or new."isDemonstration") then
    perform refuse('invented_numbers_stay_in_the_demonstration', 'A real site keeps no invented number.');
  end if;
  return new;
end $$;
