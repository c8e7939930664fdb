import { capitalize } from "../../platform/capitalize";
import { type Bundle, type BundleMessage, textsAt, zoneOf } from "../../alerts/bundle";
import { floorPromise } from "../../alerts/clock-words";
import { formatNumber } from "../../directory/schema";
import { inLanguage } from "../../platform/language";
import type { LanguageWords } from "../../wording/languages";
import type { PageWords } from "../../wording/pages/page-language";
import { adviseWithoutNumber, callFor, say, SHIPPED_SITE_WORDS, type SiteWords } from "../../wording/site-words";
import { countOver } from "../../wording/text-length";
import { formatWhen } from "../channels/public-site/times";
import type { Ending, PressRow, PressSheet, PressText } from "./schema";

/** What is posted, read aloud, shown as a picture and put up on paper, from an approved bundle. Pure. */

/** Letters that the fonts of pictures and notices have: one for Latin ones, one for Chinese as it is written simplified. */
const PRINTED = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
const PRINTED_CHINESE = /^[\p{Script=Han}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
const SIMPLIFIED = /^zh(-Hans|-CN|-SG|$)/;

export const canPrint = (text: string, language: string): boolean =>
  (SIMPLIFIED.test(language) ? PRINTED_CHINESE : PRINTED).test(text);

/** A language of the public pages that no alert is written in. */
export interface PressPage {
  code: string;
  name: string;
  direction: "ltr" | "rtl";
  words: PageWords;
  isReviewed: boolean;
}

/** What is the same for all sheets of an alert. */
export interface PressFacts {
  bundle: Bundle;
  /** When it was sent and when it ends, in milliseconds since 1970. */
  sentAt: number;
  endsAt: number;
  failure: keyof SiteWords["failure"];
  languages: readonly LanguageWords[];
  /** Those that are turned on for the public pages besides. */
  pages: readonly PressPage[];
  /** Address of a path of the public site; null where there are no public pages of it. */
  urlOf: ((folder: string) => string) | null;
}

interface Spoken {
  words: Pick<LanguageWords, "code" | "name" | "direction"> & { exercise?: string };
  site: SiteWords;
  /** Of a language of the pages alone, where nobody fluent reviewed its words. */
  notice: string | null;
  /** Folder of its pages on the public site. */
  folder: string;
}

/** The words of a language around the approved texts; in English where the language has no public pages. */
function speak({ languages }: PressFacts, code: string): Spoken {
  const words = languages.find((one) => one.code === code) ?? languages[0]!;
  const paged = languages.filter(({ site }) => site !== undefined);
  const folder = words.site === undefined || paged[0]?.code === words.code ? "" : `${words.code.split("-")[0]}/`;
  return { words, site: words.site ?? SHIPPED_SITE_WORDS["en-US"], notice: null, folder };
}

const baseOf = (code: string) => code.split("-")[0] ?? code;

/**
 * The languages of the pages that the alert itself has no texts in. An exercise
 * has no public pages, so it is told in the languages it was approved in.
 */
function speakPages({ bundle, pages }: PressFacts, written: readonly string[]): Spoken[] {
  if (bundle.status === "Exercise") return [];
  const known = new Set(written.map(baseOf));
  return pages
    .filter(({ code }) => !known.has(baseOf(code)))
    .map(({ words, isReviewed, ...language }) => ({
      words: language,
      site: words.site,
      notice: isReviewed ? null : words.notice,
      folder: `${baseOf(language.code)}/`,
    }));
}

const ENDINGS = { ended: "ended", replaced: "replaced", "taken-back": "takenBack" } as const;

/** That an alert has ended, and how, where that is more than that its time is over. */
function describeEnding(site: SiteWords, place: string, ending: Ending): string | null {
  if (ending === null) return null;
  const past = say(site.past, { place });
  return ending === "ended" ? past : `${past} (${site[ENDINGS[ending]]})`;
}

function around(facts: PressFacts, spoken: Spoken, timeZone: string) {
  const { bundle, endsAt } = facts;
  const { words, site } = spoken;
  return {
    translated: false,
    language: words.code,
    name: words.name,
    direction: words.direction,
    sender: inLanguage(bundle.senderName, words.code),
    mode:
      bundle.status === "Exercise"
        ? (words.exercise ?? site.demonstration)
        : bundle.status === "Test"
          ? site.demonstration
          : null,
    notice: spoken.notice,
    validUntil: say(site.validUntil, { time: formatWhen(words.code, timeZone, endsAt) }),
  };
}

const isPrinted = (text: Omit<PressText, "prints">): boolean =>
  text.direction === "ltr" &&
  canPrint([text.headline, text.body, text.validUntil, text.sender, text.mode, text.ended].join(""), text.language);

const withPrints = (text: Omit<PressText, "prints">): PressText => ({ ...text, prints: isPrinted(text) });

/** A place, or a county of the texts for radio and television, with the message that tells it. */
export interface PressPlace {
  of: string;
  kind: "place" | "county";
  id: string;
  name: string;
  /** The state it lies in. */
  state: string;
  /** Where its page is on the public site; empty for a county that has none. */
  path: string;
  message: BundleMessage;
  ending: Ending;
  newerId: string | null;
}

/** Writes a moment in a language and the zone of the place. */
type When = (at: number) => string;

/** What a place is told, in words of the pages: as its public page has it, from the facts of the approved message. */
function tellInPages(
  facts: PressFacts,
  { site }: Spoken,
  place: PressPlace,
  numbers: readonly string[],
  when: When,
): { headline: string; call: string | null; help: readonly string[]; body: readonly string[] } {
  const { bundle, failure, sentAt } = facts;
  const { message, name, state } = place;
  const [first] = numbers;
  // Without a number, where to go is what cannot wait.
  const help = first === undefined ? adviseWithoutNumber(site, failure) : [];
  switch (message.tells) {
    case "outage":
      return {
        help,
        headline: say(site.inPlace, { what: site.failure[failure], place: name, state }),
        call: first === undefined ? null : callFor(site, failure),
        body: [
          say(site.since, { time: when(message.beganAt ?? bundle.beganAt) }),
          ...help,
          first === undefined ? site.notTestAlone : site.notTest,
          ...(first === undefined ? [] : [`${site.relayHeading}\n${say(site.relay, { number: first })}`]),
          say(site.next, { time: when(floorPromise(sentAt + bundle.nextUpdateMinutes * 60_000)) }),
        ],
      };
    case "all-clear":
      return { headline: say(site.restored, { place: name }), call: null, help: [site.quiet], body: [site.quiet] };
    case "neighbor":
      return { headline: site.quiet, call: null, help: [], body: [say(site.quietSays, { place: name })] };
    case "withdrawal":
      return { headline: say(site.past, { place: name }), call: null, help: [], body: [capitalize(site.takenBack)] };
  }
}

/**
 * A post with what must be in it, in the first of its wordings that fits, then as much of the rest as there
 * is room for. The last wording stands even where it does not fit: none is cut, and the screen says so.
 */
function fitPost(wordings: readonly (readonly (string | null)[])[], rest: readonly string[]): string {
  const join = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(" ");
  const must = wordings.find((parts) => countOver("social", join(parts)) === 0) ?? wordings.at(-1) ?? [];
  return join(
    rest.reduce<(string | null)[]>(
      (post, part) => (countOver("social", join([...post, part])) === 0 ? [...post, part] : post),
      [...must],
    ),
  );
}

/** Ends a sentence that is none yet, as its language does. */
const sentence = (text: string, code: string) =>
  /[.!?:。！？：]$/u.test(text) ? text : `${text}${baseOf(code) === "zh" ? "。" : "."}`;

/** The last sentence of a text: of why there is no number and where to go, where to go. */
const lastSentence = (text: string) =>
  text
    .split(/(?<=[.。])\s*/u)
    .filter(Boolean)
    .at(-1) ?? text;

/** The same as an approved text would be shown. A script to read aloud is left to those that were approved. */
function describeInPages(facts: PressFacts, spoken: Spoken, place: PressPlace, numbers: readonly string[]): PressText {
  const { site } = spoken;
  const timeZone = zoneOf(facts.bundle, place.message);
  const outside = around(facts, spoken, timeZone);
  const told = tellInPages(facts, spoken, place, numbers, (at) => formatWhen(spoken.words.code, timeZone, at));
  const { code } = spoken.words;
  const call = told.call === null ? null : sentence(`${told.call} ${numbers.join(", ")}`, code);
  const help = told.help.length > 0 || told.call !== null ? told.help : told.body;
  const mustWith = (headline: string, rest: readonly string[]) => [
    sentence(headline, code),
    call,
    ...rest.map((words) => sentence(words, code)),
    outside.notice,
  ];
  // Where to go says "if 911 does not work" itself, and the page that a post links to names the state.
  const brief = help.length === 0 || place.message.tells !== "outage" ? help : [lastSentence(site.noneToKeep)];
  const stateless = told.headline.replace(`, ${place.state}`, "");
  return withPrints({
    ...outside,
    translated: true,
    post: fitPost(
      [mustWith(told.headline, help), mustWith(told.headline, brief), mustWith(stateless, brief)],
      [outside.validUntil, told.call === null ? site.notTestAlone : site.notTest, outside.sender],
    ),
    script: "",
    headline: told.headline,
    body: told.body.join("\n\n"),
    call: told.call,
    ended: describeEnding(site, place.name, place.ending),
    url: facts.urlOf === null ? null : facts.urlOf(`${spoken.folder}${place.path}`),
    page: "",
  });
}

/** What is offered for one place: its own number, and the texts of the message that it is told by. */
export function describePlace(facts: PressFacts, place: PressPlace): PressSheet {
  const { bundle, sentAt, failure, urlOf } = facts;
  const { message, ending, kind, name } = place;
  const numbers =
    kind === "place" ? message.numbers.filter(({ placeId }) => placeId === place.id).map(formatNumber) : [];
  const texts = textsAt(bundle, message, sentAt).map(({ language, parts }): PressText => {
    const spoken = speak(facts, language);
    const { site } = spoken;
    return withPrints({
      ...around(facts, spoken, zoneOf(bundle, message)),
      language,
      post: parts.social,
      script: parts.script,
      headline: parts.headline,
      body: `${parts.description}\n\n${parts.instruction}`,
      call: numbers.length === 0 ? null : callFor(site, failure),
      ended: describeEnding(site, name, ending),
      url: urlOf === null ? null : urlOf(`${spoken.folder}${place.path}`),
      page: "",
    });
  });
  const codes = texts.map(({ language }) => language);
  const inPages = (spoken: Spoken) => describeInPages(facts, spoken, place, numbers);
  return {
    of: place.of,
    kind,
    place: name,
    numbers: ending === null ? numbers : [],
    ending,
    newerId: place.newerId,
    texts: kind === "county" ? texts : [...texts, ...speakPages(facts, codes).map(inPages)],
    rows: [],
  };
}

/** Heading of all places together: what fails and where, or that it works again. */
function headAll(facts: PressFacts, site: SiteWords, places: readonly PressPlace[], states: readonly string[]): string {
  const out = places.filter(({ message }) => message.tells === "outage");
  if (out.length === 0) {
    if (places.some(({ message }) => message.tells === "all-clear")) return site.worksAgain;
    return places.some(({ message }) => message.tells === "neighbor") ? site.quiet : capitalize(site.takenBack);
  }
  const what = site.failure[facts.failure];
  const state = states.join(", ");
  return out.length === 1
    ? say(site.inPlace, { what, place: out[0]!.name, state })
    : say(site.inSome, { what, count: out.length.toLocaleString("en-US"), state });
}

/** What stands in place of a number in the list of all places. */
function insteadOf({ message, ending }: PressPlace, site: SiteWords): string {
  if (ending !== null) return capitalize(site[ENDINGS[ending]]);
  if (message.tells === "all-clear") return site.worksAgain;
  if (message.tells === "neighbor") return site.quiet;
  return message.tells === "outage" ? capitalize(site.placesToGo) : capitalize(site.takenBack);
}

/**
 * What is offered for the whole alert: every place with its number. Approved
 * texts are of one place each, so there is no post of the whole: what stands
 * above the list are the reviewed words of the public pages.
 * @param states names of the states of the places
 */
export function describeWhole(facts: PressFacts, places: readonly PressPlace[], states: readonly string[]): PressSheet {
  const codes = [
    ...new Set(facts.bundle.messages.flatMap(({ texts }) => texts.map(({ language }) => language))),
  ].filter((code) => facts.languages.some((one) => one.code === code));
  const allSpoken = [...codes.map((code) => speak(facts, code)), ...speakPages(facts, codes)];
  const endings = new Set(places.map(({ ending }) => ending));
  const [only = null] = endings;
  const ending = endings.size === 1 ? only : null;
  const rows = places
    .map((place): PressRow => {
      const shown = place.ending === null && place.message.tells === "outage";
      return {
        place: place.name,
        numbers: shown ? place.message.numbers.filter(({ placeId }) => placeId === place.id).map(formatNumber) : [],
        ending: place.ending,
        instead: Object.fromEntries(allSpoken.map(({ words, site }) => [words.code, insteadOf(place, site)])),
      };
    })
    .sort((left, right) => left.place.localeCompare(right.place, "en"));
  const newer = new Set(places.map(({ newerId }) => newerId));
  return {
    of: "all",
    kind: "whole",
    place: "",
    numbers: [],
    ending,
    newerId: newer.size === 1 ? ([...newer][0] ?? null) : null,
    texts: allSpoken.map((spoken) => {
      const { site, folder } = spoken;
      return withPrints({
        ...around(facts, spoken, facts.bundle.timeZone),
        translated: !codes.includes(spoken.words.code),
        post: "",
        script: "",
        headline: headAll(facts, site, places, states),
        // Every place of it is one where 911 fails.
        body: "",
        call: rows.some(({ numbers }) => numbers.length > 0) ? callFor(site, facts.failure) : null,
        ended: describeEnding(site, states.join(", "), ending),
        url: facts.urlOf === null ? null : facts.urlOf(folder),
        page: site.places,
      });
    }),
    rows,
  };
}
