import Link from "next/link";
import { notFound } from "next/navigation";
import { NumberEntry } from "../../../components/directory/number-entry";
import { NumberForm } from "../../../components/directory/number-form";
import { HelpOptionForm } from "../../../components/directory/help-option-form";
import { RetirePlace } from "../../../components/directory/retire-place";
import { WithNumbers } from "../../../components/directory/with-numbers";
import { Facts } from "../../../components/ui/facts";
import { State } from "../../../components/ui/state";
import { formatCount } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { getPlace, getPlaceName, loadOutlines, type PlaceDetail } from "../../../lib/directory/data";
import { FIRST_LANGUAGE, inLanguage } from "../../../lib/platform/language";
import { HELP_OPTION_KINDS, formatNumber } from "../../../lib/directory/schema";
import { selectNumber } from "../../../lib/directory/selection";
import { codesOf } from "../../../lib/places/codes";
import { drawMap } from "../../../lib/places/map";
import { db } from "../../../lib/platform/db";
import { formatCounty } from "../../../lib/places/county-kinds";
import { getSite } from "../../../lib/platform/site/data";
import {
  recordTestCallAction,
  reportStatusAction,
  retireNumberAction,
  retirePlaceAction,
  retireHelpOptionAction,
  saveNumberAction,
  saveHelpOptionAction,
} from "../actions";

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("directory:read");
  const { id } = await params;
  return { title: (await getPlaceName(actor, id)) ?? "Place" };
}

const ACTIONS = {
  record: recordTestCallAction,
  report: reportStatusAction,
  save: saveNumberAction,
  retire: retireNumberAction,
};

/** The place among its neighbors, as a small picture. */
async function Where({ place }: { place: PlaceDetail }) {
  const outlines = await loadOutlines(db(), [place.id, ...place.neighbors.map(({ id }) => id)]);
  if (outlines.length === 0) return <p className="hint">No outline is known.</p>;
  const shapes = drawMap(
    outlines.map(({ id, geometry }) => ({ id, geometry })),
    320,
  );
  return (
    <svg
      className="place-map"
      viewBox={`0 0 ${shapes.width} ${shapes.height}`}
      role="img"
      aria-label={`Outline of ${place.name}`}
    >
      {Object.entries(shapes.paths).map(([id, path]) => (
        <path key={id} d={path} className={id === place.id ? "town chosen" : "town"} />
      ))}
    </svg>
  );
}

export default async function PlacePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("directory:read");
  const [site, place] = await Promise.all([getSite(), getPlace(actor, (await params).id)]);
  if (!place) notFound();
  const now = Date.now();
  const { number, why, of } = selectNumber(place, { now });
  const may = { verify: place.mayVerify, edit: place.mayEdit, report: place.mayReport };
  const codes = codesOf(place);
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
        {place.parent && (
          <>
            {" / "}
            {place.parent.kind === "county" ? (
              <Link href={`/directory?county=${place.parent.id}&readiness=all`}>{formatCounty(place.parent)}</Link>
            ) : (
              place.parent.name
            )}
          </>
        )}
      </p>
      <h1>
        <WithNumbers text={`${place.name}: ${number ? `give out ${formatNumber(number)}` : "no usable number"}`} />
      </h1>
      <p className="second">
        {why} {of && "This number belongs to a larger place."}
      </p>
      {place.conflicts.map((says) => (
        <p key={says}>
          <State shape="triangle" tone="bad">
            Conflict
          </State>{" "}
          <WithNumbers text={says} /> <Link href="/directory/conflicts">Settle conflict</Link>
        </p>
      ))}
      <div className="columns">
        <div>
          <div className="rule">
            <h2>Numbers, in the order they are given out</h2>
          </div>
          {place.numbers.length === 0 && (
            <p>
              The directory has no number for this {place.label}. Callbox starts with none, so that no wrong one can go
              out{place.mayEdit ? ": add the first below." : "."}
            </p>
          )}
          {place.numbers.map((entry, index) => (
            <NumberEntry
              key={entry.id}
              number={entry}
              position={place.numbers.filter(({ service }) => service === entry.service).indexOf(entry)}
              place={place}
              now={now}
              timeZone={site.timeZone}
              may={may}
              actions={ACTIONS}
              focus={index === 0 && number === undefined}
            />
          ))}
          {place.mayEdit && (
            <details open={place.numbers.length === 0}>
              <summary>Add a number</summary>
              <NumberForm
                placeId={place.id}
                placeName={place.name}
                next={place.numbers.length + 1}
                save={saveNumberAction}
              />
            </details>
          )}
          {place.retired.length > 0 && (
            <details>
              <summary>
                {place.retired.length} {place.retired.length === 1 ? "number" : "numbers"} no longer in use
              </summary>
              {place.retired.map((entry) => (
                <NumberEntry
                  key={entry.id}
                  number={entry}
                  position={0}
                  place={place}
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
            <h2>Other ways to get help</h2>
          </div>
          {place.helpOptions.length === 0 && <p>None listed. Texts tell people to go to a police or fire station.</p>}
          {place.helpOptions.map((helpOption) => (
            <div key={helpOption.id}>
              <p>
                <strong>{HELP_OPTION_KINDS[helpOption.kind]}</strong>{" "}
                {helpOption.works ? (
                  <State shape="tick" tone="good">
                    works
                  </State>
                ) : (
                  <State shape="cross" tone="bad">
                    does not work
                  </State>
                )}
                {helpOption.hours && ` ${helpOption.hours}.`} “In an emergency{" "}
                {inLanguage(helpOption.wording, FIRST_LANGUAGE)}.”
              </p>
              {place.mayEdit && (
                <details>
                  <summary>Change “{inLanguage(helpOption.wording, FIRST_LANGUAGE)}”</summary>
                  <HelpOptionForm
                    placeId={place.id}
                    helpOption={helpOption}
                    next={helpOption.preference}
                    save={saveHelpOptionAction}
                    retire={retireHelpOptionAction}
                  />
                </details>
              )}
            </div>
          ))}
          {place.mayEdit && (
            <details>
              <summary>Add another way to get help</summary>
              <HelpOptionForm
                placeId={place.id}
                next={place.helpOptions.length + 1}
                save={saveHelpOptionAction}
                retire={retireHelpOptionAction}
              />
            </details>
          )}
        </div>
        <aside aria-label="About this place">
          <div className="rule">
            <h2>Where</h2>
          </div>
          <Where place={place} />
          {place.approximate && <p className="hint">The outline is approximate. Import the real one to replace it.</p>}
          <Facts
            items={[
              ["People", place.population ? formatCount(place.population) : "not known"],
              ["GEOID", codes.geoid ?? "none"],
              ["FIPS", codes.fips ?? "none"],
              ["SAME", `${codes.same}${place.kind === "municipality" ? " (its county)" : ""}`],
              ["Time zone", place.timeZone],
              ...(place.areas.length > 0 ? [["Served by", links(place.areas)] as const] : []),
              ...(place.members.length > 0 ? [["Serves", links(place.members)] as const] : []),
              ...(place.neighbors.length > 0 ? [["Neighbors", links(place.neighbors)] as const] : []),
              ["Steward", place.stewards.join(", ") || "nobody named"],
            ]}
          />
          {place.mayRetire && (
            <details>
              <summary>Retire this place, or merge it into another</summary>
              <RetirePlace id={place.id} name={place.name} retire={retirePlaceAction} />
            </details>
          )}
          {place.retiredAt !== null && (
            <p className="quote reason">
              Out of use{place.mergedInto && ", now part of "}
              {place.mergedInto && <Link href={`/directory/${place.mergedInto.id}`}>{place.mergedInto.name}</Link>}. No
              alert can be for it.
            </p>
          )}
          {!place.mayVerify && (
            <p className="hint">Test calls are recorded by the stewards and drafters of its agency.</p>
          )}
        </aside>
      </div>
    </div>
  );
}
