import { type Bundle, type BundleMessage, textsAt } from "../../alerts/bundle";
import { formatNumber } from "../../directory/schema";
import { inLanguage } from "../../platform/language";
import type { LanguageWords } from "../../wording/languages";
import { say, SHIPPED_SITE_WORDS, type SiteWords } from "../../wording/site-words";
import { formatWhen } from "../channels/public-site/times";
import type { Ending, PressRow, PressSheet, PressText } from "./schema";

/** What is posted, read aloud, shown as a picture and put up on paper, from an approved bundle. Pure. */

/** Letters that the fonts of pictures and notices have. */
const PRINTED = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

export const canPrint = (text: string): boolean => PRINTED.test(text);

/** What is the same for all sheets of an alert. */
export interface PressFacts {
  bundle: Bundle;
  /** When it was sent and when it ends, in milliseconds since 1970. */
  sentAt: number;
  endsAt: number;
  failure: keyof SiteWords["failure"];
  languages: readonly LanguageWords[];
  /** Address of a path of the public site; null where there are no public pages of it. */
  urlOf: ((folder: string) => string) | null;
}

interface Spoken {
  words: LanguageWords;
  site: SiteWords;
  /** Folder of its pages on the public site. */
  folder: string;
}

/** The words of a language around the approved texts; in English where the language has no public pages. */
function speak({ languages }: PressFacts, code: string): Spoken {
  const words = languages.find((one) => one.code === code) ?? languages[0]!;
  const paged = languages.filter(({ site }) => site !== undefined);
  const folder = words.site === undefined || paged[0]?.code === words.code ? "" : `${words.code.split("-")[0]}/`;
  return { words, site: words.site ?? SHIPPED_SITE_WORDS["en-US"], folder };
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

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
    language: words.code,
    name: words.name,
    direction: words.direction,
    sender: inLanguage(bundle.senderName, words.code),
    mode: bundle.status === "Exercise" ? words.exercise : bundle.status === "Test" ? site.demonstration : null,
    validUntil: say(site.validUntil, { time: formatWhen(words.code, timeZone, endsAt) }),
  };
}

const isPrinted = (text: Omit<PressText, "prints">): boolean =>
  text.direction === "ltr" &&
  canPrint([text.headline, text.body, text.validUntil, text.sender, text.mode, text.ended].join(""));

const withPrints = (text: Omit<PressText, "prints">): PressText => ({ ...text, prints: isPrinted(text) });

/** A place, or a county of the texts for radio and television, with the message that tells it. */
export interface PressPlace {
  of: string;
  kind: "place" | "county";
  id: string;
  name: string;
  /** Where its page is on the public site; empty for a county that has none. */
  path: string;
  message: BundleMessage;
  ending: Ending;
  newerId: string | null;
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
      ...around(facts, spoken, message.timeZone ?? bundle.timeZone),
      language,
      post: parts.social,
      script: parts.script,
      headline: parts.headline,
      body: `${parts.description}\n\n${parts.instruction}`,
      call: numbers.length === 0 ? null : failure === "full" ? site.call : site.callFirst,
      ended: describeEnding(site, name, ending),
      url: urlOf === null ? null : urlOf(`${spoken.folder}${place.path}`),
      page: "",
    });
  });
  return {
    of: place.of,
    kind,
    place: name,
    numbers: ending === null ? numbers : [],
    ending,
    newerId: place.newerId,
    texts,
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
        instead: Object.fromEntries(codes.map((code) => [code, insteadOf(place, speak(facts, code).site)])),
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
    texts: codes.map((code) => {
      const spoken = speak(facts, code);
      const { site, folder } = spoken;
      return withPrints({
        ...around(facts, spoken, facts.bundle.timeZone),
        post: "",
        script: "",
        headline: headAll(facts, site, places, states),
        body: site.listNote,
        call: rows.some(({ numbers }) => numbers.length > 0)
          ? facts.failure === "full"
            ? site.call
            : site.callFirst
          : null,
        ended: describeEnding(site, states.join(", "), ending),
        url: facts.urlOf === null ? null : facts.urlOf(folder),
        page: site.places,
      });
    }),
    rows,
  };
}
