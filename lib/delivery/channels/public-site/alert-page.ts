import { FIRST_LANGUAGE } from "../../../platform/language";
import { say } from "../../../wording/site-words";
import {
  folderOf,
  type SiteAlert,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingOfMessage,
} from "./facts";
import { layout } from "./layout";
import { markup } from "./html";
import { flowing } from "./official";
import { describeStanding, standingMark } from "./place-body";
import { formatWhen } from "./times";

/** The page of one alert with all its messages, and the list of all alerts. Pure. */

const SHOWN = 2000;

type PlacesById = ReadonlyMap<string, SitePlace>;

/** Titles and headlines are listed in the first language; elsewhere a reader aloud must know. */
const foreignIn = ({ code }: SiteLanguage) =>
  code === FIRST_LANGUAGE ? null : markup` lang="${FIRST_LANGUAGE}" dir="ltr"`;

export function alertPage(facts: SiteFacts, alert: SiteAlert, language: SiteLanguage): string {
  const { words, code } = language;
  const foreign = foreignIn(language);
  const agency = alert.agency[code] ?? Object.values(alert.agency)[0] ?? facts.name;
  const when = formatWhen(code, alert.timeZone, alert.sentAt);
  const byId = new Map(facts.places.map((place) => [place.id, place]));
  const isInForce =
    alert.endsAt > facts.now &&
    alert.messages.some(({ standing, tells }) => standing === "in-force" && tells === "outage");
  const band = (cls: "out" | "past") =>
    markup`<div class="band ${cls}">
      <div class="w"><h1${foreign}>${alert.title}</h1></div>
    </div>`;
  return layout(facts, {
    path: `alerts/${alert.code}`,
    language,
    title: `${alert.title}, ${when}`,
    by: agency,
    until: isInForce ? alert.endsAt : undefined,
    body: markup`${
      isInForce
        ? markup`<div data-now>${band("out")}</div>
            <script type="text/plain" data-after>${band("past")}</script>`
        : band("past")
    }
      <div class="w">
      <p>
        ${say(words.published, { agency, time: when })}
        ${say(words.validUntil, { time: formatWhen(code, alert.timeZone, alert.endsAt) })}
      </p>
      <ul>
        ${alert.messages.slice(0, SHOWN).map((message) => {
          const place = message.placeIds.length === 1 ? byId.get(message.placeIds[0] ?? "") : undefined;
          return markup`<li>
            ${place ? markup`<a href="/${folderOf(facts, language)}${place.path}">${place.label}</a>` : message.place}:
            <span${foreign}>${flowing(message.headline)}</span>
            (${standingMark(words, { standing: standingOfMessage(message, byId), endsAt: alert.endsAt }, facts.now)}) ·
            <a href="/cap/${message.identifier}.xml">CAP</a>
          </li> `;
        })}
      </ul>
    </div>`,
  });
}

/**
 * How an alert stands, behind who sent it: of how many places what, where they do not stand alike. What is in force is
 * named by its end, which stays true on a page that nobody makes anew.
 */
function describeAlert(
  { now }: SiteFacts,
  alert: SiteAlert,
  places: PlacesById,
  { words, code }: SiteLanguage,
): string {
  const phones = alert.messages.filter(({ audience }) => audience === "phones");
  const counts = new Map<string, number>();
  for (const message of phones.length > 0 ? phones : alert.messages) {
    const how = describeStanding(words, { standing: standingOfMessage(message, places), endsAt: alert.endsAt }, now);
    counts.set(how, (counts.get(how) ?? 0) + message.placeIds.length);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const past = [...counts]
    .filter(([how]) => how !== words.validNow)
    .map(([how, count]) => (counts.size === 1 ? how : `${how}: ${count}/${total}`));
  const until = say(words.validUntil, { time: formatWhen(code, alert.timeZone, alert.endsAt) });
  return `${past.length > 0 ? ` (${past.join(", ")})` : ""}.${counts.has(words.validNow) ? ` ${until}` : ""}`;
}

export function alertsPage(facts: SiteFacts, language: SiteLanguage): string {
  const { words, code } = language;
  const foreign = foreignIn(language);
  const byId = new Map(facts.places.map((place) => [place.id, place]));
  return layout(facts, {
    path: "alerts/",
    language,
    title: words.alerts,
    by: facts.name,
    body: markup`<div class="w">
      <h1>${words.alerts}</h1>
      ${facts.alerts.length === 0 && markup`<p>${words.saidNothing}</p>`}
      <ul>
        ${facts.alerts.map(
          (alert) =>
            markup`<li>
              ${formatWhen(code, alert.timeZone, alert.sentAt)}:
              <a${foreign} href="/${folderOf(facts, language)}alerts/${alert.code}">${alert.title}</a>,
              ${alert.agency[code] ?? Object.values(alert.agency)[0] ?? ""}${describeAlert(facts, alert, byId, language)}
            </li> `,
        )}
      </ul>
    </div>`,
  });
}
