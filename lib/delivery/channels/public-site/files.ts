import { formatNumber } from "../../../directory/schema";
import { canonicalJson } from "../../../record/canonical-json";
import { fingerprint } from "../../../record/chain";
import { callFor, say } from "../../../wording/site-words";
import { alertPage, alertsPage } from "./alert-page";
import {
  folderOf,
  currentOf,
  endsOf,
  partsOut,
  type SaidNumber,
  type SiteAlert,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingOf,
  standingOfMessage,
  yieldsThere,
} from "./facts";
import { atomFeed, type FeedPlace, listEntries, MOST_ENTRIES, rssFeed } from "./feeds";
import { findPage, homePage } from "./home-page";
import { Html, markup } from "./html";
import { layout, LAYOUT, OFFLINE_SCRIPT } from "./layout";
import { describeAction, describeParts, flowing, headingOf, listWrong } from "./official";
import { numberLink } from "./place-body";
import { placePage } from "./place-page";
import { plainName } from "./search";
import { endedOf } from "./served";
import { FRAME_STYLE } from "./style";
import { formatDate, formatWhen } from "./times";

/** Every file of the public site, each made only when what it is made from changed. Pure. */

export interface SiteFile {
  /** Below the folder of the site. */
  path: string;
  /** Fingerprint of all that the file is made from. The same key, the same bytes. Worked out when it is asked for. */
  readonly key: string;
  make: () => string;
  /** Identifier of the message whose stored bytes it is, in place of what is made. */
  message?: string;
  /** When it is no longer so, and what is read instead from then on. */
  until?: { at: number; instead: string } | undefined;
  /** It may follow in a second job: of a language that no alert is written in, or a feed, which programs read. */
  follows?: boolean;
}

/** What is made of places and agencies is a fingerprint already, so this is short and in the order it was written. */
const keyOf = (...parts: unknown[]) => fingerprint(JSON.stringify([LAYOUT, ...parts])).slice(0, 32);

/**
 * How many moments at which something ends a file of many places is made ahead for. What is read after the last of them
 * leaves out what may have ended since.
 */
const MOST_ENDS = 4;

/** When what a file says ends, bit by bit. */
interface Ends {
  at: readonly number[];
  /** There are more of them, so that what is read after the last one may not say what is in force. */
  isCut: boolean;
}

function endsAmong(moments: Iterable<number>): Ends {
  const all = [...new Set(moments)].sort((left, right) => left - right);
  return { at: all.slice(0, MOST_ENDS), isCut: all.length > MOST_ENDS };
}

/** The facts as they are read from one of these moments on. */
const factsAt = (facts: SiteFacts, { at }: Ends, turn: number): SiteFacts =>
  turn === 0 ? facts : { ...facts, now: at[turn - 1] ?? facts.now };

const isUnsureAt = ({ at, isCut }: Ends, turn: number): boolean => isCut && turn === at.length;

/** What the key of a file is made of beside the rest, of one that is read from such a moment on. */
const keyAt = (ends: Ends, turn: number): unknown[] =>
  turn === 0 ? [] : [ends.at[turn - 1], isUnsureAt(ends, turn) ? "unsure" : ""];

/**
 * A file, and what is read in its place from each of these moments on, though nobody made it anew: one leads to the next.
 * @param file.last where what is read after the last of them is another file of the site
 */
function* through(
  path: string,
  { at }: Ends,
  file: { key: (turn: number) => string; make: (turn: number) => string; follows?: boolean; last?: string },
): Generator<SiteFile> {
  for (let turn = 0; turn <= at.length; turn += 1) {
    if (turn > 0 && turn === at.length && file.last !== undefined) return;
    const end = at[turn];
    let key: string | undefined;
    const instead = turn + 1 === at.length && file.last !== undefined ? file.last : endedOf(path, turn + 1);
    yield {
      path: turn === 0 ? path : endedOf(path, turn),
      get key() {
        return (key ??= file.key(turn));
      },
      make: () => file.make(turn),
      ...(file.follows === undefined ? {} : { follows: file.follows }),
      ...(end === undefined ? {} : { until: { at: end, instead } }),
    };
  }
}

/** What every page says of the site itself. */
const frameOf = ({ name, demonstration, url, languages }: SiteFacts) =>
  fingerprint(canonicalJson({ name, demonstration, url, languages })).slice(0, 16);

/** How a place reads, as plain text and as JSON for the web sites of others. */
function placeJson(facts: SiteFacts, place: SitePlace): string {
  const current = currentOf(place, facts.now);
  const standing = standingOf(place, facts.now);
  const out = standing === "out" && current;
  return `${JSON.stringify(
    {
      format: "callbox-place-1",
      place: place.label,
      state: place.stateCode,
      geoid: place.id,
      page: `${facts.url}/${place.path}`,
      demonstration: facts.demonstration,
      standing,
      numbers: out
        ? current.numbers.map((number) => ({
            number: formatNumber(number),
            e164: number.e164,
            extension: number.extension,
            lastAnsweredAt: number.lastAnsweredAt === null ? null : new Date(number.lastAnsweredAt).toISOString(),
          }))
        : [],
      /** Given out, and called wrong since: not to be called. */
      calledWrong: out ? current.wrong.map(formatNumber) : [],
      /** Of a county for which nothing is announced: its cities and towns in which 911 fails. */
      outIn: partsOut(facts, place).map(({ label }) => label),
      /** Where there is no number: what to do, as it was approved. */
      instead:
        out && current.numbers.length === 0
          ? Object.fromEntries(
              facts.languages
                .filter(({ code }) => current.texts[code] !== undefined)
                .map((language) => [language.code, describeAction(language, current)]),
            )
          : {},
      validUntil: out ? new Date(current.endsAt).toISOString() : null,
      headline: current
        ? Object.fromEntries(Object.entries(current.texts).map(([code, { headline }]) => [code, headline]))
        : {},
      message: current ? `${facts.url}/cap/${current.identifier}.xml` : null,
    },
    null,
    1,
  )}\n`;
}

/**
 * A frame for a town's own web site, in the languages alerts are written in: no script, the numbers and one link each.
 * @param ended read in its place once the alert is over, though nobody made it anew
 */
function embedPage(facts: SiteFacts, place: SitePlace, ended = false): string {
  const current = currentOf(place, facts.now);
  const standing = ended ? "past" : standingOf(place, facts.now);
  const out = standing === "out" ? current : null;
  const over = standing === "past" ? (current ?? place.said[0]) : null;
  const numbers = (out?.numbers ?? []).map(
    (number, at) => markup`${at > 0 && ", "}${numberLink(number, "number", "_top")}`,
  );
  const says = (language: SiteLanguage) => {
    const { words, code } = language;
    const when = (moment: number) => formatWhen(code, place.timeZone, moment);
    const quiet = facts.demonstration ? say(words.quietSays, { place: place.label }) : `${words.quiet}.`;
    return markup`<p lang="${code}" dir="${language.direction}">${facts.demonstration && markup`${words.demonstration} `}${
      out
        ? markup`<strong>${headingOf(words, place, out)}.</strong> ${
            numbers.length > 0
              ? markup`${flowing([...listWrong(words, out), callFor(words, out.failure)].join(" "))} ${numbers}. `
              : markup`${flowing(describeAction(language, out))} `
          }${say(words.validUntil, { time: when(out.endsAt) })}`
        : standing === "restored"
          ? markup`<strong>${say(words.restored, { place: place.label })}.</strong> ${words.quiet}.`
          : over
            ? markup`<strong>${say(words.past, { place: place.label })}.</strong> ${say(words.pastSays, { time: when(over.endsAt) })} ${words.quiet}.`
            : (describeParts(facts, place, language)?.text ?? quiet)
    } <a href="${facts.url}/${folderOf(facts, language)}${place.path}" target="_top">${place.label}</a></p>`;
  };
  return markup`<!doctype html>
    <html lang="${facts.languages[0]?.code ?? "en-US"}">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>${place.label}</title>
      <style>${new Html(FRAME_STYLE)}</style>
      <body class="${standing}">
      ${facts.languages.filter(({ translation }) => translation === undefined).map(says)}
      </body>
    </html>`.text;
}

/** @param isUnsure some of what is in force now ends while this is still read, so that it leads to the pages of places */
function numbersText(facts: SiteFacts, isUnsure: boolean): string {
  const [language] = facts.languages;
  if (!language) return "";
  const { words } = language;
  const { code } = language;
  const dialed = (place: SitePlace, number: SaidNumber) => {
    const at = number.lastAnsweredAt;
    const checked = at === null ? "" : say(words.lastAnswered, { date: formatDate(code, place.timeZone, at) });
    return [`${formatNumber(number)}.`, checked].filter(Boolean).join(" ");
  };
  const describePlace = (place: SitePlace): string => {
    const current = currentOf(place, facts.now);
    const standing = standingOf(place, facts.now);
    if (standing === "out" && current) {
      if (isUnsure) return `${facts.url}/${place.path}`;
      const numbers = current.numbers.map((number) => dialed(place, number)).join(" ");
      const action = numbers
        ? [...listWrong(words, current), callFor(words, current.failure), numbers].join(" ")
        : describeAction(language, current);
      const valid = say(words.validUntil, { time: formatWhen(code, place.timeZone, current.endsAt) });
      return `${headingOf(words, place, current)}. ${action} ${valid}`;
    }
    if (standing === "restored") return words.worksAgain;
    const parts = describeParts(facts, place, language);
    const quiet = parts && !isUnsure ? parts.text : `${words.quiet}.`;
    return place.kept ? `${quiet} ${words.keep} ${dialed(place, place.kept)}` : quiet;
  };
  const lines = facts.places.map((place) => `${place.label}, ${place.stateCode}: ${describePlace(place)}`);
  return `${facts.demonstration ? `${words.demonstration}\n\n` : ""}${facts.name}\n\n${lines.join("\n")}\n`;
}

const states = new WeakMap<SitePlace, string>();

/** Fingerprint of a place and how it stands, worked out once for all that is made from it. */
function stateOf(facts: SiteFacts, place: SitePlace): string {
  let state = states.get(place);
  if (state === undefined) {
    const standing = [place, standingOf(place, facts.now), currentOf(place, facts.now)?.identifier ?? null];
    // The facts are put together in one order always, so that nothing need be sorted.
    states.set(place, (state = fingerprint(JSON.stringify(standing))));
  }
  return state;
}

function* placeFiles(facts: SiteFacts, place: SitePlace, frame: string): Generator<SiteFile> {
  const ends: Ends = { at: endsOf(facts, place), isCut: false };
  const made = [frame, ...[place, ...partsOut(facts, place)].map((one) => stateOf(facts, one))];
  const isOut = standingOf(place, facts.now) === "out";
  /** From when on nothing is in force: the page of the outage that was, which says that it has ended, and no more. */
  const isOver = (turn: number) =>
    isOut && turn > 0 && turn === ends.at.length && !currentOf(place, ends.at[turn - 1]!);
  const says = (turn: number) => factsAt(facts, ends, isOver(turn) ? turn - 1 : turn);
  const keyOfTurn = (what: string, turn: number, ...parts: unknown[]) =>
    keyOf(turn === 0 ? what : `${what} ended`, ...parts, ...made, ...(turn > 1 ? [turn] : []));
  for (const language of facts.languages) {
    yield* through(`${folderOf(facts, language)}${place.path}.html`, ends, {
      follows: language.translation !== undefined,
      key: (turn) => keyOfTurn("place", turn, language.code),
      make: (turn) => placePage(says(turn), place, language, isOver(turn)),
    });
  }
  yield* through(`embed/${place.path}.html`, ends, {
    key: (turn) => keyOfTurn("embed", turn),
    make: (turn) => embedPage(says(turn), place, isOver(turn)),
  });
  yield* through(`embed/${place.path}.json`, ends, {
    key: (turn) => keyOfTurn("json", turn),
    make: (turn) => placeJson(factsAt(facts, ends, turn), place),
  });
}

interface Feed extends FeedPlace {
  entries: ReturnType<typeof listEntries>;
  /** It holds what is in force alone. */
  isCurrent: boolean;
}

/** What is read at the address of a place's feed while nothing is in force there. */
export const EMPTY_FEED = "feeds/none";

function feedsOf(facts: SiteFacts, quiet = false): Feed[] {
  const states = [...new Map(facts.places.map((place) => [place.stateCode, place.stateName]))];
  const byId = new Map(facts.places.map((place) => [place.id, place]));
  const now = listEntries(facts, { current: true });
  const byPlace = new Map<string, typeof now>();
  for (const entry of now) for (const id of entry.placeIds) byPlace.set(id, [...(byPlace.get(id) ?? []), entry]);
  /** What holds for people of a place: not that 911 works where it fails. */
  const holdingAt = ({ id, said }: SitePlace) =>
    (byPlace.get(id) ?? []).filter(
      ({ tells, alert: { sentAt, incidentId } }) => !yieldsThere(said, { tells, sentAt, incidentId }),
    );
  const feeds: Feed[] = [
    { path: "feed", title: `${facts.name}: alerts in force`, entries: now, isCurrent: true },
    {
      path: "feeds/archive",
      title: `${facts.name}: all alerts`,
      entries: listEntries(facts, { current: false }),
      isCurrent: false,
    },
    ...states.map(([code, name]) => ({
      path: `feeds/state/${code.toLowerCase()}`,
      title: `${name}: alerts in force`,
      entries: now.filter(({ placeIds }) => placeIds.some((id) => byId.get(id)?.stateCode === code)),
      isCurrent: true,
    })),
    ...facts.agencies.map(({ code, name }) => ({
      path: `feeds/agency/${code.toLowerCase()}`,
      title: `${name}: alerts in force`,
      entries: now.filter(({ alert }) => alert.agencyCode === code),
      isCurrent: true,
    })),
    { path: EMPTY_FEED, title: `${facts.name}: nothing in force for this place`, entries: [], isCurrent: true },
    ...facts.places.map((place) => ({
      path: `feeds/place/${place.path}`,
      title: `${place.label}, ${place.stateCode}: alerts in force`,
      entries: holdingAt(place),
      isCurrent: true,
    })),
  ];
  // Thousands of empty files would all say the same: their readers are given one for all.
  return quiet ? feeds : feeds.filter(({ path, entries }) => entries.length > 0 || !path.startsWith("feeds/place/"));
}

function* feedFiles(facts: SiteFacts, frame: string): Generator<SiteFile> {
  for (const { path, title, entries, isCurrent } of feedsOf(facts)) {
    const ends = endsAmong(
      entries.flatMap(({ standing, alert }) =>
        standing === "in-force" && alert.endsAt > facts.now ? [alert.endsAt] : [],
      ),
    );
    const listed = (turn: number) => {
      const { now } = factsAt(facts, ends, turn);
      return isCurrent && turn > 0 ? entries.filter(({ alert }) => alert.endsAt > now) : entries;
    };
    let told: string | undefined;
    /** Worked out once, and not at all while feeds are left for later. */
    const made = () => {
      told ??= fingerprint(
        canonicalJson([
          path,
          title,
          entries.map(({ identifier, standing, alert }) => [identifier, standing, alert.endsAt]),
        ]),
      );
      return [frame, told];
    };
    const pages = Math.max(1, Math.ceil(entries.length / MOST_ENTRIES));
    for (const [kind, write] of [
      ["atom", atomFeed],
      ["rss", rssFeed],
    ] as const) {
      const pathOf = (page: number) => `${path}${page === 1 ? "" : `.${page}`}.${kind}`;
      for (let page = 1; page <= pages; page += 1) {
        const feed = { path: pathOf(page), title, pages: besidesOf(page, pages, pathOf) };
        const shown = (turn: number) => listed(turn).slice((page - 1) * MOST_ENTRIES, page * MOST_ENTRIES);
        yield* through(feed.path, ends, {
          follows: true,
          key: (turn) => keyOf(kind, ...made(), ...(page === 1 ? [] : [page]), ...keyAt(ends, turn)),
          make: (turn) => write(factsAt(facts, ends, turn), feed, shown(turn), isUnsureAt(ends, turn)),
          // Once nothing is in force for a place, its feed is the one of all such places.
          ...(path.startsWith("feeds/place/") && !ends.isCut ? { last: `${EMPTY_FEED}.${kind}` } : {}),
        });
      }
    }
  }
}

/** The other documents of a feed that is in several. */
function besidesOf(page: number, pages: number, pathOf: (page: number) => string): NonNullable<FeedPlace["pages"]> {
  if (pages === 1) return [];
  return [
    { rel: "first", path: pathOf(1) },
    ...(page > 1 ? [{ rel: "previous" as const, path: pathOf(page - 1) }] : []),
    ...(page < pages ? [{ rel: "next" as const, path: pathOf(page + 1) }] : []),
    { rel: "last", path: pathOf(pages) },
  ];
}

function feedsPage(facts: SiteFacts, language: SiteLanguage): string {
  const { words } = language;
  const feeds = feedsOf({ ...facts, alerts: [] }, true).filter(({ path }) => path !== EMPTY_FEED);
  return layout(facts, {
    path: "feeds/",
    language,
    title: words.feeds,
    by: facts.name,
    body: markup`<div class="w">
      <h1>${words.feeds}</h1>
      <ul>
        ${feeds.map(
          ({ path, title }) =>
            markup`<li lang="en-US">${title}: <a href="/${path}.atom">Atom</a>, <a href="/${path}.rss">RSS</a></li> `,
        )}
      </ul>
    </div>`,
  });
}

/** Names several places have: their bare address asks which one is meant. */
function* namesakes(facts: SiteFacts, frame: string): Generator<SiteFile> {
  const byName = new Map<string, SitePlace[]>();
  for (const place of facts.places) {
    const bare = `${place.stateCode.toLowerCase()}/${plainName(place.name).replaceAll(" ", "-")}`;
    byName.set(bare, [...(byName.get(bare) ?? []), place]);
  }
  for (const [bare, places] of byName) {
    if (places.some(({ path }) => path === bare)) continue;
    const options = places.map(({ path, label }) => ({ path, label }));
    for (const language of facts.languages) {
      yield {
        path: `${folderOf(facts, language)}${bare}.html`,
        follows: language.translation !== undefined,
        key: keyOf("namesakes", frame, language.code, options),
        make: () => findPage(facts, language, "", options),
      };
    }
  }
}

const alertMade = (facts: SiteFacts, alert: SiteAlert, places: ReadonlyMap<string, SitePlace>) => [
  alert.code,
  alert.title,
  alert.endsAt > facts.now,
  alert.messages.map((message) => [message.identifier, standingOfMessage(message, places)]),
];

/** All files, in no order that matters. */
export function* listFiles(facts: SiteFacts): Generator<SiteFile> {
  const frame = frameOf(facts);
  const all = fingerprint(facts.places.map((place) => stateOf(facts, place)).join(" "));
  const ends = endsAmong(facts.places.flatMap((place) => endsOf(facts, place)));
  const byId = new Map(facts.places.map((place) => [place.id, place]));
  for (const language of facts.languages) {
    const folder = folderOf(facts, language);
    const follows = language.translation !== undefined;
    yield* through(`${folder}index.html`, ends, {
      follows,
      key: (turn) => keyOf("home", language.code, frame, all, ...keyAt(ends, turn)),
      make: (turn) => homePage(factsAt(facts, ends, turn), language, isUnsureAt(ends, turn)),
    });
    yield {
      path: `${folder}alerts/index.html`,
      follows,
      key: keyOf(
        "alerts",
        language.code,
        frame,
        facts.alerts.map(({ code, title, endsAt, messages }) => [
          code,
          title,
          endsAt,
          messages.map(({ identifier, standing }) => [identifier, standing]),
        ]),
      ),
      make: () => alertsPage(facts, language),
    };
    yield {
      path: `${folder}feeds/index.html`,
      follows,
      key: keyOf(
        "feeds",
        language.code,
        frame,
        facts.places.map(({ path }) => path),
        facts.agencies,
      ),
      make: () => feedsPage(facts, language),
    };
    // Where no server answers the search, its address asks to look in the list.
    yield {
      path: `${folder}find/index.html`,
      follows,
      key: keyOf("find", language.code, frame),
      make: () => findPage(facts, language, "", []),
    };
    for (const alert of facts.alerts) {
      const isInForce = alert.endsAt > facts.now && alert.messages.some(({ standing }) => standing === "in-force");
      const end: Ends = { at: isInForce ? [alert.endsAt] : [], isCut: false };
      yield* through(`${folder}alerts/${alert.code}.html`, end, {
        follows,
        key: (turn) =>
          keyOf("alert", language.code, frame, alertMade(factsAt(facts, end, turn), alert, byId), facts.places.length),
        make: (turn) => alertPage(factsAt(facts, end, turn), alert, language),
      });
    }
  }
  for (const place of facts.places) yield* placeFiles(facts, place, frame);
  yield* namesakes(facts, frame);
  yield* feedFiles(facts, frame);
  for (const alert of facts.alerts) {
    for (const { identifier, sha256 } of alert.messages) {
      yield { path: `cap/${identifier}.xml`, key: sha256, make: () => "", message: identifier };
    }
  }
  yield* through("numbers.txt", ends, {
    key: (turn) => keyOf("text", frame, all, ...keyAt(ends, turn)),
    make: (turn) => numbersText(factsAt(facts, ends, turn), isUnsureAt(ends, turn)),
  });
  yield {
    path: "places.json",
    key: keyOf(
      "places",
      frame,
      facts.places.map(({ path, label, aliases, zips, counties }) => [path, label, aliases, zips, counties]),
    ),
    make: () => `${JSON.stringify(placesOf(facts))}\n`,
  };
  yield { path: "offline.js", key: keyOf("offline", OFFLINE_SCRIPT), make: () => OFFLINE_SCRIPT };
  yield {
    path: "robots.txt",
    key: keyOf("robots", frame),
    make: () => `User-agent: *\nAllow: /\nSitemap: ${facts.url}/sitemap.xml\n`,
  };
  yield {
    path: "sitemap.xml",
    key: keyOf(
      "sitemap",
      frame,
      facts.places.map(({ path }) => path),
    ),
    make: () =>
      `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${[
        "",
        ...facts.places.map(({ path }) => path),
      ]
        .flatMap((path) =>
          facts.languages.map((language) => `<url><loc>${facts.url}/${folderOf(facts, language)}${path}</loc></url>\n`),
        )
        .join("")}</urlset>\n`,
  };
}

/** What the server of the site needs to answer a search. */
export interface PlacesToFind {
  site: { name: string; url: string; demonstration: boolean };
  languages: SiteLanguage[];
  /** Missing in what an earlier version wrote. */
  states?: [code: string, name: string][];
  places: { path: string; label: string; names: string[] }[];
}

function placesOf(facts: SiteFacts): PlacesToFind {
  return {
    site: { name: facts.name, url: facts.url, demonstration: facts.demonstration },
    languages: [...facts.languages],
    states: [
      ...new Map(facts.places.map(({ stateCode, stateName }) => [stateCode.toLowerCase(), plainName(stateName)])),
    ],
    places: facts.places.map(({ path, name, label, aliases, zips, counties }) => ({
      path,
      label,
      names: [
        ...new Set(
          [label, name, ...aliases, ...zips, ...counties.map((county) => `${county.name} county`)].map(plainName),
        ),
      ],
    })),
  };
}
