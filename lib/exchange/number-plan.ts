import {
  DESK_LANGUAGES,
  LEAST_REASON,
  type Dialed,
  type Service,
  SERVICES,
  STATUSES,
  formatNumber,
  saysNoHours,
} from "../directory/schema";
import { readNumber } from "../directory/phone-number";
import { findTypedNumbers } from "../directory/typed-numbers";
import { cleanText, findForbidden } from "../platform/clean-text";
import { type Column, type Header } from "./columns";
import type { CsvRow } from "./csv-file";
import { formatPlace } from "../places/county-kinds";
import type { IndexedPlace, PlaceIndex } from "../places/place-index";

/**
 * From the rows of a file to the result of every entry, before anything is
 * written: new, changed, the same, or refused and why. Pure; the database is
 * asked by lib/exchange/mutations.ts, batch by batch.
 */

export type RowResult = "new" | "changed" | "unchanged" | "rejected";

/** What a row says about a number. Missing: the file does not say. */
export interface Given {
  desk?: string;
  hours?: string;
  lines?: number;
  languages?: string[];
  takesTexts?: boolean;
  sharedWith911?: boolean;
  ownerId?: string;
  preference?: number;
  status?: string;
}

interface RowEntry {
  line: number;
  subject: string;
}

/** What cannot be taken, and why. */
export interface RefusedEntry extends RowEntry {
  why: string;
}

export interface ReadEntry extends RowEntry, Dialed {
  place: IndexedPlace;
  service: Service;
  said: Given;
  /** The entry of the directory the row came from, where an export named it. */
  entryId: string;
  /** Whether the row says that the number is to be taken out of use. */
  retire: boolean;
}

export type Entry = RefusedEntry | ReadEntry;

export interface PlanContext {
  index: PlaceIndex;
  /** Postal codes of the states of whoever imports: a name without a state is one of theirs. */
  home: readonly string[];
  demonstration: boolean;
  /** Agencies by code and by name, in small letters. */
  agencies: ReadonlyMap<string, string>;
  /** Whether the person may change numbers of this place. */
  mayEdit: (placeId: string) => boolean;
}

/**
 * Services as agencies name them, plainly. What may be several (public safety,
 * rescue) or none of ours (a hospital, the Coast Guard) is not here: it is asked.
 */
const SERVICE_WORDS: ReadonlyMap<string, Service> = new Map(Object.entries({
  dispatch: "dispatch", "911": "dispatch", psap: "dispatch", emergency: "dispatch", all: "dispatch",
  "police dispatch": "dispatch", "regional dispatch": "dispatch", "county dispatch": "dispatch",
  "911 dispatch": "dispatch", "dispatch center": "dispatch", "911 center": "dispatch", "e911 center": "dispatch",
  e911: "dispatch", "primary psap": "dispatch", "secondary psap": "dispatch", communications: "dispatch",
  "communications center": "dispatch", "emergency communications": "dispatch",
  "emergency communications center": "dispatch", ecc: "dispatch",
  police: "police", pd: "police", "police department": "police", "state police": "police", "tribal police": "police",
  "campus police": "police", sheriff: "police", sheriffs: "police", "sheriffs office": "police",
  "sheriffs department": "police", "county sheriff": "police", so: "police", marshal: "police", constable: "police",
  fire: "fire", fd: "fire", "fire department": "fire", "fire ems": "fire", "fire and ems": "fire",
  "fire rescue": "fire", "fire and rescue": "fire",
  ambulance: "ambulance", ems: "ambulance", medical: "ambulance",
  "poison control": "poison-control", poison: "poison-control",
  "non emergency": "non-emergency", nonemergency: "non-emergency", business: "non-emergency",
  admin: "non-emergency", administrative: "non-emergency", administration: "non-emergency",
})); // prettier-ignore

/** "Sheriff's Dept.", "Fire/EMS", "E-911", in small letters, as the words above have them. */
const plainService = (written: string) =>
  written
    .replace(/['’.]/g, "")
    .replace(/\be-911\b/g, "e911")
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/\bdept\b/g, "department")
    .replace(/\bsheriff (?=office|department)/g, "sheriffs ")
    .trim();

const LANGUAGE_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(DESK_LANGUAGES).flatMap(([code, name]) => [
    [code, code],
    [name.toLowerCase(), code],
  ]),
);

/** What a column of states says of a number that is to be taken out of use. */
const RETIRED = new Set(["retired", "retire", "remove", "removed", "delete", "deleted", "disconnected", "do not use"]);
const YES = new Set(["yes", "y", "true", "1", "x", "works"]);
const NO = new Set(["no", "n", "false", "0", "-"]);

/** A cell without Excel's ="…" and leading apostrophe. A formula stays, to be refused. */
const tidy = (cell: string | undefined) =>
  cleanText(cell ?? "")
    .replace(/^="(.*)"$/, "$1")
    .replace(/^'/, "")
    .replace(/\s+/g, " ")
    .trim();

const isFormula = (cell: string) => /^[=@]/.test(cell) || /^[+-].*[A-Za-z]+\(/.test(cell);

/** Takes note of what is wrong with a row; all of it is said at once. */
type Fault = (why: string) => void;
type Cell = (column: Column) => string;

function readText(column: "desk" | "hours", text: string, fault: Fault): void {
  if (isFormula(text)) fault(`${column} holds a formula, not a text.`);
  if (text.length > 100) fault(`${column} has more than 100 characters.`);
  if (findTypedNumbers(text).length > 0) fault(`${column} holds a phone number, “${text.slice(0, 100)}”.`);
  if (column === "hours" && saysNoHours(text))
    fault(`The hours say “${text}”. Leave the row out, or say when someone answers.`);
}

/** A whole number within limits, or undefined. */
function readCount(text: string, what: string, least: number, most: number, fault: Fault): number | undefined {
  if (text === "") return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  fault(`${what} “${text.slice(0, 20)}” is not a whole number from ${least} to ${most}.`);
  return undefined;
}

function readYesOrNo(text: string, fault: Fault): boolean | undefined {
  const small = text.toLowerCase();
  if (small === "") return undefined;
  if (!YES.has(small) && !NO.has(small)) fault(`“${text.slice(0, 20)}” is neither yes nor no.`);
  return YES.has(small);
}

function readLanguages(text: string, fault: Fault): string[] | undefined {
  if (text === "") return undefined;
  return text.split(/[,;/]|\band\b/).flatMap((word) => {
    const code = LANGUAGE_WORDS.get(word.trim().toLowerCase());
    if (!code) fault(`The language “${word.trim().slice(0, 30)}” is not known here.`);
    return code ?? [];
  });
}

function readStatus(text: string, fault: Fault): string | undefined {
  if (text === "" || RETIRED.has(text)) return undefined;
  const found = Object.entries(STATUSES).find(([key, words]) => key === text || words === text)?.[0];
  if (!found) fault(`The status “${text.slice(0, 30)}” is not in service, overloaded, down or retired.`);
  return found;
}

function readOwner(text: string, context: PlanContext, fault: Fault): string | undefined {
  if (text === "") return undefined;
  const ownerId = context.agencies.get(text.toLowerCase());
  if (!ownerId) fault(`There is no agency “${text.slice(0, 60)}” here.`);
  return ownerId;
}

/** What a row says of its number; what it does not say is missing. */
function readGiven(cell: Cell, context: PlanContext, fault: Fault): Given {
  readText("desk", cell("desk"), fault);
  readText("hours", cell("hours"), fault);
  const said = {
    desk: cell("desk") || undefined,
    hours: cell("hours") || undefined,
    lines: readCount(cell("lines"), "The number of lines", 1, 999, fault),
    preference: readCount(cell("preference"), "The order", 1, 50, fault),
    takesTexts: readYesOrNo(cell("takesTexts"), fault),
    sharedWith911: readYesOrNo(cell("sharedWith911"), fault),
    languages: readLanguages(cell("languages"), fault),
    ownerId: readOwner(cell("owner"), context, fault),
    status: readStatus(cell("status").toLowerCase(), fault),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Given;
}

/** The numbers of a cell: people write several with a slash, a semicolon, a comma, "or", or a line break. */
export function splitNumbers(cell: string): string[] {
  const parts = cell
    // "575/555-0208" is one number; a slash between two has ten digits before it.
    .replace(/(?<!\d|\d[-. ])\(?(\d{3})\)?\s*\/\s*(?=\d{3}[-. ]?\d{4}(?!\d))/g, "$1-")
    .split(/\s*(?:[/;,\n]|\bor\b|\band\b|&)\s*/i)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  // "617-555-0142, x45", "…;ext=45" and "…,,45" are one number with an extension; "…, 911" is not.
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const marked = /^(?:x|ext|extension|#)/i.test(part);
    const bare = /^\d{1,6}$/.test(part) && !/^(?:\d11|988)$/.test(part);
    if (before !== undefined && (marked || (bare && before.replace(/\D/g, "").length >= 10))) {
      joined.pop();
      joined.push(`${before} ${bare ? `x${part}` : part.replace(/^ext=/i, "x")}`);
    } else joined.push(part);
  }
  return joined;
}

/** The entries of one row: one for each number in it. A row that cannot be read is one refused entry. */
export function readRow(row: CsvRow, header: Header, context: PlanContext): Entry[] {
  const filled = header.numbers.filter(({ index }) => (row.cells[index] ?? "").trim() !== "");
  // A row of several columns with numbers has an entry for each that is not empty.
  const columns = filled.length > 0 ? filled : header.numbers.slice(0, 1);
  return columns.flatMap((column) => readCells(row, header, column, context));
}

/** A place or a number that was copied with the marks around it that turn the reading direction; one that turns digits around is refused. */
const COPIED = /^[\u202a-\u202d\u2066-\u2069]+|[\u202c\u2066-\u2069]+$/g;
const MAY_BE_COPIED: readonly Column[] = ["place", "code", "county", "state", "number", "extension"];

function readService(word: string, column: Header["numbers"][number], fault: Fault): Service | undefined {
  const service = column.service ?? (word === "" ? "dispatch" : SERVICE_WORDS.get(plainService(word)));
  if (!service) fault(`The service “${word.slice(0, 40)}” is not known: ${Object.keys(SERVICES).join(", ")}.`);
  return service;
}

/** The numbers of a row as they are written, each with its extension. */
function readNumbers(raw: string, extension: string, fault: Fault): string[] {
  const written = cleanText(raw)
    .replace(/^="(.*)"$/s, "$1")
    .replace(/^'/, "");
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(written.trim())) {
    fault(`Excel has rounded the number to ${written.trim()}. Format the column as text and enter it again.`);
    return [];
  }
  const texts = isFormula(written.trim()) ? [written.trim()] : splitNumbers(written);
  if (texts.length === 0) fault("The row has no number.");
  if (extension === "") return texts;
  if (texts.length > 1) {
    fault(`The row has ${texts.length} numbers and one extension. Write each number with its own extension.`);
    return texts;
  }
  return texts.map((text) => `${text} x${extension}`);
}

function readPlace(
  cell: Cell,
  { towns, counties }: Header,
  context: PlanContext,
  fault: Fault,
): IndexedPlace | undefined {
  const found = context.index.find({
    name: cell("place"),
    code: cell("code"),
    county: cell("county"),
    state: cell("state"),
    towns,
    counties,
    home: context.home,
  });
  if ("why" in found) fault(found.why);
  else if (!context.mayEdit(found.place.id)) fault(`${found.place.name} is not in your agency's area.`);
  return "why" in found ? undefined : found.place;
}

function readCells(
  { line, cells }: CsvRow,
  header: Header,
  column: Header["numbers"][number],
  context: PlanContext,
): Entry[] {
  const indexOf = (name: Column) => (name === "number" ? column.index : header.places.get(name));
  const copied = new Set(MAY_BE_COPIED.map(indexOf));
  const clean = cells.map((text, index) => (copied.has(index) ? text.trim().replace(COPIED, "") : text));
  const raw = (name: Column) => {
    const at = indexOf(name);
    const text = at === undefined ? "" : (clean[at] ?? "");
    return MAY_BE_COPIED.includes(name) ? text : text.trim();
  };
  const cell = (name: Column) => tidy(raw(name));
  const faults: string[] = [];
  const fault: Fault = (why) => faults.push(why);
  const forbidden = clean.map(findForbidden).find((problem) => problem !== null);
  if (forbidden) fault(forbidden);
  for (const name of ["place", "code", "service"] as const) {
    if (isFormula(cell(name))) fault(`${name} holds a formula, not a text.`);
  }
  const place = readPlace(cell, header, context, fault);
  const service = readService(cell("service").toLowerCase(), column, fault);
  const said = readGiven(cell, context, fault);
  const extension = cell("extension").replace(/^(?:x|ext(?:ension)?\.?|#)\s*/i, "");
  const texts = readNumbers(raw("number"), extension, fault);
  const sure = cell("reason").length >= LEAST_REASON;
  const numbers = texts.map((text) => {
    const read = readNumber(text, { demonstration: context.demonstration, sure });
    const how = !read.ok && read.unknown ? " To take it, say in a column “reason” how you know that it is right." : "";
    return { text, read, why: read.ok ? "" : `${read.why}${how}` };
  });
  if (faults.length > 0 || !place || !service) {
    const subject = [cell("place") || cell("code"), cell("number")].filter(Boolean).join(", ").slice(0, 120);
    return [{ line, subject, why: [...faults, ...numbers.map(({ why }) => why)].filter(Boolean).join(" ") }];
  }
  return numbers.map(({ text, read, why }, position): Entry => {
    const subject = `${formatPlace(place)}, ${read.ok ? formatNumber(read) : text.slice(0, 40)}`;
    if (!read.ok) return { line, subject, why };
    const preference = said.preference === undefined ? undefined : said.preference + position;
    return {
      line,
      subject,
      place,
      service,
      e164: read.e164,
      extension: read.extension,
      said: preference === undefined ? said : { ...said, preference },
      // Of several numbers in one cell none can be told to be the entry's.
      entryId: texts.length === 1 ? cell("entry") : "",
      retire: RETIRED.has(cell("status").toLowerCase()),
    };
  });
}

/** One number, whoever lists it. */
export const keyOf = (entry: { placeId: string; service: string; e164: string; extension: string }) =>
  `${entry.placeId} ${entry.service} ${entry.e164} ${entry.extension}`;

/** An entry that a file takes out of use. */
export interface Retired {
  id: string;
  version: number;
  e164: string;
  extension: string;
}

/** What the directory has of the place and service of an entry. */
export interface There {
  /** The same number. */
  same: (Existing & Retired) | undefined;
  /** The entry that the row names by its key, with other digits. */
  replaced: Retired | undefined;
  /** Numbers of this place and service that the file does not list. */
  unlisted: readonly Retired[];
}

export interface Existing extends Required<Omit<Given, "ownerId">> {
  id: string;
  version: number;
  ownerId: string | null;
}

export interface RowPlan {
  result: RowResult;
  /** The entry that is taken out of use: this one, or the one it replaces. */
  retires?: Retired;
  why: string;
  /** Fields that would change, with what is there now. */
  changes: Partial<Record<keyof Given, unknown>>;
}

const FIELD_WORDS: Record<keyof Given, string> = {
  desk: "who answers",
  hours: "hours",
  lines: "lines",
  languages: "languages",
  takesTexts: "takes texts",
  sharedWith911: "same network as 911",
  ownerId: "agency",
  preference: "order",
  status: "status",
};

/**
 * What becomes of an entry that can be read.
 * @param seen lines of the file by key, to find a number that stands twice
 */
export function planRow(entry: Entry, there: There, seen: Map<string, number>): RowPlan {
  const { same: existing, replaced, unlisted } = there;
  if ("why" in entry) return { result: "rejected", why: entry.why, changes: {} };
  const key = keyOf({ ...entry, placeId: entry.place.id });
  const before = seen.get(key);
  if (before !== undefined)
    return { result: "rejected", why: `It stands twice: line ${before} has it too.`, changes: {} };
  seen.set(key, entry.line);
  if (entry.retire) {
    return existing
      ? { result: "changed", why: "Takes it out of use.", changes: { status: existing.status }, retires: existing }
      : { result: "rejected", why: "It is to be taken out of use, and is not in the directory.", changes: {} };
  }
  if (!existing && replaced) {
    const why = `Replaces ${formatNumber(replaced)}, which is taken out of use. Not verified until a test call.`;
    return { result: "new", why, changes: {}, retires: replaced };
  }
  if (!existing) {
    const others = unlisted.slice(0, 3).map(formatNumber).join(", ");
    const beside =
      others === ""
        ? ""
        : ` The directory has ${others} for it, which this file does not list: retire it if this is the right one.`;
    return { result: "new", why: `Not verified until a test call.${beside}`, changes: {} };
  }
  const changes: RowPlan["changes"] = {};
  for (const field of Object.keys(entry.said) as (keyof Given)[]) {
    if (JSON.stringify(entry.said[field]) !== JSON.stringify(existing[field])) changes[field] = existing[field];
  }
  const fields = (Object.keys(changes) as (keyof Given)[]).map((field) => FIELD_WORDS[field]);
  return fields.length === 0
    ? { result: "unchanged", why: "", changes }
    : { result: "changed", why: `Changes ${fields.join(", ")}.`, changes };
}
