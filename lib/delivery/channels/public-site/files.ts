import { formatNumber } from "../../../directory/schema";
import { canonicalJson } from "../../../record/canonical-json";
import { fingerprint } from "../../../record/chain";
import { say } from "../../../wording/site-words";
import { alertPage, alertsPage } from "./alert-page";
import {
  folderOf,
  currentOf,
  type SiteAlert,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
  standingOf,
} from "./facts";
import { atomFeed, type FeedPlace, listEntries, rssFeed } from "./feeds";
import { findPage, homePage } from "./home-page";
import { Html, markup } from "./html";
import { layout, LAYOUT, OFFLINE_SCRIPT } from "./layout";
import { callOf, describeAction, flowing, headingOf } from "./official";
import { numberLink } from "./place-body";
import { placePage } from "./place-page";
import { plainName } from "./search";
import { FRAME_STYLE } from "./style";
import { formatWhen } from "./times";

/** Every file of the public site, each made only when what it is made from changed. Pure. */

export interface SiteFile {
  /** Below the folder of the site. */
  path: string;
  /** Fingerprint of all that the file is made from. The same key, the same bytes. */
  key: string;
  make: () => string;
  /** Identifier of the message whose stored bytes it is, in place of what is made. */
  message?: string;
  /** When it is no longer so, and what is read instead from then on. */
  until?: { at: number; instead: string } | undefined;
  /** Of a language that no alert is written in. */
  isTranslation?: boolean;
}

const keyOf = (...parts: unknown[]) => fingerprint(canonicalJson([LAYOUT, ...parts])).slice(0, 32);

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
          }))
        : [],
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
        ? markup`<strong>${headingOf(words, place, out)}.</strong> ${numbers.length > 0 ? markup`${callOf(words, out)} ${numbers}. ` : markup`${flowing(describeAction(language, out))} `}${say(words.validUntil, { time: when(out.endsAt) })}`
        : standing === "restored"
          ? markup`<strong>${say(words.restored, { place: place.label })}.</strong> ${words.quiet}.`
          : over
            ? markup`<strong>${say(words.past, { place: place.label })}.</strong> ${say(words.pastSays, { time: when(over.endsAt) })} ${words.quiet}.`
            : quiet
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

function numbersText(facts: SiteFacts): string {
  const [language] = facts.languages;
  if (!language) return "";
  const { words } = language;
  const lines = facts.places.map((place) => {
    const current = currentOf(place, facts.now);
    const standing = standingOf(place, facts.now);
    const [first] = current?.numbers ?? [];
    const says =
      standing === "out" && current
        ? `${headingOf(words, place, current)}. ${first ? `${callOf(words, current)} ${formatNumber(first)}.` : describeAction(language, current)} ${say(words.validUntil, { time: formatWhen(language.code, place.timeZone, current.endsAt) })}`
        : standing === "restored"
          ? words.worksAgain
          : place.kept
            ? `${words.quiet}. ${words.keep} ${formatNumber(place.kept)}`
            : words.quiet;
    return `${place.label}, ${place.stateCode}: ${says}`;
  });
  return `${facts.demonstration ? `${words.demonstration}\n\n` : ""}${facts.name}\n\n${lines.join("\n")}\n`;
}

const states = new WeakMap<SitePlace, string>();

/** Fingerprint of a place and how it stands, worked out once for all that is made from it. */
function stateOf(facts: SiteFacts, place: SitePlace): string {
  let state = states.get(place);
  if (state === undefined) {
    const standing = [place, standingOf(place, facts.now), currentOf(place, facts.now)?.identifier ?? null];
    states.set(place, (state = fingerprint(canonicalJson(standing))));
  }
  return state;
}

function* placeFiles(facts: SiteFacts, place: SitePlace, frame: string): Generator<SiteFile> {
  const standing = standingOf(place, facts.now);
  const current = currentOf(place, facts.now);
  const made = [frame, stateOf(facts, place)];
  for (const language of facts.languages) {
    const at = `${folderOf(facts, language)}${place.path}`;
    const ends = standing === "out" && current ? { at: current.endsAt, instead: `${at}.ended.html` } : null;
    yield {
      path: `${at}.html`,
      isTranslation: language.translation !== undefined,
      key: keyOf("place", language.code, ...made),
      make: () => placePage(facts, place, language),
      ...(ends ? { until: ends } : {}),
    };
    if (ends) {
      yield {
        path: ends.instead,
        isTranslation: language.translation !== undefined,
        key: keyOf("ended", language.code, ...made),
        make: () => placePage(facts, place, language, true),
      };
    }
  }
  const framed = `embed/${place.path}`;
  const over = standing === "out" && current ? `${framed}.ended.html` : null;
  yield {
    path: `${framed}.html`,
    key: keyOf("embed", ...made),
    make: () => embedPage(facts, place),
    ...(over && current ? { until: { at: current.endsAt, instead: over } } : {}),
  };
  if (over) yield { path: over, key: keyOf("embed ended", ...made), make: () => embedPage(facts, place, true) };
  yield { path: `embed/${place.path}.json`, key: keyOf("json", ...made), make: () => placeJson(facts, place) };
}

interface Feed extends FeedPlace {
  entries: ReturnType<typeof listEntries>;
}

/** What is read at the address of a place's feed while nothing is in force there. */
export const EMPTY_FEED = "feeds/none";

function feedsOf(facts: SiteFacts, quiet = false): Feed[] {
  const states = [...new Map(facts.places.map((place) => [place.stateCode, place.stateName]))];
  const byId = new Map(facts.places.map((place) => [place.id, place]));
  const now = listEntries(facts, { current: true });
  const byPlace = new Map<string, typeof now>();
  for (const entry of now) for (const id of entry.placeIds) byPlace.set(id, [...(byPlace.get(id) ?? []), entry]);
  const feeds: Feed[] = [
    { path: "feed", title: `${facts.name}: alerts in force`, entries: now },
    { path: "feeds/archive", title: `${facts.name}: all alerts`, entries: listEntries(facts, { current: false }) },
    ...states.map(([code, name]) => ({
      path: `feeds/state/${code.toLowerCase()}`,
      title: `${name}: alerts in force`,
      entries: now.filter(({ placeIds }) => placeIds.some((id) => byId.get(id)?.stateCode === code)),
    })),
    ...facts.agencies.map(({ code, name }) => ({
      path: `feeds/agency/${code.toLowerCase()}`,
      title: `${name}: alerts in force`,
      entries: now.filter(({ alert }) => alert.agencyCode === code),
    })),
    { path: EMPTY_FEED, title: `${facts.name}: nothing in force for this place`, entries: [] },
    ...facts.places.map((place) => ({
      path: `feeds/place/${place.path}`,
      title: `${place.label}, ${place.stateCode}: alerts in force`,
      entries: byPlace.get(place.id) ?? [],
    })),
  ];
  // Thousands of empty files would all say the same: their readers are given one for all.
  return quiet ? feeds : feeds.filter(({ path, entries }) => entries.length > 0 || !path.startsWith("feeds/place/"));
}

function* feedFiles(facts: SiteFacts, frame: string): Generator<SiteFile> {
  for (const { path, title, entries } of feedsOf(facts)) {
    const made = [
      frame,
      path,
      title,
      entries.map(({ identifier, standing, alert }) => [identifier, standing, alert.endsAt]),
    ];
    yield {
      path: `${path}.atom`,
      key: keyOf("atom", ...made),
      make: () => atomFeed(facts, { path: `${path}.atom`, title }, entries),
    };
    yield {
      path: `${path}.rss`,
      key: keyOf("rss", ...made),
      make: () => rssFeed(facts, { path: `${path}.rss`, title }, entries),
    };
  }
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
        isTranslation: language.translation !== undefined,
        key: keyOf("namesakes", frame, language.code, options),
        make: () => findPage(facts, language, "", options),
      };
    }
  }
}

const alertMade = (facts: SiteFacts, alert: SiteAlert) => [
  alert.code,
  alert.title,
  alert.endsAt > facts.now,
  alert.messages.map(({ identifier, standing }) => [identifier, standing]),
];

/** All files, in no order that matters. */
export function* listFiles(facts: SiteFacts): Generator<SiteFile> {
  const frame = frameOf(facts);
  const all = fingerprint(facts.places.map((place) => stateOf(facts, place)).join(" "));
  for (const language of facts.languages) {
    const folder = folderOf(facts, language);
    const isTranslation = language.translation !== undefined;
    yield {
      path: `${folder}index.html`,
      isTranslation,
      key: keyOf("home", language.code, frame, all),
      make: () => homePage(facts, language),
    };
    yield {
      path: `${folder}alerts/index.html`,
      isTranslation,
      key: keyOf(
        "alerts",
        language.code,
        frame,
        facts.alerts.map(({ code, title }) => [code, title]),
      ),
      make: () => alertsPage(facts, language),
    };
    yield {
      path: `${folder}feeds/index.html`,
      isTranslation,
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
      isTranslation,
      key: keyOf("find", language.code, frame),
      make: () => findPage(facts, language, "", []),
    };
    for (const alert of facts.alerts) {
      yield {
        path: `${folder}alerts/${alert.code}.html`,
        isTranslation,
        key: keyOf("alert", language.code, frame, alertMade(facts, alert), facts.places.length),
        make: () => alertPage(facts, alert, language),
      };
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
  yield { path: "numbers.txt", key: keyOf("text", frame, all), make: () => numbersText(facts) };
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
