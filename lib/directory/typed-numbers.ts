import { cleanText } from "../platform/clean-text";

/**
 * Finds what a person could dial in a text, however it is written, other than
 * what the directory chose. A number that someone typed is one that nobody
 * verified (Netherlands 2019, Campbell County 2023). Pure.
 */

/** Stands where something known was; it keeps the digits around it apart. */
const WALL = "\u0001";

const DIGIT_WORDS: ReadonlyMap<string, string> = new Map(Object.entries({
  zero: "0", oh: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9",
  cero: "0", uno: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9",
})); // prettier-ignore
const WORD = [...DIGIT_WORDS.keys()].join("|");
const SPELLED = new RegExp(`\\b(?:${WORD})(?:[\\s,.-]+(?:${WORD}|\\d+)){2,}\\b`, "gi");
const SPELLED_AT_ALL = new RegExp(`\\b(?:${WORD})\\b`, "i");
const ONE_WORD = new RegExp(`\\b(?:${WORD})\\b`, "gi");

const MONTHS =
  "january|february|march|april|may|june|july|august|september|october|november|december|" +
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre";
const CLOCK = "(?:[01]?\\d|2[0-4]):[0-5]\\d";
const MILITARY = "(?:[01]\\d|2[0-4])[0-5]\\d";
/** What is numbered and is no number to call: "Station 211", "Exits 12, 13 and 14". */
const LABELS =
  "desks?|stations?|engines?|ladders?|trucks?|box|boxes|rooms?|suites?|floors?|units?|routes?|exits?|highways?|roads?|districts?|zones?|" +
  "gates?|halls?|wards?|precincts?|zip|estaci[oó]n|rutas?|cajas?|salas?|unidad|distritos?|zonas?|carreteras?|puertas?|escritorio|salidas?";
/** The rest of an address behind its number: "Main Street", "North 5th Ave". */
const STREET =
  "(?:[NSEW]\\.?\\s+|North\\s+|South\\s+|East\\s+|West\\s+)?(?:\\p{Lu}[\\p{L}'.-]*|\\d+(?:st|nd|rd|th))(?:\\s+\\p{Lu}[\\p{L}'.-]*)*\\s+(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Highway|Hwy|Place|Pl|Square|Sq|Court|Ct|Parkway|Pkwy|Turnpike|Pike|Terrace|Circle)\\b";
const HOUR = "(?:[01]?\\d|2[0-4])";
const AND = "\\s*(?:,|and|y|&|or|o)\\s*";
/** Times and days whose marks tell them from a number to call, whatever stands beside them. */
const DATED = [
  `(?<!\\d)${CLOCK}(?!\\d)`,
  `\\b(?:${MONTHS})\\s+\\d{1,2}(?:,?\\s+(?:19|20)\\d\\d)?(?!\\d)`,
  `(?<!\\d)\\d{1,2}\\s+de\\s+(?:${MONTHS})(?:\\s+de\\s+(?:19|20)\\d\\d)?(?!\\d)`,
];
/** Hours, dates and numbered things: bare digits, so they count only where no other digits adjoin. */
const COUNTED = [
  `(?:0?[1-9]|1[0-2])([/-])(?:0?[1-9]|[12]\\d|3[01])\\1(?:19|20)\\d\\d`,
  `(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])`,
  `${MILITARY}\\s*(?:-|to|a)\\s*${MILITARY}`,
  // "Mon-Fri 8-12, 13-17": hours of a day.
  `${HOUR}-${HOUR}(?:\\s*[,;&]\\s*${HOUR}-${HOUR})+`,
  `\\b(?:since|at|until|from|by|desde|hasta|a las)\\s+(?:the\\s+|las\\s+)?${MILITARY}`,
  `\\b(?:${LABELS})\\s+(?:no\\.?\\s*|#\\s*)?\\d{1,5}(?:${AND}\\d{1,5})*`,
  // ZIP Codes, one or a list: five digits each.
  `\\d{5}(?:\\s*,\\s*\\d{5})+`,
];
const BETWEEN = "[^\\p{L}\\p{N}\\u0001]{0,24}";
const MOMENTS = [
  new RegExp(DATED.join("|"), "giu"),
  new RegExp(`(?<!\\d${BETWEEN})(?:${COUNTED.join("|")})(?!${BETWEEN}\\d)`, "giu"),
];
/** 911 on its own; within other digits it is a part of them. What stands before is looked at only where a 9 is. */
const NINE_ONE_ONE = new RegExp(`9(?<!(?:#|\\d${BETWEEN})9)11(?!${BETWEEN}\\d)`, "gu");
/** What texts say of times, found from its digits: a clock time, or the day beside a month. */
const TIMES = new RegExp(
  `(?<!\\d)(?:${CLOCK}(?!\\d)|\\d{1,2}(?!\\d)(?:(?<=\\b(?:${MONTHS})\\s+\\d{1,2})|(?=\\s+de\\s+(?:${MONTHS})\\b)))`,
  "giu",
);
/** The same where a sender's name ends in it: "State 911: 911 is down". Six digits are no number. */
const NINE_ONE_ONES = new RegExp(`9(?<!(?:#|\\d${BETWEEN})9)11(?:[:;,!?]${BETWEEN}911)?(?!${BETWEEN}\\d)`, "gu");
const ADDRESSES = new RegExp(`(?<![\\d#.-])\\d{1,5}\\s+${STREET}`, "gu");

/** Letters that look like digits, where they stand among digits. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    o: "0",
    о: "0",
    ο: "0",
    l: "1",
    i: "1",
    і: "1",
    s: "5",
    ѕ: "5",
    b: "8",
    z: "2",
  }),
);
const MAYBE_DISGUISED =
  /\d[\s.()-]{0,3}[\doоοliіsѕbz]{0,4}[oоοliіsѕbz][\doоοliіsѕbz]{0,4}[\s.()-]{0,3}\d|\d{2}(?<=\b[oоοliіsѕbz]\d{2})/iu;
const DISGUISED =
  /(?<=\d[\s.()-]{0,3}[\doоοliіsѕbz]{0,4})[oоοliіsѕbz](?=[\doоοliіsѕbz]{0,4}[\s.()-]{0,3}\d)|\b[oоοliіsѕbz](?=\d{2,})/giu;

/** Seven digits or more, whatever stands between them but letters; or with a word or two that join them. */
const RUN = /\d(?:[^\p{L}\p{N}\u0001]{0,24}\d){6,}/gu;
const JOINED =
  /(?<!\d)\d{3}\W{0,4}(?:then|and|dash|punto|luego|y|guion|guión)\W{1,4}\d{3}\W{0,4}(?:then|and|dash|punto|luego|y|guion|guión)?\W{0,4}\d{4}(?!\d)/giu;
/** 413-555-HELP, 1-800-FLOWERS, 800 CALL NOW, 555HELP. */
const VANITY = new RegExp(
  [
    `(?<![\\p{L}\\p{N}])\\(?\\d{3}\\)?[\\s.·-]*\\d{3}[\\s.·-]*[A-Za-z]{4}(?![\\p{L}])`,
    `(?<![\\p{L}\\p{N}])\\(?\\d{3}\\)?\\s?[.·-]\\s?[A-Za-z]{3}[\\s.·-]?[A-Za-z]{3,4}\\d?(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}])(?:8(?:00|33|44|55|66|77|88)|900)[\\s.·-]*(?:[A-Z]{2,7}[\\s.·-]?){1,3}(?![\\p{L}])`,
    `(?<![\\p{L}\\p{N}])555[\\s.·-]?[A-Z]{4}(?![\\p{L}])`,
  ].join("|"),
  "gu",
);
const GAP = "[\\s.-]?";
/** 988, 2-1-1 and the like, unless something is counted ("211 homes"). */
const SHORT = new RegExp(
  `(?<![\\d#-])(?:[2-9]${GAP}1${GAP}1|9${GAP}8${GAP}8|1${GAP}1${GAP}2|9${GAP}9${GAP}9)(?![\\d-]|${GAP}\\d)(?!\\s+(?:of|de)\\b)(?!\\s+(?!as\\b|does\\b|is\\b|works\\b|for\\b|para\\b|si\\b|or\\b|no\\b|es\\b|has\\b)\\p{Ll}{2,}s\\b)`,
  "gu",
);
/** *77 and #77: what some carriers take for the highway patrol. */
const STARRED = /(?<![\p{L}\d])[*#]\d{2,4}(?!\d)/gu;
/** What is to be called, texted or sent to, of three to six digits. */
const CALLED =
  /\b(?:call|dial|text|texts|sms|phone|ring|message|send|reach|use|contact|llame|llamar|marque|marcar|env[ií]e|mande|mensaje|texto|textee|escriba|comun[ií]quese|contacte)\b(?![^.!?,;\d\u0001]*\b(?:go|from|vaya|desde|up|least|most)\b)[^.!?,;\d\u0001]{0,40}?(?<![\d#-])(\d{3,6})(?![\d:%]|[-.]\d|\s+(?:characters|caracteres|minutes|minutos|miles|people|personas))/giu;

/** Digits of other scripts as 0 to 9: each script has its ten in a row. */
function plainDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    let value = 0;
    for (let code = digit.codePointAt(0)! - 1; value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code)); code -= 1)
      value += 1;
    return String(value);
  });
}

/** Three digits or more, or a star or cross before one. */
const hasDigits = (text: string) => /\p{Nd}\P{Nd}*\p{Nd}\P{Nd}*\p{Nd}|[*#]\p{Nd}/u.test(text);

/**
 * @param allowed numbers of the directory as texts give them, such as 413-555-0142 or 413-555-0142 ext. 12
 * @param codes short codes that are meant, such as 711; 911 always is
 * @returns what was found, as written, each once
 */
export function findTypedNumbers(
  text: string,
  allowed: readonly string[] = [],
  codes: readonly string[] = [],
): string[] {
  const spelled = SPELLED_AT_ALL.test(text);
  // A text with hardly a digit, and no word for one, has nothing to dial.
  if (!spelled && !hasDigits(text.normalize("NFKC"))) return [];
  const known = new Set(allowed);
  const extended = allowed.filter((number) => number.includes(" ext. "));
  const meant = new Set(["911", ...codes]);
  const dashed = plainDigits(cleanText(text)).replace(/[\u2010-\u2015\u2212]/g, "-");
  // A number with its extension is one thing; without it, or with another, it is not the directory's.
  const whole = extended.reduce(
    (rest, number) => rest.replace(new RegExp(`(?<!\\d)${number.replaceAll(".", "\\.")}(?!\\d)`, "g"), WALL),
    dashed,
  );
  let plain = whole.replace(/(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)/g, (number) => (known.has(number) ? WALL : number));
  if (MAYBE_DISGUISED.test(plain))
    plain = plain.replace(DISGUISED, (letter) => LOOK_ALIKES.get(letter.toLowerCase()) ?? letter);
  if (spelled)
    plain = plain.replace(SPELLED, (run) =>
      run.replace(ONE_WORD, (word) => DIGIT_WORDS.get(word.toLowerCase()) ?? word),
    );
  // Most texts give the directory's number, 911 and times, and nothing else of three digits: they are done here.
  if (!hasDigits(plain.replace(TIMES, WALL).replace(NINE_ONE_ONES, WALL))) return [];
  const masked = MOMENTS.reduce((text, moments) => text.replace(moments, WALL), plain.replace(ADDRESSES, WALL));
  const left = masked.replace(NINE_ONE_ONE, WALL);
  const codesIn = [...(masked.match(SHORT) ?? []), ...[...masked.matchAll(CALLED)].map((match) => match[1] ?? "")];
  const found = [
    ...(left.match(RUN) ?? []),
    ...(left.match(JOINED) ?? []),
    ...(left.match(VANITY) ?? []),
    ...(masked.match(STARRED) ?? []),
    ...codesIn.filter((code) => !meant.has(code.replace(/\D/g, ""))),
  ];
  return [...new Set(found.map((one) => one.trim()))];
}
