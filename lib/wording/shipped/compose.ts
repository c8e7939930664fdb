import type { TemplateBody } from "../schema";
import { type Audience, type Part, type Parts } from "../texts";

/**
 * How the phrases of a language are put together from what each failure says.
 * The result is data: a template row holds whole phrases, and nothing is put
 * together when an alert is written.
 */

export const FAILURES = ["full", "partial", "intermittent", "carrier", "landline", "wireless", "location"] as const;
export type FailureName = (typeof FAILURES)[number];

/** What one kind of failure says in one language. {where} and {help} are replaced here; the rest are slots. */
export interface FailureWording {
  /** Lower-case, behind the sender's name. */
  hazard: string;
  /** The same in an update. */
  still: string;
  headline: string;
  stillHeadline: string;
  /** With {help} for the number, other help, or the number of one's town. */
  action: string;
  headlineAction: string;
  /** Texts of 90 characters behind the sender's name, longest first. */
  short: readonly string[];
  shortNoNumber: readonly string[];
  countyShort: readonly string[];
  /** Of a border notice. */
  near: string;
  nearHazard: string;
  /** Whether the direct number is what people call; not where calls get through. */
  needsNumber: boolean;
}

/** What a language says whatever fails. */
export interface LanguageWording {
  failures: Record<FailureName, FailureWording>;
  /** {where}: a place or a county with its state. */
  where: { place: string; county: string };
  /** {help} of an action. */
  help: { number: string; noNumber: string; county: string };
  /** Turns a text of 90 characters of a first alert into that of an update. */
  still: (short: string) => string;
  /** Who answers, where there is a number, and what to do when nobody does. */
  desk: string;
  ifNobodyAnswers: string;
  /** Where calls get through: what to do if one does not. */
  ifOneFails: string;
  ifOneFailsNoNumber: string;
  noDirectNumber: string;
  /** The number once more, read aloud. */
  again: string;
  /** That no call gets through, said once more where there is room. */
  callsFail: string;
  /** Sentences at the end of texts of 90 characters, which posts say in their own. */
  noTesting: readonly string[];
  keepFree: string;
  /** Where the numbers of a county's towns can be heard. */
  onAir: string;
  /** 911 works again, and that no other number is needed: some places were given none, and all read the same sentence. */
  works: string;
  worksFully: string;
  /** The same where there is little room. */
  worksShort: string;
  worksFullyShort: string;
  noLongerNeeded: string;
  /** What call-takers do with a call that is no emergency, in a county and elsewhere. */
  askTown: string;
  readText: string;
}

const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A list of texts of 90 characters as phrases short, short2, short3. */
export const numbered = (name: string, texts: readonly string[]) =>
  Object.fromEntries(texts.map((text, index) => [index === 0 ? name : `${name}${index + 1}`, text]));

/** The phrases of one failure in one language. */
function phrasesOf(language: LanguageWording, failure: FailureName, isUpdate: boolean): Record<string, string> {
  const words = language.failures[failure];
  const { needsNumber } = words;
  const inPlace = (text: string) => text.replace("{where}", language.where.place);
  const inCounty = (text: string) => text.replace("{where}", language.where.county);
  const [hazard, headline] = isUpdate ? [words.still, words.stillHeadline] : [words.hazard, words.headline];
  const shorts = (texts: readonly string[]) => (isUpdate ? texts.map(language.still) : texts);
  const withHelp = (text: string, help: keyof LanguageWording["help"]) => text.replace("{help}", language.help[help]);
  const withoutNoTesting = (texts: readonly string[]) =>
    texts.find((text) => !language.noTesting.some((sentence) => text.endsWith(sentence))) ?? texts[0] ?? "";
  return {
    ...numbered("short", shorts(words.short)),
    ...numbered("shortNoNumber", shorts(words.shortNoNumber)),
    ...numbered("countyShort", shorts(words.countyShort)),
    post: withoutNoTesting(shorts(words.short)),
    postNoNumber: withoutNoTesting(shorts(words.shortNoNumber)),
    hazard: inPlace(hazard),
    countyHazard: inCounty(hazard),
    headline: inPlace(headline),
    countyHeadline: inCounty(headline),
    headlineBehind: uncapitalized(inPlace(headline)),
    countyHeadlineBehind: uncapitalized(inCounty(headline)),
    action: withHelp(words.action, "number"),
    noNumberAction: withHelp(words.action, "noNumber"),
    countyAction: withHelp(words.action, "county"),
    countyActionBehind: uncapitalized(withHelp(words.action, "county")),
    headlineAction: withHelp(words.headlineAction, "number"),
    headlineNoNumber: withHelp(words.headlineAction, "noNumber"),
    headlineCounty: withHelp(words.headlineAction, "county"),
    callsFail: failure === "full" ? ` ${language.callsFail}` : "",
    answering: needsNumber ? ` ${language.desk}` : "",
    unanswered: needsNumber ? language.ifNobodyAnswers : language.ifOneFails,
    unansweredNoNumber: needsNumber ? "" : ` ${language.ifOneFailsNoNumber}`,
    noDirectNumber: needsNumber ? ` ${language.noDirectNumber}` : "",
    again: needsNumber ? ` ${language.again}` : "",
    keepFree: needsNumber ? language.keepFree : "",
    onAir: needsNumber ? ` ${language.onAir}` : "",
    countyList: needsNumber ? " {list}" : "",
    works: needsNumber ? language.works : language.worksFully,
    worksShort: needsNumber ? language.worksShort : language.worksFullyShort,
    noLongerNeeded: needsNumber ? ` ${language.noLongerNeeded}` : "",
    notUrgent: language.readText,
    notUrgentCounty: needsNumber ? language.askTown : language.readText,
    near: words.near,
    nearHazard: words.nearHazard,
  };
}

/** The phrases of a template, by language and by what fails. */
export function composePhrases(
  languages: Readonly<Record<string, LanguageWording>>,
  isUpdate = false,
): TemplateBody["phrases"] {
  return Object.fromEntries(
    Object.entries(languages).map(([code, language]) => [
      code,
      Object.fromEntries(FAILURES.map((failure) => [failure, phrasesOf(language, failure, isUpdate)])),
    ]),
  );
}

/** The frames of one audience: the usual wording of each part first, then shorter ones. */
export type Frames = Record<Part, string | readonly [string, ...string[]]>;
export type AudienceFrames = Partial<Record<Audience, Frames>>;

/** What is the usual wording, as a template keeps it. */
function usualOf(frames: Frames): Parts {
  return Object.fromEntries(
    Object.entries(frames).map(([part, wordings]) => [part, typeof wordings === "string" ? wordings : wordings[0]]),
  ) as Parts;
}

/** What is shorter, as a template keeps it. */
function shorterOf(frames: Frames): Partial<Record<Part, string[]>> {
  return Object.fromEntries(
    Object.entries(frames).flatMap(([part, wordings]) =>
      typeof wordings === "string" ? [] : [[part, wordings.slice(1)]],
    ),
  );
}

/** Frames of every audience and language as the two halves of a template. */
export function composeFrames(languages: Readonly<Record<string, AudienceFrames>>): {
  frames: unknown;
  shorter: TemplateBody["shorter"];
} {
  const each = <Value>(make: (frames: Frames) => Value) =>
    Object.fromEntries(
      Object.entries(languages).map(([code, audiences]) => [
        code,
        Object.fromEntries(Object.entries(audiences).map(([audience, frames]) => [audience, make(frames)])),
      ]),
    );
  return { frames: each(usualOf), shorter: each(shorterOf) as TemplateBody["shorter"] };
}

/** 90 characters: the sender's short name, then the phrases of this name, longest first. */
export const shortFrames = (name: string, count = 4): readonly [string, ...string[]] => [
  `{senderShort}: [[${name}]]`,
  ...Array.from({ length: count - 1 }, (_, index) => `{senderShort}: [[${name}${index + 2}]]`),
];
