import { cleanText } from "../platform/clean-text";

/**
 * Finds what a person could dial in a text, however it is written, other than
 * what the directory chose. A number that somebody typed is one that nobody
 * verified (Netherlands 2019, Campbell County 2023). Pure.
 */

/** Stands where something known was; it keeps the digits around it apart. */
const WALL = "\u0001";

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: "0", oh: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9",
  cero: "0", uno: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9",
}; // prettier-ignore
const WORD = Object.keys(DIGIT_WORDS).join("|");
const SPELLED = new RegExp(`\\b(?:${WORD})(?:[\\s,.-]+(?:${WORD}|\\d+)){2,}\\b`, "gi");
const SPELLED_AT_ALL = new RegExp(`\\b(?:${WORD})\\b`, "i");
const ONE_WORD = new RegExp(`\\b(?:${WORD})\\b`, "gi");

const MONTHS =
  "january|february|march|april|may|june|july|august|september|october|november|december|" +
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre";
const CLOCK = "(?:[01]?\\d|2[0-4]):[0-5]\\d";
/** Times and days, which have digits and are no numbers to call. */
const MOMENTS = new RegExp(
  [
    `(?<!\\d)${CLOCK}(?!\\d)`,
    `(?<![\\d-])(?:[01]\\d|2[0-4])[0-5]\\d\\s*(?:-|to|a)\\s*(?:[01]\\d|2[0-4])[0-5]\\d(?![\\s.-]*\\d)`,
    `\\b(?:${MONTHS})\\s+\\d{1,2}(?:,?\\s+(?:19|20)\\d\\d)?(?!\\d)`,
    `(?<!\\d)\\d{1,2}\\s+de\\s+(?:${MONTHS})(?:\\s+de\\s+(?:19|20)\\d\\d)?(?!\\d)`,
    `(?<![\\d/])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\\d|3[01])/(?:19|20)\\d\\d(?![\\d/])`,
  ].join("|"),
  "gi",
);

/** Seven digits or more, whatever stands between them but letters. */
const RUN = /\d(?:[^\p{L}\p{N}\u0001]{0,6}\d){6,}/gu;
/** 413-555-HELP, 1-800-FLOWERS, 800 CALL NOW. */
const VANITY =
  /(?<![\p{L}\p{N}])\(?\d{3}\)?[\s.·-]*\d{3}[\s.·-]*[A-Z]{4}(?![\p{L}])|(?<![\p{L}\p{N}])\(?\d{3}\)?\s?[.·-]\s?[A-Z]{3}[\s.·-]?[A-Z]{4}(?![\p{L}])|(?<![\p{L}\p{N}])(?:8(?:00|33|44|55|66|77|88)|900)\s*[A-Z]{3,4}\s?[A-Z]{3,4}(?![\p{L}])/giu;
const COUNTED =
  "towns?|cities|city|places?|people|counties|municipalities|communities|homes|ciudades|municipios|personas|pueblos|condados|lugares|of|de|miles|minutes|minutos";
const LABELS =
  "desk|station|engine|ladder|truck|box|room|suite|floor|unit|route|exit|highway|road|district|zone|gate|hall|estaci[oó]n|ruta|caja|sala|unidad|distrito|zona|carretera|puerta|escritorio";
/** 988, 211 and the like, unless something is counted or has that name: "Station 211". */
const SHORT = new RegExp(
  `(?<![\\d#-])(?<!\\b(?:${LABELS})\\s+)(?:[2-9]11|988|112|999)(?![\\d-])(?!\\s+(?:${COUNTED})\\b)`,
  "gi",
);
/** What is to be called or texted, of three to six digits. */
const CALLED =
  /\b(?:call|dial|text|texts|sms|phone|ring|message|llame|llamar|marque|marcar|env[ií]e|mande|mensaje|texto|textee)\b[^.!?\d\u0001]{0,40}?(?<![\d#-])(\d{3,6})(?![\d:]|[-.]\d)/giu;

/** Digits of other scripts as 0 to 9: each script has its ten in a row. */
function plainDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    let value = 0;
    for (let code = digit.codePointAt(0)! - 1; value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code)); code -= 1)
      value += 1;
    return String(value);
  });
}

/**
 * @param allowed numbers of the directory as texts give them, such as 413-555-0142
 * @param codes short codes that are meant, such as 711; 911 always is
 * @returns what was found, as written, each once
 */
export function findTypedNumbers(
  text: string,
  allowed: readonly string[] = [],
  codes: readonly string[] = [],
): string[] {
  // A text with hardly a digit, and no word for one, has nothing to dial.
  if (!/\p{Nd}.*\p{Nd}.*\p{Nd}/su.test(text.normalize("NFKC")) && !SPELLED_AT_ALL.test(text)) return [];
  const known = new Set(allowed);
  const meant = new Set(["911", ...codes]);
  const plain = plainDigits(cleanText(text))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)/g, (number) => (known.has(number) ? WALL : number));
  const spelled = plain.replace(SPELLED, (run) =>
    run.replace(ONE_WORD, (word) => DIGIT_WORDS[word.toLowerCase()] ?? word),
  );
  const left = spelled.replace(MOMENTS, WALL).replace(/(?<![\d#])911(?!\d)/g, WALL);
  const found = [
    ...(left.match(RUN) ?? []),
    ...(left.match(VANITY) ?? []),
    ...(spelled.replace(MOMENTS, WALL).match(SHORT) ?? []).filter((code) => !meant.has(code)),
    ...[...spelled.replace(MOMENTS, WALL).matchAll(CALLED)]
      .map((match) => match[1] ?? "")
      .filter((code) => !meant.has(code)),
  ];
  return [...new Set(found.map((one) => one.trim()))];
}
