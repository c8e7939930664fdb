import { formatNumber } from "../../../directory/schema";
import { NOTICE_IN_ENGLISH } from "../../../wording/pages/page-language";
import { adviseWithoutNumber, say, type SiteWords } from "../../../wording/site-words";
import {
  currentOf,
  endsOf,
  partsOut,
  type SaidMessage,
  type SiteFacts,
  type SiteLanguage,
  type SitePlace,
} from "./facts";
import { type Html, markup } from "./html";

/** The approved texts on a page: as they are, or quoted in the languages they were approved in. Pure. */

const NUMBER = /(\d{3}-\d{3}-\d{4}(?: (?:ext\.|extensión) \d+)?)/;

/** An approved text as it is, with its numbers kept on one line, and read as they are dialed from right to left too. */
export const flowing = (text: string): Html[] =>
  text
    .split(NUMBER)
    .map((part, index) => (index % 2 === 1 ? markup`<span class="n" dir="ltr">${part}</span>` : markup`${part}`));

const linesOf = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim() !== "");

const paragraphs = (text: string): Html[] => linesOf(text).map((line) => markup`<p>${flowing(line)}</p>`);

type Texts = SaidMessage["texts"][string];

/**
 * The approved texts of a place without a number, what to do apart from the rest.
 * A description says first what fails, then what to do; one of a single paragraph says both.
 */
function divideTexts({ description, instruction }: Texts): { action: string; rest: string } {
  const [first = "", ...action] = linesOf(description);
  return action.length > 0
    ? { action: action.join("\n"), rest: `${first}\n${instruction}` }
    : { action: `${first}\n${instruction}`, rest: "" };
}

/** Of each number that was called wrong since it was given out, that nobody is to call it. */
export const listWrong = (words: SiteWords, { wrong }: SaidMessage): string[] =>
  wrong.map((number) => say(words.wrong, { number: formatNumber(number) }));

/**
 * What to do where there is no number, as plain text: as it was approved, or, where what was approved names a number that
 * has been called wrong since, what always holds.
 */
export function describeAction(language: SiteLanguage, message: SaidMessage): string {
  const { words, code } = language;
  const own = message.texts[code];
  const standing = adviseWithoutNumber(words, message.failure);
  if (message.wrong.length > 0) return [...listWrong(words, message), ...standing].join(" ");
  if (own) return linesOf(divideTexts(own).action).join(" ");
  return [words.noNumber, ...standing].join(" ");
}

/** What fails and where, as a heading. */
export const headingOf = (words: SiteWords, place: SitePlace, message: SaidMessage): string =>
  say(words.inPlace, { what: words.failure[message.failure], place: place.label, state: place.stateName });

/** Of a county for which nothing is announced: in which of its cities and towns 911 fails. Null where in none. */
export function describeParts(facts: SiteFacts, place: SitePlace, { words }: SiteLanguage) {
  const parts = partsOut(facts, place);
  const [first] = parts;
  const message = first && currentOf(first, facts.now);
  if (!message) return null;
  const what = words.failure[message.failure];
  return {
    heading:
      parts.length === 1
        ? headingOf(words, first, message)
        : say(words.inSome, { what, count: String(parts.length), state: place.label }),
    text: say(words.partsOut, { what, places: parts.map(({ label }) => label).join(", "), county: place.label }),
    /** When it is true of none of them any more, where nobody makes the page anew. */
    until: Math.max(...endsOf(facts, place)),
  };
}

/** What a message says in one line: its approved headline, or the fact in the words of the language. */
export function summarize(language: SiteLanguage, place: SitePlace, message: SaidMessage): Html {
  const { words } = language;
  const own = message.texts[language.code];
  if (own) return markup`${flowing(own.headline)}`;
  if (message.tells === "outage") return markup`${headingOf(words, place, message)}`;
  if (message.tells === "all-clear") return markup`${say(words.restored, { place: place.label })}`;
  const [code, texts] = Object.entries(message.texts)[0] ?? [];
  return texts ? markup`<span lang="${code ?? ""}" dir="auto">${flowing(texts.headline)}</span>` : markup``;
}

type Part = "description" | "instruction" | "action" | "rest";

const partOf = (texts: Texts, part: Part): string =>
  part === "action" || part === "rest" ? divideTexts(texts)[part] : texts[part];

/**
 * Parts of the approved texts. In a language that no alert is written in they are
 * quoted in every language they were approved in, each marked as what it is.
 */
export function officialTexts(
  facts: SiteFacts,
  language: SiteLanguage,
  message: SaidMessage,
  parts: readonly Part[],
): Html {
  const own = message.texts[language.code];
  if (own) return markup`${parts.map((part) => paragraphs(partOf(own, part)))}`;
  const quoted = Object.entries(message.texts);
  if (quoted.length === 0 || parts.length === 0) return markup``;
  return markup`<div class="official">
    ${language.translation ? markup`<h2>${language.translation.official}</h2>` : null}
    ${quoted.map(([code, texts]) => {
      const known = facts.languages.find((one) => one.code === code);
      return markup`<div lang="${code}" dir="${known?.direction ?? "auto"}">
        ${known ? markup`<h3>${known.name}</h3>` : null}${parts.map((part) => paragraphs(partOf(texts, part)))}
      </div>`;
    })}
  </div>`;
}

/** That nobody fluent has reviewed the words of this page, in its language and in English; null where someone did. */
export function noticeOf({ translation }: SiteLanguage): Html | null {
  if (!translation || translation.isReviewed) return null;
  return markup`<p class="small">
    ${translation.notice} <span lang="en-US" dir="ltr">${NOTICE_IN_ENGLISH}</span>
  </p>`;
}
