import "server-only";
import { SERVICE_ANSWERS } from "../selection";
import { SERVICE_NAMES } from "../schema";
import type { PrismaClient, Transaction } from "../../platform/db";

/**
 * Keeps one figure a day for every county and state: how many cities and towns
 * had a number of their own with a good test call. It is worked out from the
 * test calls, so days when nobody looked are filled in afterwards. What was
 * reported down on a past day is not known to it.
 */

const DAY = 86_400_000;
const WEEKS = 13;

function startOfDay(instant: number): number {
  return Math.floor(instant / DAY) * DAY;
}

/** The days that should have a figure: today, and every seventh day before it for a quarter of a year. */
export function daysWanted(now: Date): Date[] {
  const today = startOfDay(now.getTime());
  return Array.from({ length: WEEKS + 1 }, (_, week) => new Date(today - week * 7 * DAY)).reverse();
}

/** @returns how many days were filled in */
export async function recordReadinessDays(client: PrismaClient | Transaction, now: Date): Promise<number> {
  const days = daysWanted(now);
  const known = await client.readinessDay.groupBy({ by: ["day"], where: { day: { in: days } } });
  const have = new Set(known.map(({ day }) => day.getTime()));
  // A day that has begun in the last week is asked at this moment or at its end, whichever came first.
  const missing = days.filter((day) => !have.has(day.getTime()));
  for (const day of missing) {
    const at = new Date(Math.min(now.getTime(), day.getTime() + DAY));
    for (const service of SERVICE_NAMES) {
      await client.$executeRaw`
        with known as (
          select n."placeId", n."retiredAt",
            (select max(v."calledAt") from "TestCall" v where v."numberId" = n.id and v."calledAt" <= ${at}
              and v.result like 'right-desk%') as good_at, n.id
          from "DirectNumber" n
          where n.service = any(${[...SERVICE_ANSWERS[service]]}) and (n."retiredAt" is null or n."retiredAt" > ${at})
        ), served as (
          select distinct k."placeId" from known k
          where k.good_at is not null
            and exists (select 1 from "TestCall" v where v."numberId" = k.id and v."calledAt" = k.good_at
              and v."calledAt" + make_interval(hours => 24 * v."validDays") > ${at})
            and (select count(*) from "TestCall" v where v."numberId" = k.id
              and v."calledAt" > k.good_at and v."calledAt" <= ${at}) < 2
        ), places as (
          select r.id, case when r.kind = 'county' then r.id else r."parentId" end as county,
            case when r.kind = 'county' then r."parentId" else p."parentId" end as state, s."placeId" is not null as ready
          from "Place" r join "Place" p on p.id = r."parentId" left join served s on s."placeId" = r.id
          where r.alertable
        )
        insert into "ReadinessDay" (day, "placeId", service, total, ready)
        select ${day}::date, area, ${service}, count(*), count(*) filter (where ready)
        from (select county as area, ready from places union all select state, ready from places) as counted
        where area is not null group by area
        on conflict do nothing`;
    }
  }
  return missing.length;
}
