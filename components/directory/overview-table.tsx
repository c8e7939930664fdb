import Link from "next/link";
import { SERVICES, SERVICE_NAMES, formatNumber } from "../../lib/directory/schema";
import type { Overview } from "../../lib/directory/readiness/data";
import { READINESS, READINESS_CLASSES } from "../../lib/directory/readiness/readiness";
import type { OverviewFilter } from "../../lib/directory/readiness/schema";
import { countyWord } from "../../lib/places/county-kinds";
import { FilterChoice } from "../ui/filter-choice";
import { formatCount } from "../ui/time";
import { ReadinessSign } from "./readiness-sign";

/** The address of the same page with something else chosen. */
export function overviewHref(
  filter: OverviewFilter,
  change: Partial<Record<keyof OverviewFilter, string | number>>,
): string {
  const usual: Record<string, string> = {
    service: "dispatch",
    county: "",
    readiness: "work",
    find: "",
    sort: "urgency",
    page: "1",
  };
  const query = Object.entries({ ...filter, page: 1, ...change })
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([name, value]) => value !== usual[name]);
  return query.length === 0
    ? "/directory"
    : `/directory?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`;
}

const SORTS: Record<OverviewFilter["sort"], string> = {
  urgency: "problems first",
  name: "by name",
  people: "by people",
  until: "verified until, soonest first",
};

/** Filters as a plain form: it works without a script, and the address can be kept. */
export function OverviewFilters({ filter, counties }: { filter: OverviewFilter; counties: Overview["counties"] }) {
  return (
    <form method="get" action="/directory" className="row filters">
      <div>
        <label className="usa-label" htmlFor="find">
          Place or number
        </label>
        <input className="usa-input" id="find" name="find" type="search" defaultValue={filter.find} maxLength={60} />
      </div>
      <FilterChoice
        name="county"
        label={countyWord(counties.map(({ id }) => id)).One}
        value={filter.county}
        options={[["", "All"], ...counties.map(({ id, name }) => [id, name] as const)]}
      />
      <FilterChoice
        name="service"
        label="For"
        value={filter.service}
        options={SERVICE_NAMES.map((name) => [name, SERVICES[name]])}
      />
      <FilterChoice
        name="readiness"
        label="State"
        value={filter.readiness}
        options={[
          ["work", "Needs work"],
          ["all", "All"],
          ...READINESS_CLASSES.map((name) => [name, READINESS[name]] as const),
        ]}
      />
      <FilterChoice name="sort" label="Order" value={filter.sort} options={Object.entries(SORTS)} />
      <button className="usa-button usa-button--outline" type="submit">
        Show
      </button>
    </form>
  );
}

/** One page of places. */
export function OverviewTable({
  overview,
  filter,
  timeZone,
}: {
  overview: Overview;
  filter: OverviewFilter;
  timeZone: string;
}) {
  const { rows, found, page, pages } = overview;
  const word = countyWord(overview.counties.map(({ id }) => id));
  if (found === 0) {
    return (
      <p>
        No place fits. <Link href={overviewHref(filter, { find: "", readiness: "all", county: "" })}>Show all</Link>
      </p>
    );
  }
  return (
    <>
      <table className="lines stacks">
        <caption className="visually-hidden">Places, {SORTS[filter.sort]}</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">{word.One}</th>
            <th scope="col">Number</th>
            <th scope="col">Check</th>
            <th scope="col">Uses instead</th>
            <th scope="col">Steward</th>
            <th scope="col">
              <span className="visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link href={`/directory/${row.id}`} prefetch={false}>
                  {row.name}
                </Link>
              </th>
              <td data-label={word.One}>{row.county}</td>
              <td className="number">
                <span className="number">
                  {row.e164 ? formatNumber({ e164: row.e164, extension: row.extension ?? "" }) : "–"}
                </span>
              </td>
              <td>
                <ReadinessSign readiness={row.readiness} verifiedUntil={row.verifiedUntil} timeZone={timeZone} />
              </td>
              <td data-label="Falls back on">{row.readiness === "ready" ? "" : row.fallback}</td>
              <td data-label="Steward">{row.stewards.join(", ") || "nobody named"}</td>
              <td>
                {row.readiness !== "ready" && (
                  <Link href={`/directory/${row.id}`} prefetch={false} aria-label={`Open ${row.name}`}>
                    Open
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <nav className="row" aria-label="Pages of the list">
        <span>
          {formatCount((page - 1) * 50 + 1)} to {formatCount((page - 1) * 50 + rows.length)} of {formatCount(found)}
        </span>
        {page > 1 && <Link href={overviewHref(filter, { page: page - 1 })}>Previous 50</Link>}
        {page < pages && (
          <Link href={overviewHref(filter, { page: page + 1 })}>The next {Math.min(50, found - page * 50)}</Link>
        )}
      </nav>
    </>
  );
}
