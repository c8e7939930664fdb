import { type Failure } from "../directory/selection";
import { findTypedNumbers } from "../directory/typed-numbers";
import { fail, type Outcome, review, type Rule } from "../standards/rule";
import { FIRST_LANGUAGE, type Language } from "../platform/language";
import type { Lexicon } from "./languages";
import { compareLanguages, type ComparedFact, formatDifference, JUDGED } from "./parity";
import { readingGrade, splitSentences } from "./reading-grade";
import type { Part } from "./texts";

/**
 * What warning research and real outages say about the text itself. Ids W1 to
 * W16 are those of the wording guide; NUM rules keep typed numbers out.
 */

/** One text of one message, at its longest, with what it must agree with. */
export interface WrittenText {
  text: string;
  part: Part;
  language: Language;
  audience: "phones" | "broadcasters";
  /** What the message says: that 911 fails, works again, works here though not next door, or that one is taken back. */
  tells: "outage" | "all-clear" | "withdrawal" | "neighbor";
  /** The number that it corrects, as written. */
  wrong: string | null;
  failure: Failure;
  status: "Actual" | "Exercise" | "Test";
  place: string;
  placeShort: string;
  /** What else names a message for several places: by their names, counties or state. */
  others?: readonly string[];
  stateName: string;
  stateCode: string;
  senders: readonly string[];
  /** Direct numbers the directory chose for this message, as written. */
  numbers: readonly string[];
  /** How many places it is for. */
  covers: number;
  /** How rules recognize what they ask for; without it they leave the text to a person (TXT-002). */
  lexicon: Lexicon | undefined;
  /** Sentences of the template, which someone approved, that ask not to test 911. */
  noTesting?: readonly string[];
  /** Short codes that the directory gives for this message, such as 711 for a relay. */
  codes: readonly string[];
}

type TextRule = Rule<WrittenText>;

const NUMBER = /\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g;
const numbersIn = (text: string) => [...new Set(text.match(NUMBER) ?? [])];
const at = ({ language, part }: WrittenText) => `${language}.${part}`;
const ensure = (kept: boolean, subject: WrittenText, message: string): Outcome[] =>
  kept ? [] : [fail(at(subject), message)];
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
/** Whether a text has a name, whatever its capitals and accents. */
const names = (text: string, name: string) => text.includes(name) || folded(text).includes(folded(name));
const words = new Map<string, RegExp>();
/** A code such as MA, standing by itself. */
function wordOf(code: string): RegExp {
  let word = words.get(code);
  if (!word) words.set(code, (word = new RegExp(`\\b${code}\\b`)));
  return word;
}
const english = ({ language }: WrittenText) => language === FIRST_LANGUAGE;

const patterns = new Map<string, RegExp>();
/** Whether a text has what a rule looks for in its language; null where the language has no lexicon. */
function has(
  { text, lexicon }: Pick<WrittenText, "text" | "lexicon">,
  what: Exclude<keyof Lexicon, "noTesting" | "noTestingLike">,
): boolean | null {
  if (!lexicon) return null;
  return patternOf(lexicon[what]).test(text);
}

function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) patterns.set(source, (pattern = new RegExp(source, "iu")));
  return pattern;
}

/** Whether a text asks not to test 911: in the words of Callbox or the template, or in others that mean the same. */
export function asksNotToTest({
  text,
  lexicon,
  noTesting = [],
}: Pick<WrittenText, "text" | "lexicon" | "noTesting">): boolean {
  if (!lexicon) return true;
  return (
    [lexicon.noTesting, ...noTesting].some((sentence) => text.includes(sentence)) ||
    (lexicon.noTestingLike !== undefined && patternOf(lexicon.noTestingLike).test(text))
  );
}

/** A text without what asks not to test 911, which is no advice on what to do. */
function withoutNoTesting({ text, lexicon }: Pick<WrittenText, "text" | "lexicon">): string {
  if (!lexicon) return text;
  const rest = text.replaceAll(lexicon.noTesting, "");
  return lexicon.noTestingLike === undefined ? rest : rest.replace(patternOf(lexicon.noTestingLike), "");
}

/** Texts that say when the number is for. */
const CONDITIONED: ReadonlySet<Part> = new Set(["short", "long", "description", "social", "script"]);
/** Texts with room to ask not to test 911, which are read as sentences. */
const ROOMY: ReadonlySet<Part> = new Set(["long", "social", "script"]);

/** School years. */
const MOST_GRADE = 8;
/** Words of one sentence. */
const MOST_WORDS = 20;
/**
 * Every text of so many words is graded, whatever its channel. In a shorter one,
 * such as most of 90 characters, one more syllable moves the grade by more than
 * half a school year, so that it tells of a word and not of the text.
 */
const FEWEST_GRADED = 20;

/** A text with its names as one plain word each: they are as long as they are, and say nothing of the wording. */
function withoutNames({ text, senders, others = [], place, stateName }: WrittenText): string {
  return [...senders, ...others, place, stateName].reduce((plain, name) => plain.replaceAll(name, "Name"), text);
}

/** Addresses of pages and mailboxes, which may have what looks like a mark. */
const LINK = /https?:\/\/\S+|\b[\w.+-]+@[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\/\S*/gi;
/** What people leave for something that is still to be filled in: slots, brackets, blanks, marks, and digits of no number. */
const LEFT_OVER = new RegExp(
  [
    /\{[^{}]*\}|[{}]/,
    /\[[^[\]\n]{0,80}\]|\[\[|\]\]|<[^<>\n]{1,80}>/,
    /_{2,}|\?{2,}|#{2,}/,
    /\b(?:TODO|TBD|TBA|TBC|FIXME)\b|\b(?:XXX+|xxx+)\b/,
    /\b[A-Z]+(?:_[A-Z]+)+\b/,
    /\d{3}-\d{3}-\d{0,3}[Xx][\dXx]*|\d{3}-[Xx]{3}-[\dXx]{4}/,
    /\b[A-Z]{3} \d{4}\s*$/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

const JARGON =
  /\b(PSAP|ECC|NG911|E911|business line|direct dial|at this time|please be advised|utilize|public safety answering point)\b/i;

export const TEXT_RULES: readonly TextRule[] = [
  {
    id: "W1",
    level: "should",
    source: "warning research: source comes first",
    confidence: "S",
    says: "Every text says who sends it.",
    check: (subject) =>
      subject.part === "instruction"
        ? []
        : ensure(
            subject.senders.some((sender) => subject.text.includes(sender)),
            subject,
            "The sender is not named.",
          ),
  },
  {
    id: "W2",
    level: "must",
    source: "18 June 2024: an alert that said “statewide” reached six other states",
    confidence: "S",
    says: "Every text names the place and its state.",
    check: (subject) => {
      if (subject.part === "instruction") return [];
      const place = [subject.place, subject.placeShort, ...(subject.others ?? [])].some((name) =>
        names(subject.text, name),
      );
      const state = names(subject.text, subject.stateName) || wordOf(subject.stateCode).test(subject.text);
      return [
        ...ensure(place, subject, `${subject.place} is not named.`),
        ...ensure(state, subject, `${subject.stateName} is not named.`),
      ];
    },
  },
  {
    id: "W3",
    level: "advice",
    source: "warning research: hazard in plain words",
    confidence: "S",
    says: "The text says in plain words what fails.",
    check: (subject) =>
      subject.part === "instruction"
        ? []
        : ensure(has(subject, "hazard") !== false, subject, "It does not say in plain words what fails."),
  },
  {
    id: "W4",
    level: "must",
    source: "outages where texts said “911 outage” and nothing else",
    confidence: "S",
    says: "The text says what to do in an emergency, with a number or a place to go.",
    check: (subject) =>
      (subject.tells !== "outage" && subject.part === "description") ||
      ((subject.audience === "broadcasters" || subject.covers > 1) && subject.part === "headline") ||
      subject.part === "instruction"
        ? []
        : ensure(
            numbersIn(subject.text).length > 0 ||
              has({ text: withoutNoTesting(subject), lexicon: subject.lexicon }, "help") !== false,
            subject,
            "It gives neither a number nor a place to go.",
          ),
  },
  {
    id: "W5",
    level: "should",
    source: "warning research: time",
    confidence: "S",
    says: "The long text says since when, until when or when the next update comes.",
    check: (subject) =>
      subject.part !== "long" ? [] : ensure(has(subject, "time") !== false, subject, "It gives no time."),
  },
  {
    id: "W6",
    level: "must",
    source: "Pennsylvania 2025, Del Rio 2024: partial outages",
    confidence: "S",
    says: "“Only if 911 fails” stands where some calls get through, and not where none do.",
    check: (subject) => {
      const { failure, part } = subject;
      if (subject.tells !== "outage" || !CONDITIONED.has(part)) return [];
      // Calls get through: 911 is what people call, and a number is for when one does not.
      if (failure === "location" && numbersIn(subject.text).every((number) => number === subject.wrong)) return [];
      return failure === "full"
        ? ensure(
            has(subject, "unconditional") !== true,
            subject,
            "It says to try 911 first, though no call gets through.",
          )
        : ensure(
            has(subject, "condition") !== false,
            subject,
            "It does not say that the number is for when 911 fails.",
          );
    },
  },
  {
    id: "W7",
    level: "must",
    source: "April 2024: test calls swamped dispatch centers",
    confidence: "S",
    says: "Every text with room for it asks people not to call 911 to test it.",
    check: (subject) =>
      !ROOMY.has(subject.part) || !subject.lexicon
        ? []
        : ensure(
            asksNotToTest(subject),
            subject,
            `It does not ask people not to test 911, such as with “${subject.lexicon.noTesting}”.`,
          ),
  },
  {
    id: "W8",
    level: "advice",
    source: "plain language",
    confidence: "S",
    says: "No words that only officials know.",
    check: (subject) => {
      const word = JARGON.exec(subject.text)?.[0];
      return ensure(word === undefined, subject, `“${word}” is not plain language.`);
    },
  },
  {
    id: "W9",
    level: "advice",
    source: "plain language; grade 8",
    confidence: "S",
    says: "English texts read at grade 8 or lower, in sentences of at most 20 words.",
    check: (subject) => {
      if (!english(subject)) return [];
      const plain = withoutNames(subject);
      if (plain.split(/\s+/).length < FEWEST_GRADED) return [];
      const grade = readingGrade(plain);
      // In a list of places each entry is read by itself.
      const clauses = splitSentences(plain).flatMap((sentence) => sentence.split("; "));
      const longest = Math.max(...clauses.map((clause) => clause.split(/\s+/).length));
      return [
        ...ensure(grade <= MOST_GRADE, subject, `It reads at grade ${grade.toFixed(1)}.`),
        ...ensure(longest <= MOST_WORDS, subject, `A sentence has ${longest} words.`),
      ];
    },
  },
  {
    id: "W10",
    level: "advice",
    source: "warning research: capitals",
    confidence: "S",
    says: "Capitals only for two or three words.",
    check: (subject) => {
      const inCapitals = subject.text.match(/\b[A-Z]{2,}\b/g) ?? [];
      if (inCapitals.length <= 3) return [];
      const names = new Set([...subject.senders.join(" ").split(/\W+/), subject.stateCode, "AM", "PM", "EDT", "TTY"]);
      const words = inCapitals.filter((word) => !names.has(word));
      return ensure(words.length <= 3, subject, `${words.length} words stand in capitals.`);
    },
  },
  {
    id: "W11",
    level: "must",
    source: "outages where two numbers confused people",
    confidence: "S",
    says: "A text for one place gives one number, beside one that it corrects.",
    check: (subject) => {
      if (subject.audience === "broadcasters" || subject.covers > 1) return [];
      const given = numbersIn(subject.text).filter((number) => number !== subject.wrong);
      return ensure(given.length <= 1, subject, `It gives ${given.length} numbers.`);
    },
  },
  {
    id: "W13",
    level: "must",
    source: "a real message that ended in “PMT 1219”",
    confidence: "S",
    says: "No slot without a value and no internal mark is left in a text.",
    check: (subject) => {
      // A sender may be called what looks like a mark.
      const rest = subject.senders.reduce((text, name) => text.replaceAll(name, "Name"), subject.text);
      const left = LEFT_OVER.exec(rest.replace(LINK, ""))?.[0];
      return ensure(left === undefined, subject, `“${left}” was left in the text.`);
    },
  },
  {
    id: "W14",
    level: "must",
    source: "a real message that lost the word 911",
    confidence: "S",
    says: "The number 911 is in the text.",
    check: (subject) => ensure(/\b9-?1-?1\b/.test(subject.text), subject, "The text does not say 911."),
  },
  {
    id: "W15",
    level: "advice",
    source: "texts that stay readable after the day",
    confidence: "S",
    says: "No words that age, such as today or now.",
    check: (subject) => {
      const word = /\b(today|tomorrow|tonight|right now|hoy|mañana|ahora)\b/i.exec(subject.text)?.[0];
      return ensure(word === undefined, subject, `“${word}” will be read later too.`);
    },
  },
  {
    id: "W16",
    level: "must",
    source: "Netherlands 2019: a wrong number stayed in people's hands for an hour",
    confidence: "S",
    says: "A correction names the wrong number before any other.",
    check: (subject) =>
      subject.wrong === null || subject.tells !== "outage" || subject.part === "instruction"
        ? []
        : ensure(
            numbersIn(subject.text)[0] === subject.wrong,
            subject,
            `It does not name ${subject.wrong}, which was wrong, first.`,
          ),
  },
  {
    id: "NUM-001",
    level: "must",
    source: "Netherlands 2019, Campbell County 2023: wrong numbers were typed in",
    confidence: "C",
    says: "Every number in a text comes from the directory, by its slot.",
    check: (subject) => {
      const known = subject.wrong === null ? subject.numbers : [...subject.numbers, subject.wrong];
      const typed = findTypedNumbers(subject.text, known, subject.codes);
      return ensure(
        typed.length === 0,
        subject,
        `“${typed.join("”, “")}” is not the directory's number for this place.`,
      );
    },
  },
  {
    id: "NUM-002",
    level: "must",
    source: "invented numbers, 555-0100 to 555-0199",
    confidence: "C",
    says: "A live text never gives an invented number.",
    check: (subject) =>
      ensure(
        subject.status !== "Actual" || !/(?<!\b8(?:00|33|44|55|66|77|88)-)\b555-01\d\d\b/.test(subject.text),
        subject,
        "555-01XX numbers are invented and reach nobody.",
      ),
  },
];

/** The texts of one message in every language. */
export interface MessageTexts {
  place: string;
  /** Names that every language has, such as the place and the state. */
  names?: readonly string[];
  texts: readonly { language: Language; part: Part; text: string }[];
}

/** Texts of few characters, which leave out in one language what another has room for. */
const BRIEF: ReadonlySet<Part> = new Set(["short", "headline"]);

/** What differs between English and another language, in the facts that are wanted. */
function differing({ texts, names = [] }: MessageTexts, isWanted: (fact: ComparedFact, part: Part) => boolean) {
  return texts
    .filter(({ language }) => language !== FIRST_LANGUAGE)
    .flatMap((other) => {
      const original = texts.find(({ part, language }) => part === other.part && language === FIRST_LANGUAGE);
      // A text that one language lacks altogether is another matter, and has a rule of its own.
      if (!original || original.text === "" || other.text === "") return [];
      return compareLanguages(original, other, names)
        .filter(({ fact }) => isWanted(fact, other.part))
        .map((found) => ({ path: `${other.language}.${other.part}`, says: formatDifference(found, other.language) }));
    });
}

/** W12 and W17 compare the languages of one message. */
export const LANGUAGE_RULES: readonly Rule<MessageTexts>[] = [
  {
    id: "W12",
    level: "must",
    source: "Santa Barbara 2025, and warning research",
    confidence: "S",
    says: "Every language gives the same numbers, times, radio channels, addresses, places and conditions.",
    check: (subject) =>
      differing(subject, (fact, part) => !JUDGED.has(fact) && !(fact === "conditions" && BRIEF.has(part))).map(
        ({ path, says }) => fail(path, says),
      ),
  },
  {
    id: "W17",
    level: "should",
    source: "Santa Barbara 2025; a sentence that one language alone had",
    confidence: "S",
    says: "Every language names the same ways to get help, in as many sentences.",
    check: (subject) =>
      differing(subject, (fact, part) => JUDGED.has(fact) && part !== "short").map(({ path, says }) =>
        review(path, says),
      ),
  },
];
