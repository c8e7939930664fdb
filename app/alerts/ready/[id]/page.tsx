import Link from "next/link";
import { notFound } from "next/navigation";
import { PreviewPane } from "../../../../components/preview/preview-pane";
import { Differences } from "../../../../components/ready/differences";
import { ReadyActs } from "../../../../components/ready/ready-acts";
import { ReadyProblems } from "../../../../components/ready/ready-problems";
import { Facts } from "../../../../components/ui/facts";
import { formatMoment, formatPlaces } from "../../../../components/ui/time";
import { requireActor } from "../../../../lib/access/session";
import { getReadyDraft } from "../../../../lib/alerts/ready/data";
import { FAILURES, TEXT_TO_911 } from "../../../../lib/incidents/schema";
import { db } from "../../../../lib/platform/db";
import { getSite } from "../../../../lib/platform/site/data";
import { recheckReadyAction, retireReadyAction } from "../actions";

export const metadata = { title: "Ready draft" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ place?: string | string[] }>;
}

export default async function ReadyDraftPage({ params, searchParams }: Props) {
  const actor = await requireActor("alert:read");
  const now = Date.now();
  const [site, ready, { place: wanted }] = [
    await getSite(),
    await getReadyDraft(db(), actor, (await params).id, new Date(now)),
    await searchParams,
  ];
  if (!ready) notFound();
  const { placeFacts, bundle } = ready;
  const shown = placeFacts.find(({ id }) => id === wanted) ?? placeFacts[0];
  // The browser needs the messages of the place that is shown, not those of all.
  const counties = new Set(shown?.counties.map(({ id }) => id));
  const messages = bundle?.messages.filter(
    ({ placeIds, audience, placeId }) =>
      (audience === "phones" && shown && placeIds.includes(shown.id)) ||
      (audience === "broadcasters" && counties.has(placeId)),
  );
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/alerts">Alerts</Link> / <Link href="/alerts/ready">Ready drafts</Link>
      </p>
      <h1>{ready.title}</h1>
      <ReadyProblems problems={ready.found} />
      {ready.mayChange && <ReadyActs id={ready.id} recheck={recheckReadyAction} retire={retireReadyAction} />}
      {ready.mayChange && ready.found.length > 0 && (
        <p>
          Put right what you can in the <Link href="/directory">directory</Link> and check again, or{" "}
          <Link href={`/alerts/ready/new?like=${ready.id}`}>make a new one like it</Link> and retire this one.
        </p>
      )}
      <div className="columns">
        <div>
          <div className="rule">
            <h2>Since it was made</h2>
          </div>
          <Differences differences={ready.differences} />
          <div className="rule">
            <h2>Texts, as they would be now</h2>
          </div>
          {bundle && shown && messages ? (
            <>
              <form method="get" className="row">
                <label className="usa-label" htmlFor="shown-place">
                  Shown for
                </label>
                <select className="usa-select" id="shown-place" name="place" defaultValue={shown.id} key={shown.id}>
                  {[...placeFacts]
                    .sort((left, right) => left.name.localeCompare(right.name, "en"))
                    .map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                </select>
                <button type="submit" className="usa-button usa-button--outline">
                  Show
                </button>
              </form>
              <PreviewPane
                key={shown.id}
                bundle={{ ...bundle, messages }}
                place={shown}
                outage={{ failure: ready.failure, textsWork: ready.textTo911 === "works" }}
                now={now}
              />
            </>
          ) : (
            <p>None of its places is in your area any more.</p>
          )}
        </div>
        <aside aria-label="Details">
          <div className="rule">
            <h2>Details</h2>
          </div>
          <Facts
            items={[
              ["What would fail", FAILURES[ready.failure].label],
              ["Text-to-911", TEXT_TO_911[ready.textTo911]],
              [
                "Where",
                ready.whole ? `All of ${ready.agency}, ${formatPlaces(ready.places)}` : formatPlaces(ready.places),
              ],
              ["Made by", `${ready.createdBy}, ${formatMoment(ready.createdAt, site.timeZone)}`],
              ["Last noted check", formatMoment(ready.checkedAt, site.timeZone)],
              ["Template", `version ${ready.templateVersion}`],
            ]}
          />
          <p className="hint">A ready draft is never sent. An alert that begins from it is approved like any other.</p>
        </aside>
      </div>
    </div>
  );
}
