/**
 * The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038
 * sections 6.2.1 and 6.2.1.1, and how many pages a text takes.
 */

/** By code, 0x00 to 0x7F; 0x1B is the escape to the extension table. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION: ReadonlyMap<string, number> = new Map(
  Object.entries({
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
  }),
);
export const ESCAPE = 0x1b;

const basicCodes = new Map([...BASIC].map((character, code) => [character, code]));
basicCodes.delete("\u001b");
const extensionCharacters = new Map([...EXTENSION].map(([character, code]) => [code, character]));

/** Octets of a page (CB-001), and what fits in. */
export const PAGE = { octets: 82, septets: 93, ucs2: 41, most: 15 } as const;

/** The septets of a text, or undefined when a character is outside the alphabet. An extension character takes two. */
export function toSeptets(text: string): number[] | undefined {
  const septets: number[] = [];
  for (const character of text) {
    const code = basicCodes.get(character);
    const extended = EXTENSION.get(character);
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
const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/** A character as the alphabet can write it, or undefined when there is no plain form: á becomes a. */
export function plainForm(character: string): string | undefined {
  const known = PLAIN.get(character);
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

/** Counts pages of so many units, into each of which only whole characters go. */
class PageCount {
  private filled = 0;
  pages = 1;

  constructor(private readonly size: number) {}

  add(units: number): void {
    if (this.filled + units > this.size) {
      this.pages += 1;
      this.filled = 0;
    }
    this.filled += units;
  }
}

function readCoding(text: string): Coding {
  // An escape never stands apart from what it escapes, nor half of a pair of surrogates from the other.
  const septets = new PageCount(PAGE.septets);
  const units = new PageCount(PAGE.ucs2);
  let forced: Set<string> | undefined;
  for (const character of text) {
    units.add(character.length);
    if (basicCodes.has(character)) septets.add(1);
    else if (EXTENSION.has(character)) septets.add(2);
    else (forced ??= new Set()).add(character);
  }
  const characters = text.length;
  return forced === undefined
    ? { alphabet: "GSM-7", characters, pages: septets.pages, forcedBy: [] }
    : { alphabet: "UCS-2", characters, pages: units.pages, forcedBy: [...forced] };
}

/** A text with every character outside the alphabet in its plain form, where it has one. */
export function writePlain(text: string): string {
  return [...text]
    .map((character) =>
      basicCodes.has(character) || EXTENSION.has(character) ? character : (plainForm(character) ?? character),
    )
    .join("");
}
