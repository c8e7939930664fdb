import Link from "next/link";
import { notFound } from "next/navigation";
import { NumberEntry } from "../../../components/directory/number-entry";
import { NumberForm } from "../../../components/directory/number-form";
import { RouteForm } from "../../../components/directory/route-form";
import { WithNumbers } from "../../../components/directory/with-numbers";
import { Facts } from "../../../components/ui/facts";
import { State } from "../../../components/ui/state";
import { sayCount } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { getRegion, loadOutlines, type RegionDetail } from "../../../lib/directory/data";
import { ROUTE_KINDS, sayNumber } from "../../../lib/directory/schema";
import { selectNumber } from "../../../lib/directory/selection";
import { codesOf } from "../../../lib/places/codes";
import { drawMap } from "../../../lib/places/map";
import { db } from "../../../lib/platform/db";
import { getSite } from "../../../lib/platform/site/data";
import {
  recordTestCallAction,
  reportStatusAction,
  retireNumberAction,
  retireRouteAction,
  saveNumberAction,
  saveRouteAction,
} from "../actions";

export const metadata = { title: "Place" };

const ACTIONS = {
  record: recordTestCallAction,
  report: reportStatusAction,
  save: saveNumberAction,
  retire: retireNumberAction,
};

/** The place among its neighbours, as a small picture. */
async function Where({ region }: { region: RegionDetail }) {
  const outlines = await loadOutlines(db(), [region.id, ...region.neighbours.map(({ id }) => id)]);
  if (outlines.length === 0) return <p className="hint">No outline is known.</p>;
  const shapes = drawMap(
    outlines.map(({ id, geometry }) => ({ id, geometry })),
    320,
  );
  return (
    <svg
      className="region-map"
      viewBox={`0 0 ${shapes.width} ${shapes.height}`}
      role="img"
      aria-label={`Outline of ${region.name}`}
    >
      {Object.entries(shapes.paths).map(([id, path]) => (
        <path key={id} d={path} className={id === region.id ? "town chosen" : "town"} />
      ))}
    </svg>
  );
}

export default async function RegionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("directory:read");
  const [site, region] = await Promise.all([getSite(), getRegion(actor, (await params).id)]);
  if (!region) notFound();
  const now = Date.now();
  const { number, why, of } = selectNumber(region, { now });
  const may = { verify: region.mayVerify, edit: region.mayEdit, report: region.mayReport };
  const codes = codesOf(region);
  const links = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }, index) => (
      <span key={id}>
        {index > 0 && ", "}
        <Link href={`/directory/${id}`} prefetch={false}>
          {name}
        </Link>
      </span>
    ));
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
        {region.parent && (
          <>
            {" / "}
            {region.parent.kind === "county" ? (
              <Link href={`/directory?county=${region.parent.id}&readiness=all`}>{region.parent.name} County</Link>
            ) : (
              region.parent.name
            )}
          </>
        )}
      </p>
      <h1>
        <WithNumbers
          text={`${region.name}: ${number ? `give out ${sayNumber(number.e164, number.extension)}` : "no number to give out tonight"}`}
        />
      </h1>
      <p className="second">
        {why} {of && "It is not its own."}
      </p>
      {region.conflicts.map((says) => (
        <p key={says}>
          <State shape="triangle" tone="bad">
            Contradiction
          </State>{" "}
          <WithNumbers text={says} /> <Link href="/directory/conflicts">Settle it</Link>
        </p>
      ))}
      <div className="columns">
        <div>
          <div className="rule">
            <h2>Numbers, in the order they are given out</h2>
          </div>
          {region.numbers.length === 0 && (
            <p>
              The directory has no number for this {region.label}. Callbox starts with none, so that no wrong one can go
              out{region.mayEdit ? ": add the first below." : "."}
            </p>
          )}
          {region.numbers.map((entry, index) => (
            <NumberEntry
              key={entry.id}
              number={entry}
              position={region.numbers.filter(({ service }) => service === entry.service).indexOf(entry)}
              region={region}
              now={now}
              timeZone={site.timeZone}
              may={may}
              actions={ACTIONS}
              focus={index === 0 && number === undefined}
            />
          ))}
          {region.mayEdit && (
            <details open={region.numbers.length === 0}>
              <summary>Add a number</summary>
              <NumberForm
                regionId={region.id}
                regionName={region.name}
                next={region.numbers.length + 1}
                save={saveNumberAction}
              />
            </details>
          )}
          {region.retired.length > 0 && (
            <details>
              <summary>
                {region.retired.length} {region.retired.length === 1 ? "number" : "numbers"} no longer in use
              </summary>
              {region.retired.map((entry) => (
                <NumberEntry
                  key={entry.id}
                  number={entry}
                  position={0}
                  region={region}
                  now={now}
                  timeZone={site.timeZone}
                  may={{ verify: false, edit: false, report: false }}
                  actions={ACTIONS}
                  focus={false}
                />
              ))}
            </details>
          )}
          <div className="rule">
            <h2>Other ways to reach help</h2>
          </div>
          {region.routes.length === 0 && <p>None is listed. Texts say: go to a police or fire station.</p>}
          {region.routes.map((route) => (
            <div key={route.id}>
              <p>
                <strong>{ROUTE_KINDS[route.kind]}</strong>{" "}
                {route.works ? (
                  <State shape="tick" tone="good">
                    works
                  </State>
                ) : (
                  <State shape="cross" tone="bad">
                    does not work
                  </State>
                )}
                {route.hours && ` ${route.hours}.`} “In an emergency {route.wording}.”
              </p>
              {region.mayEdit && (
                <details>
                  <summary>Change “{route.wording}”</summary>
                  <RouteForm
                    regionId={region.id}
                    route={route}
                    next={route.preference}
                    save={saveRouteAction}
                    retire={retireRouteAction}
                  />
                </details>
              )}
            </div>
          ))}
          {region.mayEdit && (
            <details>
              <summary>Add another way to reach help</summary>
              <RouteForm
                regionId={region.id}
                next={region.routes.length + 1}
                save={saveRouteAction}
                retire={retireRouteAction}
              />
            </details>
          )}
        </div>
        <aside aria-label="About this place">
          <div className="rule">
            <h2>Where</h2>
          </div>
          <Where region={region} />
          {region.approximate && <p className="hint">The outline is approximate: nobody has imported the real one.</p>}
          <Facts
            items={[
              ["People", region.population ? sayCount(region.population) : "not known"],
              ["GEOID", codes.geoid ?? "none"],
              ["FIPS", codes.fips ?? "none"],
              ["SAME", `${codes.same}${region.kind === "municipality" ? " (its county)" : ""}`],
              ["Time zone", region.timeZone],
              ...(region.areas.length > 0 ? [["Served by", links(region.areas)] as const] : []),
              ...(region.members.length > 0 ? [["Serves", links(region.members)] as const] : []),
              ...(region.neighbours.length > 0 ? [["Neighbors", links(region.neighbours)] as const] : []),
              ["Steward", region.stewards.join(", ") || "nobody named"],
            ]}
          />
          {!region.mayVerify && (
            <p className="hint">Test calls are recorded by the stewards and drafters of its agency.</p>
          )}
        </aside>
      </div>
    </div>
  );
}
