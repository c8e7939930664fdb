/**
 * The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038
 * sections 6.2.1 and 6.2.1.1, and how many pages a text takes.
 */

/** By code, 0x00 to 0x7F; 0x1B is the escape to the extension table. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: Readonly<Record<string, number>> = {
  "\f": 0x0a,
  "^": 0x14,
  "{": 0x28,
  "}": 0x29,
  "\\": 0x2f,
  "[": 0x3c,
  "~": 0x3d,
  "]": 0x3e,
  "|": 0x40,
  "€": 0x65,
};
export const ESCAPE = 0x1b;

const basicCodes = new Map([...BASIC].map((character, code) => [character, code]));
basicCodes.delete("\u001b");
const extensionCodes = new Map(Object.entries(EXTENSION));
const extensionCharacters = new Map(Object.entries(EXTENSION).map(([character, code]) => [code, character]));

/** Octets of a page (CB-001), and what fits in. */
export const PAGE = { octets: 82, septets: 93, ucs2: 41, most: 15 } as const;

/** The septets of a text, or undefined when a character is outside the alphabet. An extension character takes two. */
export function toSeptets(text: string): number[] | undefined {
  const septets: number[] = [];
  for (const character of text) {
    const code = basicCodes.get(character);
    const extended = extensionCodes.get(character);
    if (code !== undefined) septets.push(code);
    else if (extended !== undefined) septets.push(ESCAPE, extended);
    else return undefined;
  }
  return septets;
}

/** The text of septets. An escape that leads nowhere becomes a space, as TS 23.038 asks of receivers. */
export function fromSeptets(septets: readonly number[]): string {
  let text = "";
  for (let at = 0; at < septets.length; at += 1) {
    if (septets[at] !== ESCAPE) text += BASIC[septets[at]!] ?? " ";
    else {
      at += 1;
      text += extensionCharacters.get(septets[at] ?? -1) ?? " ";
    }
  }
  return text;
}

/** Characters outside the alphabet that people type, and how each is written inside it. */
const PLAIN: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "‑": "-",
  "…": "...",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
  "•": "-",
  "´": "'",
  "`": "'",
  "×": "x",
  ª: "a",
  º: "o",
};

/** A character as the alphabet can write it, or undefined when there is no plain form: á becomes a. */
export function plainForm(character: string): string | undefined {
  const known = PLAIN[character];
  if (known !== undefined) return known;
  const base = character.normalize("NFD").replace(/\p{M}/gu, "");
  return base !== character && base !== "" && toSeptets(base) !== undefined ? base : undefined;
}

export interface Coding {
  alphabet: "GSM-7" | "UCS-2";
  /** Characters as the counters of WEA count them. */
  characters: number;
  /** Pages of 82 octets: 93 GSM-7 septets or 41 UCS-2 characters each (CB-001). */
  pages: number;
  /** The characters outside the GSM-7 set that force UCS-2, each once. */
  forcedBy: string[];
}

let last: { text: string; coding: Coding } | undefined;

/** How a cell-broadcast message would carry this text. Several rules ask about one text, one after the other. */
export function codeText(text: string): Coding {
  if (last?.text !== text) last = { text, coding: readCoding(text) };
  return last.coding;
}

function readCoding(text: string): Coding {
  let septets = 0;
  let forced: Set<string> | undefined;
  for (const character of text) {
    if (basicCodes.has(character)) septets += 1;
    else if (extensionCodes.has(character)) septets += 2;
    else (forced ??= new Set()).add(character);
  }
  const characters = text.length;
  return forced === undefined
    ? { alphabet: "GSM-7", characters, pages: countPages(septets, PAGE.septets), forcedBy: [] }
    : { alphabet: "UCS-2", characters, pages: countPages(characters, PAGE.ucs2), forcedBy: [...forced] };
}

const countPages = (units: number, page: number) => Math.max(1, Math.ceil(units / page));

/** A text with every character outside the alphabet in its plain form, where it has one. */
export function writePlain(text: string): string {
  return [...text]
    .map((character) =>
      basicCodes.has(character) || extensionCodes.has(character) ? character : (plainForm(character) ?? character),
    )
    .join("");
}
