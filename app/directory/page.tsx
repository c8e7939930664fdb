import Link from "next/link";
import { OverviewFilters, overviewHref, OverviewTable } from "../../components/directory/overview-table";
import { ReadinessHistory } from "../../components/directory/readiness-history";
import { MapKey } from "../../components/map/map-key";
import { ReadinessMap } from "../../components/directory/readiness-map";
import { formatCount, formatPlaces } from "../../components/ui/time";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";
import { countConflicts } from "../../lib/directory/data";
import { SERVICES } from "../../lib/directory/schema";
import { countyWord } from "../../lib/places/county-kinds";
import { getMap, MOST_TOWNS } from "../../lib/places/data";
import { db } from "../../lib/platform/db";
import { getOverview, countDue } from "../../lib/directory/readiness/data";
import {
  READINESS,
  READINESS_CLASSES,
  type ReadinessCounts,
  readyPercent,
  unserved,
} from "../../lib/directory/readiness/readiness";
import { overviewFilterSchema } from "../../lib/directory/readiness/schema";
import { getSite } from "../../lib/platform/site/data";

export const metadata = { title: "Directory" };

/** A longer table than this is not read. */
const MOST_COUNTIES = 60;

function CountsRow({
  name,
  href,
  counts,
  current,
  total,
}: {
  name: string;
  href: string;
  counts: ReadinessCounts;
  current?: boolean;
  total?: boolean;
}) {
  const cells = [counts.total, counts.ready, counts.expiring, counts.expired, counts.failing, counts.missing];
  return (
    <tr className={total ? "strong" : undefined} aria-current={current || undefined}>
      <th scope="row">
        <Link href={href}>{name}</Link>
      </th>
      {cells.map((count, index) => (
        <td className="right tabular" key={index}>
          {formatCount(count)}
        </td>
      ))}
      <td className="right tabular">{readyPercent(counts)}%</td>
    </tr>
  );
}

export default async function DirectoryPage({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const actor = await requireActor("directory:read");
  const filter = overviewFilterSchema.parse(await searchParams);
  const now = new Date();
  const [site, overview, due, conflicts] = await Promise.all([
    getSite(),
    getOverview(db(), actor, filter, now),
    countDue(db(), actor, now),
    countConflicts(actor),
  ]);
  const map = overview.places.length <= MOST_TOWNS ? await getMap(actor) : null;
  const { counts, counties } = overview;
  const county = counties.find(({ id }) => id === filter.county);
  const word = countyWord(counties.map(({ id }) => id));
  const without = unserved(counts);
  const whose = county ? ` in ${county.name}` : "";
  const listed =
    counties.length <= MOST_COUNTIES
      ? counties
      : [...counties]
          .sort((left, right) => readyPercent(left.counts) - readyPercent(right.counts))
          .slice(0, MOST_COUNTIES);
  const classes = READINESS_CLASSES.filter((name) => name !== "ready").toReversed();
  return (
    <div className="wrap page">
      <div className="spread">
        <h1>
          {counts.total === 0
            ? "No places yet"
            : without === 0
              ? `Every one of ${formatPlaces(counts.total)}${whose} has a usable number`
              : `${formatCount(without)} of ${formatPlaces(counts.total)}${whose} have no usable number of their own`}
        </h1>
        {can(actor, "directory:verify") && (
          <Link className="usa-button" href="/directory/call-round">
            {due === 0
              ? "Call round: none due"
              : `Start the call round, ${formatCount(due)} ${due === 1 ? "number" : "numbers"}`}
          </Link>
        )}
      </div>
      <p className="second">
        {SERVICES[filter.service]}. A number counts for 90 days after a good test call, unless its agency set another
        time.
        {site.mode === "demonstration" && " Every number here is invented: 555-0100 to 555-0199 ring nowhere."}
      </p>
      <dl className="figures">
        <div>
          <dt>{READINESS.ready}</dt>
          <dd>{formatCount(counts.ready)}</dd>
        </div>
        {classes.map((name) => (
          <div key={name}>
            <dt>{READINESS[name]}</dt>
            <dd>
              <Link href={`${overviewHref(filter, { readiness: name })}#list`}>{formatCount(counts[name])}</Link>
            </dd>
          </div>
        ))}
        <div>
          <dt>on the 911 network</dt>
          <dd>{formatCount(overview.shared)}</dd>
        </div>
        <div>
          <dt>conflicts</dt>
          <dd>
            <Link href="/directory/conflicts">{formatCount(conflicts)}</Link>
          </dd>
        </div>
      </dl>
      <div className="columns even">
        <div>
          <div className="rule">
            <h2>{word.by}</h2>
            <span className="row">
              {can(actor, "directory:edit") && <Link href="/directory/import">Import</Link>}
              {/* Files, not pages: a plain link. */}
              <a href="/api/directory.csv">Numbers, CSV</a>
              <a href="/api/readiness.csv">Readiness, CSV</a>
              <a href="/api/directory.geojson">GeoJSON</a>
              <Link href="/directory/areas">Dispatch areas</Link>
              <Link href="/directory/kit">Kit</Link>
            </span>
          </div>
          <div className="scroller" tabIndex={0} role="region" aria-label={`Readiness by ${word.one}`}>
            <table className="lines">
              <thead>
                <tr>
                  <th scope="col">{word.One}</th>
                  <th scope="col" className="right">
                    Places
                  </th>
                  <th scope="col" className="right">
                    Ready
                  </th>
                  <th scope="col" className="right">
                    Soon
                  </th>
                  <th scope="col" className="right">
                    Expired
                  </th>
                  <th scope="col" className="right">
                    Failing
                  </th>
                  <th scope="col" className="right">
                    None
                  </th>
                  <th scope="col" className="right">
                    Served
                  </th>
                </tr>
              </thead>
              <tbody>
                {listed.map(({ id, name, counts: each }) => (
                  <CountsRow
                    key={id}
                    name={name}
                    href={overviewHref(filter, { county: id })}
                    counts={each}
                    current={id === filter.county}
                  />
                ))}
                <CountsRow name="All" href={overviewHref(filter, { county: "" })} counts={overview.all} total />
              </tbody>
            </table>
          </div>
          {listed.length < counties.length && (
            <p className="hint">
              The {MOST_COUNTIES} {word.many} with the smallest share are shown; find the others by the filter below.
            </p>
          )}
        </div>
        <div>
          {map ? (
            <>
              <ReadinessMap shapes={map} places={overview.places} countyIds={counties.map(({ id }) => id)} />
              <MapKey
                items={[
                  { look: "good", says: READINESS.ready },
                  { look: "soon", says: READINESS.expiring },
                  { look: "bad", says: READINESS.expired },
                  { look: "failing", says: READINESS.failing },
                  { look: "none", says: READINESS.missing },
                ]}
              />
              <p className="hint">The list below has the same information.</p>
            </>
          ) : (
            <p className="hint">Choose a {word.one} to see its places on a map.</p>
          )}
          <div className="rule">
            <h2>Places with a usable number, by week</h2>
          </div>
          <ReadinessHistory history={overview.history} of={county ? county.name : `All ${word.many}`} />
        </div>
      </div>
      <div className="rule" id="list">
        <h2>
          {filter.readiness === "work"
            ? "Needs work"
            : filter.readiness === "all"
              ? "All"
              : READINESS[filter.readiness]}
          , {formatPlaces(overview.found)}
          {whose}
        </h2>
      </div>
      {county && (
        <p>
          Places fall back on the numbers of <Link href={`/directory/${county.id}`}>{county.name} itself</Link> and of{" "}
          <Link href={`/directory/${county.stateId}`}>{county.state}</Link>.
        </p>
      )}
      <OverviewFilters filter={filter} counties={counties} />
      <OverviewTable overview={overview} filter={filter} timeZone={site.timeZone} />
    </div>
  );
}
