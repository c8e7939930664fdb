import { fail, type Rule, suggest, ensure } from "../rule";
import { codeText, ESCAPE, fromSeptets, PAGE, toSeptets } from "./gsm7";
import { describeIdentifier } from "./message-identifiers";

/**
 * Cell-broadcast messages as a cell broadcast centre sends them: the serial
 * number, the message identifier, the data coding scheme and pages of 82
 * octets, 3GPP TS 23.041 §9.4.1 and TS 23.038 §5. In hexadecimal, for looking
 * at; Callbox sends nothing to a network.
 */

/** 3GPP TS 23.041 §9.4.1.2.1: 16 bits. */
export interface SerialNumber {
  /** 0 cell, shown at once; 1 network; 2 tracking area; 3 cell. */
  scope: 0 | 1 | 2 | 3;
  /** 0 to 1023; another alert has another code. */
  code: number;
  /** 0 to 15; a changed text of the same alert has another number. */
  update: number;
}

export interface CellBroadcast {
  serial: SerialNumber;
  messageIdentifier: number;
  /** Lines end in LF: the carriage return fills short pages, so one in the text is taken for a line's end. */
  text: string;
  /** ISO 639 code of the text. */
  language: string;
}

export interface CellBroadcastPages {
  serial: number;
  messageIdentifier: number;
  /** Data coding scheme, one octet. */
  dcs: number;
  /** Each page as it goes over the air: a header of 6 octets and 82 octets of text, in hexadecimal. */
  pages: string[];
}

/** DCS of GSM-7 by language, group 0000 (CB-008); other languages say nothing, 1111. */
const GSM_LANGUAGES: readonly string[] = [
  "de",
  "en",
  "it",
  "fr",
  "es",
  "nl",
  "sv",
  "da",
  "pt",
  "fi",
  "no",
  "el",
  "tr",
  "hu",
  "pl",
];
const DCS_UNSPECIFIED = 0x0f;
/** GSM-7 with the language in front, UCS-2 with the language in front, and UCS-2 alone. */
const DCS_GSM7_PREFIXED = 0x10;
const DCS_UCS2_PREFIXED = 0x11;
const DCS_UCS2 = 0x48;

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
const range = (value: number, most: number) => Number.isInteger(value) && value >= 0 && value <= most;

/** Sixteen bits: scope 2, code 10, update 4. @throws RangeError */
export function writeSerial({ scope, code, update }: SerialNumber): number {
  if (!range(scope, 3) || !range(code, 1023) || !range(update, 15)) {
    throw new RangeError("A serial number has a scope of 0 to 3, a code of 0 to 1023 and an update of 0 to 15.");
  }
  return (scope << 14) | (code << 4) | update;
}

/** The three parts of a serial number. */
export function parseSerial(serial: number): SerialNumber {
  return { scope: ((serial >> 14) & 3) as SerialNumber["scope"], code: (serial >> 4) & 1023, update: serial & 15 };
}

/** Septets packed into octets, the first in the low bits, TS 23.038 §6.1.2.2. */
export function packSeptets(septets: readonly number[]): Uint8Array {
  const octets = new Uint8Array(Math.ceil((septets.length * 7) / 8));
  septets.forEach((septet, index) => {
    const bit = index * 7;
    const at = bit >> 3;
    const shift = bit & 7;
    octets[at] = octets[at]! | ((septet << shift) & 0xff);
    if (shift > 1) octets[at + 1] = octets[at + 1]! | (septet >> (8 - shift));
  });
  return octets;
}

/** The inverse. @param count how many septets the octets hold */
export function unpackSeptets(octets: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const bit = index * 7;
    const at = bit >> 3;
    return (((octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8)) >> (bit & 7)) & 0x7f;
  });
}

/** Cuts septets into pages, never between an escape and what it escapes. */
function splitSeptets(septets: readonly number[]): number[][] {
  const pages: number[][] = [];
  for (let at = 0; at < septets.length || pages.length === 0;) {
    let end = Math.min(at + PAGE.septets, septets.length);
    if (end < septets.length && septets[end - 1] === ESCAPE) end -= 1;
    pages.push(septets.slice(at, end));
    at = end;
  }
  return pages;
}

/** Cuts a text into pages of UCS-2, never within a pair of surrogates. */
function splitUcs2(text: string): string[] {
  const pages: string[] = [];
  for (let at = 0; at < text.length || pages.length === 0;) {
    let end = Math.min(at + PAGE.ucs2, text.length);
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1]!)) end -= 1;
    pages.push(text.slice(at, end));
    at = end;
  }
  return pages;
}

function ucs2Octets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    octets[at * 2] = unit >> 8;
    octets[at * 2 + 1] = unit & 0xff;
  }
  return octets;
}

const toHex = (octets: Uint8Array) => Array.from(octets, (octet) => hex(octet, 2)).join("");
const CARRIAGE_RETURN = 0x0d;

/** A short page is filled with carriage returns, TS 23.038 §6.1.2.3. */
function gsmPage(septets: readonly number[]): string {
  const filled = [...septets, ...Array<number>(PAGE.septets - septets.length).fill(CARRIAGE_RETURN)];
  return toHex(packSeptets(filled));
}

function ucs2Page(text: string): string {
  return toHex(ucs2Octets(text.padEnd(PAGE.ucs2, "\r")));
}

/**
 * The pages of a message.
 * @throws RangeError when the text needs more than 15 pages or a number is out of range
 */
export function writePages(message: CellBroadcast): CellBroadcastPages {
  const text = message.text.replace(/\r\n?/g, "\n");
  const septets = toSeptets(text);
  const bodies = septets ? splitSeptets(septets).map(gsmPage) : splitUcs2(text).map(ucs2Page);
  if (bodies.length > PAGE.most)
    throw new RangeError(`The text needs ${bodies.length} pages; ${PAGE.most} are the most.`);
  if (!range(message.messageIdentifier, 0xffff)) throw new RangeError("A message identifier is a number of 16 bits.");
  const known = GSM_LANGUAGES.indexOf(message.language.slice(0, 2).toLowerCase());
  const dcs = septets === undefined ? DCS_UCS2 : known === -1 ? DCS_UNSPECIFIED : known;
  const serial = writeSerial(message.serial);
  return {
    serial,
    messageIdentifier: message.messageIdentifier,
    dcs,
    pages: bodies.map(
      (body, index) =>
        hex(serial, 4) +
        hex(message.messageIdentifier, 4) +
        hex(dcs, 2) +
        hex(((index + 1) << 4) | bodies.length, 2) +
        body,
    ),
  };
}

interface PageParts {
  serial: number;
  messageIdentifier: number;
  dcs: number;
  page: number;
  of: number;
  body: Uint8Array;
}

function readPage(page: string): PageParts | undefined {
  const text = page.replace(/\s/g, "");
  if (!/^[0-9a-f]{176}$/i.test(text)) return undefined;
  const octets = Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  const [a, b, c, d, dcs, parameter] = octets as unknown as [number, number, number, number, number, number];
  return {
    serial: (a << 8) | b,
    messageIdentifier: (c << 8) | d,
    dcs,
    page: parameter >> 4,
    of: parameter & 15,
    body: octets.subarray(6),
  };
}

function decodeBody(dcs: number, body: Uint8Array): string | undefined {
  if (dcs === DCS_UCS2 || dcs === DCS_UCS2_PREFIXED) {
    const units = dcs === DCS_UCS2 ? body : body.subarray(2);
    let text = "";
    for (let at = 0; at + 1 < units.length; at += 2) text += String.fromCharCode((units[at]! << 8) | units[at + 1]!);
    return text.replace(/\r+$/, "");
  }
  if (dcs > DCS_GSM7_PREFIXED && dcs >> 4 !== 2) return undefined;
  const septets = unpackSeptets(body, PAGE.septets);
  let end = septets.length;
  while (end > 0 && septets[end - 1] === CARRIAGE_RETURN) end -= 1;
  // With a prefix, two letters of the language and a carriage return stand first.
  return fromSeptets(septets.slice(dcs === DCS_GSM7_PREFIXED ? 3 : 0, end));
}

/**
 * Reads pages in hexadecimal back, in any order.
 * @returns undefined with the reason when they are not the pages of one message
 */
export function parsePages(pages: readonly string[]): { message: CellBroadcast } | { problem: string } {
  const read = pages.map(readPage);
  const bad = read.findIndex((page) => page === undefined);
  if (bad !== -1) return { problem: `Page ${bad + 1} is not 88 octets in hexadecimal.` };
  const parts = (read as PageParts[]).sort((left, right) => left.page - right.page);
  const first = parts[0];
  if (!first) return { problem: "There is no page." };
  const belong = parts.every(
    ({ serial, messageIdentifier, dcs, of }) =>
      serial === first.serial && messageIdentifier === first.messageIdentifier && dcs === first.dcs && of === first.of,
  );
  if (!belong) return { problem: "The pages are of different messages." };
  if (parts.length !== first.of || parts.some(({ page }, index) => page !== index + 1)) {
    return { problem: `The message has ${first.of} pages; these are ${parts.map(({ page }) => page).join(", ")}.` };
  }
  const texts = parts.map(({ dcs, body }) => decodeBody(dcs, body));
  if (texts.includes(undefined)) return { problem: `The data coding scheme ${hex(first.dcs, 2)} is not read here.` };
  return {
    message: {
      serial: parseSerial(first.serial),
      messageIdentifier: first.messageIdentifier,
      text: texts.join(""),
      language: GSM_LANGUAGES[first.dcs] ?? "",
    },
  };
}

export interface BroadcastSubject extends CellBroadcast {
  /** SAME event code, where it is known. */
  event?: string;
}

/** Rules about one cell-broadcast message. */
export const CELL_BROADCAST_RULES: readonly Rule<BroadcastSubject>[] = [
  {
    id: "CB-002",
    level: "must",
    source: "3GPP TS 23.041",
    confidence: "M",
    says: "A message has at most 15 pages.",
    check: ({ text }) => {
      const { pages } = codeText(text);
      return ensure(pages <= PAGE.most, "text", `It needs ${pages} pages.`);
    },
  },
  {
    id: "CB-003",
    level: "advice",
    source: "3GPP TS 23.038",
    confidence: "C",
    says: "One character outside the GSM alphabet turns a text to UCS-2 and needs more pages. Spelling it right is better.",
    check: ({ text }) => {
      const { alphabet, forcedBy, pages } = codeText(text);
      return ensure(
        alphabet === "GSM-7",
        "text",
        `${forcedBy.join(" ")} make it ${pages} ${pages === 1 ? "page" : "pages"}.`,
      );
    },
  },
  {
    id: "CB-007",
    level: "must",
    source: "3GPP TS 23.041 §9.4.1.2.1",
    confidence: "M",
    says: "A serial number has a scope of 0 to 3, a code of 0 to 1023 and an update number of 0 to 15.",
    check: ({ serial: { scope, code, update } }) =>
      ensure(
        range(scope, 3) && range(code, 1023) && range(update, 15),
        "serial",
        "A part of it does not fit its bits.",
      ),
  },
  {
    id: "CB-008",
    level: "should",
    source: "3GPP TS 23.038 §5",
    confidence: "C",
    says: "The data coding scheme can say the language of a GSM-7 text.",
    check: ({ text, language }) =>
      codeText(text).alphabet === "UCS-2"
        ? []
        : suggest(
            GSM_LANGUAGES.includes(language.slice(0, 2).toLowerCase()),
            "language",
            `No scheme says ${language || "which language"}.`,
          ),
  },
  {
    id: "CB-009",
    level: "must",
    source: "3GPP TS 23.041 §9.4.1.2.2",
    confidence: "C",
    says: "The message identifier is one of those for warnings.",
    check: ({ messageIdentifier }) =>
      describeIdentifier(messageIdentifier) === undefined
        ? [fail("messageIdentifier", `${messageIdentifier} is not for warnings.`)]
        : [],
  },
  {
    id: "CB-010",
    level: "must",
    source: "derived from WEA-005 and CB-009",
    confidence: "S",
    says: "A 911 outage (TOE) goes out as public safety, 4396, in an additional language 4397.",
    check: ({ event, messageIdentifier }) =>
      ensure(
        event !== "TOE" || [4396, 4397, 4381, 4394].includes(messageIdentifier),
        "messageIdentifier",
        `${messageIdentifier} is ${describeIdentifier(messageIdentifier) ?? "not for warnings"}.`,
      ),
  },
];
