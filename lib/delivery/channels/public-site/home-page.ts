import { formatNumber } from "../../../directory/schema";
import { formatCounty } from "../../../places/county-kinds";
import { groupBy } from "../../../platform/group-by";
import { callFor, say, type SiteWords } from "../../../wording/site-words";
import {
  folderOf,
  currentOf,
  type SaidMessage,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingOf,
} from "./facts";
import { layout } from "./layout";
import { describeAction, flowing } from "./official";
import { type Html, markup } from "./html";
import { plainName, writtenOut } from "./search";
import { formatDate, formatWhen } from "./times";

/** The first page: what is down, since when, next update, and every place with its number. Pure. */

interface Down {
  failure: SaidMessage["failure"];
  places: SitePlace[];
  since: number;
  next: number;
  until: number;
}

/** Outages by what fails and in which state, the one with the most places first. */
function listDown(facts: SiteFacts, places: readonly SitePlace[]): Down[] {
  const found = new Map<string, Down>();
  for (const place of places) {
    const current = currentOf(place, facts.now);
    if (current?.tells !== "outage") continue;
    const key = `${current.failure} ${place.stateCode}`;
    const down = found.get(key);
    if (!down) {
      const { failure, beganAt: since, nextUpdateAt: next, endsAt: until } = current;
      found.set(key, { failure, places: [place], since, next, until });
    } else {
      down.places.push(place);
      down.since = Math.min(down.since, current.beganAt);
      down.next = Math.min(down.next, current.nextUpdateAt);
      down.until = Math.min(down.until, current.endsAt);
    }
  }
  return [...found.values()].sort((left, right) => right.places.length - left.places.length);
}

function headingOf(words: SiteWords, { failure, places }: Down, all: number): string {
  const [first] = places;
  const what = words.failure[failure];
  if (places.length === 1)
    return say(words.inPlace, { what, place: first?.label ?? "", state: first?.stateName ?? "" });
  if (places.length === all) return say(words.inAll, { what, state: first?.stateName ?? "" });
  return say(words.inSome, { what, count: String(places.length), state: first?.stateName ?? "" });
}

/** That 911 works again, for as long as pages of places say so; null where none does. */
function restoredHeading(facts: SiteFacts, { words }: SiteLanguage): string | null {
  const places = facts.places.filter((place) => standingOf(place, facts.now) === "restored");
  const [first] = places;
  if (!first) return null;
  const all = facts.places.filter(({ stateCode }) => stateCode === first.stateCode).length;
  const state = first.stateName;
  if (places.length === 1) return say(words.restored, { place: `${first.label}, ${state}` });
  return places.length === all
    ? say(words.restoredAll, { state })
    : say(words.restoredSome, { count: String(places.length), state });
}

function restoredBand(facts: SiteFacts, language: SiteLanguage): Html | null {
  const heading = restoredHeading(facts, language);
  if (heading === null) return null;
  const { words, code } = language;
  const said = facts.places.flatMap((place) =>
    standingOf(place, facts.now) === "restored" ? [currentOf(place, facts.now) ?? place.said[0]!] : [],
  );
  const when = (at: number) => formatWhen(code, facts.timeZone, at);
  const began = Math.min(...said.map(({ beganAt }) => beganAt));
  const ended = Math.max(...said.map(({ restoredAt, sentAt }) => restoredAt ?? sentAt));
  return markup`<div class="band restored">
    <div class="w">
      <h1>${heading}</h1>
      <p>${say(words.lasted, { began: when(began), ended: when(ended) })}</p>
      <p>${words.quiet}</p>
    </div>
  </div>`;
}

/** Where what a page says has ended in part, and nobody made it anew. */
const outdatedBand = ({ words }: SiteLanguage): Html =>
  markup`<div class="band past">
    <div class="w"><h1>${words.outdated}</h1></div>
  </div>`;

function bandsOf(facts: SiteFacts, language: SiteLanguage, downs: readonly Down[]): Html {
  const { words, code } = language;
  const restored = downs.length === 0 ? restoredBand(facts, language) : null;
  if (restored) return restored;
  if (downs.length === 0)
    return markup`<div class="band quiet">
      <div class="w">
        <h1>${words.quiet}</h1>
        <p>
          ${say(words.quietSays, { place: [...new Set(facts.places.map(({ stateName }) => stateName))].join(", ") || facts.name })}
        </p>
      </div>
    </div>`;
  const when = (at: number) => formatWhen(code, facts.timeZone, at);
  const bands = markup`${downs.map(
    (down, index) =>
      markup`<div class="band out">
          <div class="w">
            ${index === 0 ? markup`<h1>${headingOf(words, down, facts.places.filter(({ stateCode }) => stateCode === down.places[0]?.stateCode).length)}</h1>` : markup`<h2>${headingOf(words, down, -1)}</h2>`}
            <p>${say(words.since, { time: when(down.since) })}</p>
            <p>
              <strong>${say(words.validUntil, { time: when(down.until) })}</strong>
              ${say(words.next, { time: when(down.next) })}
            </p>
          </div>
        </div>`,
  )}`;
  return markup`<div data-now>${bands}</div>
    <script type="text/plain" data-after>${outdatedBand(language)}</script>
    <div class="w"><p class="bar">${words.notTestAlone}</p></div>`;
}

/** What rows are written by, beside their place. */
interface Rows {
  now: number;
  isUnsure: boolean;
  /** Whether the outages of the page end at different times, so that each row has to say its own. */
  endsDiffer: boolean;
}

/** What stands behind a name in the list; of an outage, until it ends. */
function givesOf(language: SiteLanguage, place: SitePlace, { now, isUnsure }: Rows): Html {
  const { words } = language;
  const current = currentOf(place, now);
  const standing = standingOf(place, now);
  if (standing === "out" && current) {
    const [first] = current.numbers;
    // The page of the place knows by itself when what it says has ended.
    if (isUnsure) return markup`<span>${words.placesToGo}</span>`;
    if (first)
      return markup`<span data-ends="${current.endsAt}">${current.failure === "full" ? words.failsHere : callFor(words, current.failure)} <b dir="ltr">${formatNumber(first)}</b></span>`;
    // Of a language without approved texts, the page of the place quotes them.
    return markup`<span data-ends="${current.endsAt}">${current.texts[language.code] ? flowing(describeAction(language, current)) : words.placesToGo}</span>`;
  }
  if (standing === "restored") return markup`<span>${words.worksAgain}</span>`;
  return place.kept ? markup`<span dir="ltr">${formatNumber(place.kept)}</span>` : markup`<span>–</span>`;
}

/** Below the number of a row: when it last was answered, and until when it holds where the band above does not say it of all. */
function noteOf({ words, code }: SiteLanguage, place: SitePlace, { now, isUnsure, endsDiffer }: Rows): Html | null {
  const answered = (at: number | null | undefined) =>
    at === null || at === undefined ? "" : say(words.lastAnswered, { date: formatDate(code, place.timeZone, at) });
  const current = currentOf(place, now);
  const standing = standingOf(place, now);
  if (standing === "out" && current) {
    if (isUnsure) return null;
    const until = endsDiffer ? say(words.validUntil, { time: formatWhen(code, place.timeZone, current.endsAt) }) : "";
    const note = [answered(current.numbers[0]?.lastAnsweredAt), until].filter(Boolean).join(" ");
    return note === "" ? null : markup`<span class="small" data-ends="${current.endsAt}">${note}</span>`;
  }
  const note = standing === "restored" ? "" : answered(place.kept?.lastAnsweredAt);
  return note === "" ? null : markup`<span class="small">${note}</span>`;
}

/** How a place is sorted and found, in every language and at every hour the same. */
interface Listed {
  place: SitePlace;
  plain: string;
  letter: string;
  /** What it may be typed as. */
  names: string;
}

const lists = new WeakMap<SiteFacts["places"], Map<string, Listed[]>>();

/** The places by their first letters, worked out once for all the lists that name them. */
function listedByLetter(places: SiteFacts["places"]): Map<string, Listed[]> {
  let made = lists.get(places);
  if (made) return made;
  const listed = places.map((place): Listed => {
    const plain = plainName(place.label);
    const counties = place.counties.map(({ name }) => `${name} county`);
    const names = [place.label, ...place.aliases, ...place.zips, ...counties].map(plainName);
    return {
      place,
      plain,
      letter: (plain[0] ?? "").toUpperCase(),
      names: [...new Set(names.flatMap((name) => [name, writtenOut(name)]))].join(" | "),
    };
  });
  made = groupBy(
    listed.sort((left, right) => Number(left.plain > right.plain) - Number(left.plain < right.plain)),
    ({ letter }) => letter,
  );
  lists.set(places, made);
  return made;
}

/** The list of places by letter, each with its number. */
function placeList(facts: SiteFacts, language: SiteLanguage, rows: Rows): Html {
  const letters = [...listedByLetter(facts.places)];
  const folder = folderOf(facts, language);
  return markup`<ul class="letters">
      ${letters.map(([letter]) => markup`<li><a href="#${letter}">${letter}</a></li>`)}
    </ul>
    <div class="list">
      ${letters.map(
        ([letter, listed]) =>
          markup`<div data-group>
            <h2 id="${letter}">${letter}</h2>
            <ul>
              ${listed.map(
                ({ place, names }) =>
                  markup`<li data-name="${names}">
                    <a href="/${folder}${place.path}">${place.label}</a> ${givesOf(language, place, rows)} ${noteOf(language, place, rows)}
                  </li> `,
              )}
            </ul>
          </div>`,
      )}
    </div>`;
}

/** After an outage a row says that 911 works again in place of the number. */
const hidesNumber = (now: number) => (place: SitePlace) => standingOf(place, now) === "restored";

/** The search: a form that the server answers, and that filters the list while it is typed in. */
function searchForm(facts: SiteFacts, language: SiteLanguage, typed = ""): Html {
  const { words } = language;
  return markup`<form class="find" action="/${folderOf(facts, language)}find/" method="get" role="search">
      <label for="q">${words.findLabel}</label>
      <input type="search" id="q" name="q" value="${typed}" maxlength="80" autocomplete="off" data-filter />
      <button>${words.findButton}</button>
    </form>
    ${facts.places.length > 0 && !facts.places.some(hidesNumber(facts.now)) && markup`<p class="small">${words.findHint}</p>`}`;
}

/** Of more places than this, counties in which nothing is out are named as such. */
const MOST_NEIGHBORS = 30;

/** Places next to what is down, for which nothing is announced: their people dial 911 as usual. */
function notAffected(facts: SiteFacts, words: SiteWords): Html | null {
  const down = facts.places.filter((place) => standingOf(place, facts.now) === "out");
  // The rest of a county lies beside each of its cities and towns.
  const beside = new Set(
    down.flatMap(({ neighborIds, counties }) => [...neighborIds, ...counties.map(({ id }) => id)]),
  );
  // Where 911 fails and nobody was told yet, as in a part of an alert that is still a draft, nobody is told to dial it.
  const isOut = (place: SitePlace) => place.declaredOut === true || standingOf(place, facts.now) === "out";
  const free = facts.places.filter((place) => beside.has(place.id) && !isOut(place));
  if (free.length === 0) return null;
  const named =
    free.length > MOST_NEIGHBORS ? byCounty(free, facts.places.filter(isOut)) : free.map(({ label }) => label);
  return markup`<p>${say(words.notAffected, { places: named.join(", ") })}</p>`;
}

/** These places by their counties where no place of a county is out, and by their own names elsewhere. */
function byCounty(free: readonly SitePlace[], down: readonly SitePlace[]): string[] {
  const hit = new Set(down.flatMap(({ counties }) => counties.map(({ id }) => id)));
  const whole = ({ counties: [home] }: SitePlace) => (home && !hit.has(home.id) ? formatCounty(home) : null);
  const counties = new Set(free.flatMap((place) => whole(place) ?? []));
  return [...[...counties].sort(), ...free.filter((place) => whole(place) === null).map(({ label }) => label)];
}

/**
 * @param isUnsure some of what is in force now ends while this page is still read, so that it leaves to the pages of the
 *   places what they know by themselves
 */
export function homePage(facts: SiteFacts, language: SiteLanguage, isUnsure = false): string {
  const { words } = language;
  const downs = listDown(facts, facts.places);
  const [first] = isUnsure ? [] : downs;
  const ends = facts.places.flatMap((place) =>
    standingOf(place, facts.now) === "out" ? (currentOf(place, facts.now)?.endsAt ?? []) : [],
  );
  return layout(facts, {
    path: "",
    language,
    title: isUnsure
      ? `${words.places}: ${facts.name}`
      : first
        ? `${headingOf(words, first, facts.places.length)}: ${words.places}`
        : `${restoredHeading(facts, language) ?? words.quiet}: ${facts.name}`,
    by: facts.name,
    until: first ? Math.min(...downs.map(({ until }) => until)) : undefined,
    body: markup`${isUnsure ? outdatedBand(language) : bandsOf(facts, language, downs)}
      <div class="w">
        ${searchForm(facts, language)}${notAffected(facts, words)}
        ${facts.places.every(hidesNumber(facts.now)) ? null : markup`<p>${words.listNote}</p>`}
        ${placeList(facts, language, { now: facts.now, isUnsure, endsDiffer: new Set(ends).size > 1 })}
      </div>`,
  });
}

/** What the search finds where no script ran: nothing, or several places of one name. */
export function findPage(
  facts: Pick<SiteFacts, "name" | "languages" | "url" | "demonstration">,
  language: SiteLanguage,
  typed: string,
  found: readonly { path: string; label: string }[],
  near = false,
): string {
  const { words } = language;
  const whole = { ...facts, places: [], alerts: [], agencies: [], now: 0, since: 0, timeZone: "UTC" };
  return layout(whole, {
    path: "find/",
    language,
    title: words.find,
    by: facts.name,
    body: markup`<div class="w">
      <h1>${near ? words.didYouMean : found.length > 0 ? words.which : words.foundNone}</h1>
      ${searchForm(whole, language, typed)}
      <ul>
        ${found.map(({ path, label }) => markup`<li><a href="/${folderOf(whole, language)}${path}">${label}</a></li>`)}
      </ul>
      <p><a href="/${folderOf(whole, language)}">${words.places}</a></p>
    </div>`,
  });
}
