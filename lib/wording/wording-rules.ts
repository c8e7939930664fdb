import { type Failure } from "../directory/selection";
import { findTypedNumbers } from "../directory/typed-numbers";
import { fail, type Outcome, type Rule } from "../standards/rule";
import type { Language } from "./schema";
import { readingGrade, splitSentences } from "./reading-grade";

/**
 * What warning research and real outages say about the text itself. Ids W1 to
 * W15 are those of the wording guide; NUM rules keep typed numbers out.
 */

export type Part = "short" | "long" | "headline" | "description" | "instruction";

/** One text of one message, at its longest, with what it must agree with. */
export interface WrittenText {
  text: string;
  part: Part;
  language: Language;
  audience: "phones" | "broadcasters";
  kind: "outage" | "cancel";
  failure: Failure;
  status: "Actual" | "Exercise" | "Test";
  place: string;
  placeShort: string;
  stateName: string;
  stateCode: string;
  senders: readonly string[];
  /** Direct numbers the directory chose for this message, as written. */
  numbers: readonly string[];
  /** Short codes that the directory gives for this message, such as 711 for a relay. */
  codes: readonly string[];
}

type TextRule = Rule<WrittenText>;

const NUMBER = /\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g;
const numbersIn = (text: string) => [...new Set(text.match(NUMBER) ?? [])];
const at = ({ language, part }: WrittenText) => `${language}.${part}`;
const unless = (kept: boolean, subject: WrittenText, message: string): Outcome[] =>
  kept ? [] : [fail(at(subject), message)];
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const english = ({ language }: WrittenText) => language === "en-US";

const HAZARD = {
  "en-US": /\b(down|not working|fails?|on and off|may not reach|withdrawn|withdraws)\b/i,
  "es-US": /(no funciona|sin 911|fall[ae]|fallan|fallar|a ratos|no comunican|anula)/i,
};
const ROUTE = {
  "en-US": /\b(go to|pull|walk to|police\/fire|police or fire|call 911|dial 911|text 911|call 711|use the)\b/i,
  "es-US": /\b(vaya|tire|use|polic[ií]a|bomberos|llame al [79]11|marque el 911|texto al 911)/i,
};
const CONDITION = { "en-US": /\b(if|first|no number at hand)\b/i, "es-US": /\b(si|primero|sin n[uú]mero)\b/i };
const UNCONDITIONAL = { "en-US": /911 first\b/i, "es-US": /primero (al|el) 911/i };
const TESTING = { "en-US": "Do not call 911 to test it.", "es-US": "No llame al 911 para probarlo." };
const TIME = { "en-US": /\b(since|until|next update|ends at)\b/i, "es-US": /\b(desde|hasta|pr[oó]ximo aviso)\b/i };
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
        : unless(
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
      const text = folded(subject.text);
      const place = [subject.place, subject.placeShort].some((name) => text.includes(folded(name)));
      const state =
        text.includes(folded(subject.stateName)) || new RegExp(`\\b${subject.stateCode}\\b`).test(subject.text);
      return [
        ...unless(place, subject, `${subject.place} is not named.`),
        ...unless(state, subject, `${subject.stateName} is not named.`),
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
        : unless(HAZARD[subject.language].test(subject.text), subject, "It does not say in plain words what fails."),
  },
  {
    id: "W4",
    level: "must",
    source: "outages where texts said “911 outage” and nothing else",
    confidence: "S",
    says: "The text says what to do in an emergency, with a number or a place to go.",
    check: (subject) =>
      (subject.kind === "cancel" && subject.part === "description") ||
      (subject.audience === "broadcasters" && subject.part === "headline") ||
      subject.part === "instruction"
        ? []
        : unless(
            // "Do not call 911 to test it" is no advice on what to do.
            numbersIn(subject.text).length > 0 ||
              ROUTE[subject.language].test(subject.text.replace(TESTING[subject.language], "")),
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
      subject.part !== "long" ? [] : unless(TIME[subject.language].test(subject.text), subject, "It gives no time."),
  },
  {
    id: "W6",
    level: "must",
    source: "Pennsylvania 2025, Del Rio 2024: partial outages",
    confidence: "S",
    says: "“Only if 911 fails” stands where some calls get through, and not where none do.",
    check: (subject) => {
      const { failure, part, text, language } = subject;
      if (subject.kind === "cancel" || !["short", "long", "description"].includes(part)) return [];
      return failure === "full"
        ? unless(!UNCONDITIONAL[language].test(text), subject, "It says to try 911 first, though no call gets through.")
        : unless(CONDITION[language].test(text), subject, "It does not say that the number is for when 911 fails.");
    },
  },
  {
    id: "W7",
    level: "must",
    source: "April 2024: test calls swamped dispatch centers",
    confidence: "S",
    says: "Every long text asks people not to call 911 to test it.",
    check: (subject) =>
      subject.part !== "long"
        ? []
        : unless(
            subject.text.includes(TESTING[subject.language]),
            subject,
            `The sentence “${TESTING[subject.language]}” is missing.`,
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
      return unless(word === undefined, subject, `“${word}” is not plain language.`);
    },
  },
  {
    id: "W9",
    level: "advice",
    source: "plain language; grade 8",
    confidence: "S",
    says: "English texts read at grade 8 or lower, in sentences of at most 20 words.",
    check: (subject) => {
      if (!english(subject) || subject.part !== "long") return [];
      // Names of places and agencies are as long as they are; they say nothing of the wording.
      const plain = [...subject.senders, subject.place, subject.stateName].reduce(
        (text, name) => text.replaceAll(name, "Name"),
        subject.text,
      );
      const grade = readingGrade(plain);
      const longest = Math.max(...splitSentences(plain).map((sentence) => sentence.split(/\s+/).length));
      return [
        ...unless(grade <= 8.5, subject, `It reads at grade ${grade.toFixed(1)}.`),
        ...unless(longest <= 20, subject, `A sentence has ${longest} words.`),
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
      const names = new Set([...subject.senders.join(" ").split(/\W+/), subject.stateCode, "AM", "PM", "EDT", "TTY"]);
      const words = (subject.text.match(/\b[A-Z]{2,}\b/g) ?? []).filter((word) => !names.has(word));
      return unless(words.length <= 3, subject, `${words.length} words stand in capitals.`);
    },
  },
  {
    id: "W11",
    level: "must",
    source: "outages where two numbers confused people",
    confidence: "S",
    says: "A text for one place gives one number.",
    check: (subject) =>
      subject.audience === "broadcasters"
        ? []
        : unless(numbersIn(subject.text).length <= 1, subject, `It gives ${numbersIn(subject.text).length} numbers.`),
  },
  {
    id: "W13",
    level: "must",
    source: "a real message that ended in “PMT 1219”",
    confidence: "S",
    says: "No slot without a value and no internal mark is left in a text.",
    check: (subject) => {
      const left = /\{[A-Za-z0-9]*\}|\[\[|\]\]|\bTODO\b|\bXXX+\b|\b[A-Z]{3} \d{4}\s*$/.exec(subject.text)?.[0];
      return unless(left === undefined, subject, `“${left}” was left in the text.`);
    },
  },
  {
    id: "W14",
    level: "must",
    source: "a real message that lost the word 911",
    confidence: "S",
    says: "The number 911 is in the text.",
    check: (subject) => unless(/\b9-?1-?1\b/.test(subject.text), subject, "The text does not say 911."),
  },
  {
    id: "W15",
    level: "advice",
    source: "texts that stay readable after the day",
    confidence: "S",
    says: "No words that age, such as today or now.",
    check: (subject) => {
      const word = /\b(today|tomorrow|tonight|right now|hoy|mañana|ahora)\b/i.exec(subject.text)?.[0];
      return unless(word === undefined, subject, `“${word}” will be read later too.`);
    },
  },
  {
    id: "NUM-001",
    level: "must",
    source: "Netherlands 2019, Campbell County 2023: wrong numbers were typed in",
    confidence: "C",
    says: "Every number in a text comes from the directory, by its slot.",
    check: (subject) => {
      const typed = findTypedNumbers(subject.text, subject.numbers, subject.codes);
      return unless(
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
      unless(
        subject.status !== "Actual" || !/\b555-01\d\d\b/.test(subject.text),
        subject,
        "555-01XX numbers are invented and reach nobody.",
      ),
  },
];

export interface LanguagePair {
  place: string;
  texts: readonly { language: Language; part: Part; text: string }[];
}

/** W12 compares the languages of one message. */
export const PARITY_RULES: readonly Rule<LanguagePair>[] = [
  {
    id: "W12",
    level: "must",
    source: "Santa Barbara 2025, and warning research",
    confidence: "S",
    says: "Every language gives the same numbers and the same times of day.",
    check: ({ texts }) => {
      const facts = (text: string) =>
        [...numbersIn(text), ...(text.match(/\b\d{1,2}:\d{2} [AP]M\b/g) ?? [])].sort().join(" ");
      return texts
        .filter(({ language }) => language !== "en-US")
        .flatMap(({ language, part, text }) => {
          const original = texts.find((other) => other.part === part && other.language === "en-US");
          return original && facts(original.text) !== facts(text)
            ? [fail(`${language}.${part}`, "A number or a time differs from the English text.")]
            : [];
        });
    },
  },
];
