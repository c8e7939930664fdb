import { capitalize } from "../platform/capitalize";
import { FIRST_LANGUAGE, nameLanguage } from "../platform/language";
import { slotsOf } from "./slots";
import { TEXTS, type Texts } from "./texts";

/**
 * Whether two languages of one text say the same, as far as a program can tell:
 * what stands in both in digits or names, whether the number is only for when
 * 911 fails, which ways to get help are named, and how many sentences there are.
 * What it cannot tell is left to a person who reads both. Pure.
 */

/** What is compared, as screens name it. The first ones must agree; the last two are for a person to judge. */
export const COMPARED = {
  numbers: "phone numbers",
  times: "times and days",
  channels: "radio channels",
  addresses: "street addresses",
  places: "places",
  conditions: "“only if 911 fails”",
  routes: "ways to get help",
  sentences: "count of sentences",
} as const;
export type ComparedFact = keyof typeof COMPARED;

/** Differences of these are for a person to judge: a way may be named in other words, a sentence cut in two. */
export const JUDGED: ReadonlySet<ComparedFact> = new Set(["routes", "sentences"]);

export interface Difference {
  fact: ComparedFact;
  /** What the first text has and the other lacks, and the other way around, as written or named in English. */
  missing: string[];
  added: string[];
}

const PHONE = /\(?\b(\d{3})\)?[-. ]?(\d{3})[-. ]?(\d{4})\b(?:,?\s*(?:[Ee]xt(?:ensi[oó]n)?|x)\.?\s*(\d{1,6}))?/g;
/** Clocks with a full hour alone: "3 PM", "las 3 p. m.". */
const HOUR = /(?<![\d:.,-])(\d{1,2})\s*([ap])\.?\s?m\b/g;
const NOON = /\b(?:noon|mediodia)\b/;
const MIDNIGHT = /\b(?:midnight|medianoche)\b/;
/** How long something takes or how often it comes, in digits. */
const DURATION = /(?<![\d:.,-])(\d{1,3})(?:\s+|-)(minute|hour|day|minuto|hora|dia)s?\b/g;
const UNITS: ReadonlyMap<string, string> = new Map([
  ["minuto", "minute"],
  ["hora", "hour"],
  ["dia", "day"],
]);
const CLOCK = /(?<![\d:])(\d{1,2}):(\d\d)(?:\s*([ap])\.?\s?m\b\.?)?/g;
/** Days and months as English calls them, by their names in either language without accents. */
const WEEKDAYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    domingo: "sunday",
    lunes: "monday",
    martes: "tuesday",
    miercoles: "wednesday",
    jueves: "thursday",
    viernes: "friday",
    sabado: "saturday",
  }).flatMap(([spanish, english]) => [
    [spanish, english],
    [english, english],
  ]),
);
const MONTHS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    enero: "january",
    febrero: "february",
    marzo: "march",
    abril: "april",
    mayo: "may",
    junio: "june",
    julio: "july",
    agosto: "august",
    septiembre: "september",
    octubre: "october",
    noviembre: "november",
    diciembre: "december",
  }).flatMap(([spanish, english]) => [
    [spanish, english],
    [english, english],
  ]),
);
const WEEKDAY = new RegExp(`\\b(${[...WEEKDAYS.keys()].join("|")})s?\\b`, "g");
const MONTH_NAMES = [...MONTHS.keys()].join("|");
const DATE = new RegExp(`\\b(${MONTH_NAMES})\\s+(\\d{1,2})\\b|\\b(\\d{1,2})\\s+de\\s+(${MONTH_NAMES})\\b`, "g");
const CHANNEL = /\b(?:channels?|canal(?:es)?|ch\.)\s+(?:num(?:ero)?\.?\s+|no\.\s+)?(\d{1,3}[a-z]?)\b/g;
const FREQUENCY =
  /(?<![\d:.,])(\d{2,3}[.,]\d{1,4}|\d{2,4}(?=\s*[mk]hz)|\d{3,4}(?=\s*am\b))\s*(?:mhz|khz|megahertz|megahercios|fm|am)\b/g;
const STREET_WORDS =
  "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Highway|Hwy|Place|Square|Sq|Court|Ct|Parkway|Pkwy|Turnpike|Terrace|Circle";
const ENGLISH_ADDRESS = new RegExp(
  `(?<![\\d#.:-])(\\d{1,5})\\s+((?:[NSEW]\\.?\\s+|North\\s+|South\\s+|East\\s+|West\\s+)?(?:[\\p{Lu}][\\p{L}'.-]*\\s+){1,3}?)(?:${STREET_WORDS})\\b`,
  "gu",
);
const SPANISH_STREET = /\b(?:calle|avenida|carretera|camino|bulevar|paseo|plaza|autopista)\b/;
const SPANISH_ADDRESS =
  /\b(?:calle|avenida|carretera|camino|bulevar|paseo|plaza|autopista)\s+((?:de\s+|la\s+|el\s+|los\s+|las\s+)*(?:\p{Lu}[\p{L}'.-]*\s*){1,3}?),?\s*(?:n[uú]m(?:ero)?\.?\s*|no\.\s*|#\s*)?(\d{1,5})\b/giu;

/** By what words a way to get help, or a condition, is known in a language: in small letters, without accents. */
interface Known {
  name: string;
  en: RegExp;
  es: RegExp;
}

const CONDITIONS: readonly Known[] = [
  {
    name: "the number is only for when 911 fails",
    en: /\bif\s+(?:it|911|so\b|this|that|a call|your call|the call|calls)[^.]{0,30}?(?:fails?|does(?: not|n['’]t)|\bgo\b)|\bif\s+you\s+can(?:not|['’]t)|\bonly\s+if\b/,
    es: /\bsi\s+(?:(?:el\s+)?911\s+)?(?:una\s+|la\s+|su\s+)?(?:llamada(?:\s+al\s+911)?\s+)?(?:no\s+(?:funciona|entra|puede|contesta\s+el\s+911)|falla)|\b(?:solo|unicamente)\s+si\b/,
  },
  {
    name: "911 comes first",
    en: /\b(?:911\s+first|first\s+(?:call|dial|try)\s+911|try\s+911\s+first)\b/,
    es: /\bprimero\s+(?:llame\s+|marque\s+)?(?:al|el)\s+911|\b(?:al|el)\s+911\s+primero\b/,
  },
];

const ROUTES: readonly Known[] = [
  {
    name: "text to 911",
    en: /\btexts?\s+(?:messages?\s+)?(?:to\s+)?911\b/,
    es: /\b(?:textos?|mensajes?(?:\s+de\s+texto)?|escriba|texto)\s+(?:al|a\s+911)|mensajes\s+de\s+texto\b/,
  },
  { name: "711 relay", en: /\b711\b|\brelay\b/, es: /\b711\b|\bretransmision\b/ },
  { name: "TTY", en: /\btty\b/, es: /\btty\b/ },
  {
    name: "fire box",
    en: /\bfire\s+(?:alarm\s+)?box(?:es)?\b/,
    es: /\bcajas?\s+de\s+(?:alarma|incendios?)\b/,
  },
  { name: "call box", en: /\bcall\s+box(?:es)?\b/, es: /\bcajas?\s+de\s+llamadas?\b/ },
  {
    name: "police",
    en: /\bpolice(?!\s+(?:car|cruiser))\b/,
    es: /(?<!(?:auto|coche|patrulla)\s+de\s+(?:la\s+)?)\bpolicia/,
  },
  {
    name: "fire station",
    en: /\bfire\s+(?:station|department|house)\b|\bpolice(?:\s+or\s+|\/)fire\b/,
    es: /\bbomberos\b/,
  },
  {
    name: "police car",
    en: /\b(?:police\s+car|cruiser)s?\b/,
    es: /\b(?:auto|coche)s?\s+de\s+(?:la\s+)?policia|\bpatrullas?\b/,
  },
  { name: "sheriff", en: /\bsheriff/, es: /\b(?:sheriff|alguacil)/ },
  { name: "Coast Guard", en: /\bcoast\s+guard\b/, es: /\bguardia\s+costera\b|\bguardacostas\b/ },
  { name: "hospital", en: /\bhospitals?\b/, es: /\bhospital(?:es)?\b/ },
  {
    name: "town hall",
    en: /\b(?:town|city)\s+hall\b/,
    es: /\b(?:ayuntamiento|alcaldia|municipalidad|casa\s+consistorial)\b/,
  },
  { name: "school", en: /\bschools?\b/, es: /\bescuelas?\b/ },
  { name: "landline", en: /\blandlines?\b/, es: /\bfijos?\b|\blineas?\s+fijas?\b/ },
  { name: "cell phone", en: /\bcell(?:\s+phone)?s?\b/, es: /\bcelular(?:es)?\b/ },
];

const plainTexts = new Map<string, string>();
/** Small letters without accents. Each text is looked at for many things, one after the other. */
function plain(text: string): string {
  let words = plainTexts.get(text);
  if (words === undefined) {
    if (plainTexts.size >= 20) plainTexts.clear();
    words = text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
    plainTexts.set(text, words);
  }
  return words;
}

const primary = (language: string): "en" | "es" | null => {
  const tag = language.slice(0, 2).toLowerCase();
  return tag === "en" || tag === "es" ? tag : null;
};

const sorted = (facts: Iterable<string>) => [...new Set(facts)].sort();

const numbersOf = (text: string) =>
  sorted(
    [...text.matchAll(PHONE)].map(
      ([, area, exchange, line, extension]) => `${area}-${exchange}-${line}${extension ? ` ext. ${extension}` : ""}`,
    ),
  );

/** @param withDays whether the names of days, months, and spans of time in the other language are known too */
function timesOf(text: string, withDays: boolean): string[] {
  const words = plain(text);
  const clocks = [...words.matchAll(CLOCK)].map(([, hour, minutes, half]) => {
    const count = Number(hour);
    if (half) return `${count}:${minutes} ${half.toUpperCase()}M`;
    // A clock of 24 hours says the same as one of 12.
    return `${count % 12 === 0 ? 12 : count % 12}:${minutes} ${count >= 12 && count < 24 ? "PM" : "AM"}`;
  });
  const hours = [...words.matchAll(HOUR)].map(([, hour, half]) => `${Number(hour)}:00 ${half!.toUpperCase()}M`);
  const named = [...(NOON.test(words) ? ["12:00 PM"] : []), ...(MIDNIGHT.test(words) ? ["12:00 AM"] : [])];
  const lasting = [...words.matchAll(DURATION)].map(([, count, unit = ""]) => {
    const name = UNITS.get(unit) ?? unit;
    return `${Number(count)} ${name}${Number(count) === 1 ? "" : "s"}`;
  });
  const days = [...words.matchAll(WEEKDAY)].map(([, name]) => WEEKDAYS.get(name ?? "") ?? "");
  const dates = [...words.matchAll(DATE)].map(
    ([, first, dayBehind, dayBefore, second]) => `${MONTHS.get(first ?? second ?? "")} ${dayBehind ?? dayBefore}`,
  );
  return sorted([...clocks, ...hours, ...(withDays ? [...named, ...lasting, ...days, ...dates] : [])]);
}

const channelsOf = (text: string) =>
  sorted([
    ...[...plain(text).matchAll(CHANNEL)].map(([, channel]) => `channel ${channel!.toUpperCase()}`),
    ...[...plain(text).matchAll(FREQUENCY)].map(([, frequency]) => `${frequency!.replace(",", ".")} on the radio`),
  ]);

/** House number and name of the street, whatever the language calls a street. */
const addressesOf = (text: string) =>
  sorted([
    ...[...text.matchAll(ENGLISH_ADDRESS)].map(([, number, street]) => `${number} ${plain(street ?? "").trim()}`),
    ...(SPANISH_STREET.test(plain(text)) ? [...text.matchAll(SPANISH_ADDRESS)] : []).map(
      ([, street, number]) =>
        `${number} ${plain(street ?? "")
          .trim()
          .replace(new RegExp(`\\s+(?:${STREET_WORDS})$`, "iu"), "")}`,
    ),
  ]);

const known = (kinds: readonly Known[], text: string, language: "en" | "es") =>
  kinds.filter((kind) => kind[language].test(plain(text))).map(({ name }) => name);

/** Sentences of a text; "p. m." ends none of them by itself. */
export function countSentences(text: string): number {
  return text
    .replace(/\b([ap])\. m\.(?=\s+(?:[A-Z]{2,5}\b|del\b))/g, "$1m")
    .replace(/\b([ap])\. m\./g, "$1m.")
    .replace(/\b[Ee]xt\.\s/g, "ext ")
    .split(/(?<=[.?!]["”»]?)\s+|\n+/)
    .filter((sentence) => /\p{L}/u.test(sentence)).length;
}

interface Text {
  language: string;
  text: string;
}

function difference(fact: ComparedFact, first: readonly string[], other: readonly string[]): Difference[] {
  const missing = first.filter((one) => !other.includes(one));
  const added = other.filter((one) => !first.includes(one));
  return missing.length + added.length === 0 ? [] : [{ fact, missing, added }];
}

/**
 * What differs between two languages of one text.
 * @param places names that both must have or both lack; each with how the other language calls it
 */
export function compareLanguages(first: Text, other: Text, places: readonly string[] = []): Difference[] {
  const named = (text: string) => {
    const words = plain(text);
    return sorted(places.filter((place) => words.includes(plain(place))));
  };
  const [left, right] = [primary(first.language), primary(other.language)];
  const bothKnown = left !== null && right !== null;
  const digits = [
    ...difference("numbers", numbersOf(first.text), numbersOf(other.text)),
    ...difference("times", timesOf(first.text, bothKnown), timesOf(other.text, bothKnown)),
    ...difference("channels", channelsOf(first.text), channelsOf(other.text)),
    ...difference("addresses", addressesOf(first.text), addressesOf(other.text)),
    ...difference("places", named(first.text), named(other.text)),
  ];
  const sentences = [countSentences(first.text), countSentences(other.text)] as const;
  return [
    ...digits,
    ...(left && right
      ? [
          ...difference("conditions", known(CONDITIONS, first.text, left), known(CONDITIONS, other.text, right)),
          ...difference("routes", known(ROUTES, first.text, left), known(ROUTES, other.text, right)),
        ]
      : []),
    ...(sentences[0] === sentences[1]
      ? []
      : difference("sentences", [`${sentences[0]} sentences`], [`${sentences[1]} sentences`])),
  ];
}

/** What can be compared with a text of this language: less where a program does not know its words. */
export function comparedWith(language: string): ComparedFact[] {
  const all = Object.keys(COMPARED) as ComparedFact[];
  return primary(language) && primary(FIRST_LANGUAGE)
    ? all
    : all.filter((fact) => fact !== "conditions" && fact !== "routes");
}

/** One difference as a sentence. */
export function formatDifference({ fact, missing, added }: Difference, language: string): string {
  const parts = [
    ...(missing.length > 0 ? [`English has ${missing.join(", ")}`] : []),
    ...(added.length > 0 ? [`${nameLanguage(language)} has ${added.join(", ")}`] : []),
  ];
  return `${capitalize(COMPARED[fact])} differ: ${parts.join("; ")}.`;
}

/** Slots that a language fills with words of its own, or may leave out. */
const OWN_SLOTS = new Set(["desk", "hours", "place"]);
const sharedSlots = (wording: string) =>
  slotsOf(wording)
    .filter((slot) => !OWN_SLOTS.has(slot))
    .join();

/**
 * The texts of a draft, slots open, in which a language does not say what the
 * first one says: by its slots and by everything that is compared.
 * @returns labels of texts, each once, with what differs
 */
export function compareWordings(texts: Texts, languages: readonly string[]): { label: string; facts: string[] }[] {
  const [first, ...others] = languages.filter((code) => texts[code] !== undefined);
  if (first === undefined) return [];
  return TEXTS.flatMap(({ audience, part, label }) => {
    const original = texts[first]?.[audience][part] ?? "";
    const facts = others.flatMap((language) => {
      const wording = texts[language]?.[audience][part] ?? "";
      if (original === "" && wording === "") return [];
      const found = compareLanguages({ language: first, text: original }, { language, text: wording }).filter(
        // In few characters a language leaves out what another has room for.
        ({ fact }) => part !== "short" || !["conditions", "routes", "sentences"].includes(fact),
      );
      return [
        ...(sharedSlots(original) === sharedSlots(wording) ? [] : ["slots"]),
        ...found.map(({ fact }) => COMPARED[fact]),
      ];
    });
    return facts.length > 0 ? [{ label, facts: [...new Set(facts)] }] : [];
  });
}
