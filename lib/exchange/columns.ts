/** Which column of a file is which, by the names people give them. */

export const COLUMNS = {
  place: ["place", "region", "jurisdiction", "town", "city", "municipality", "community", "city or town", "city/town"],
  code: ["geoid", "code", "place code", "census geoid", "fips", "geo id", "fips code"],
  county: ["county"],
  state: ["state"],
  service: ["service", "type", "department", "purpose", "kind"],
  number: [
    "number",
    "phone",
    "telephone",
    "phone number",
    "telephone number",
    "direct number",
    "ten-digit number",
    "10-digit number",
    "ten digit number",
    "10 digit number",
    "emergency number",
    "tel",
  ],
  extension: ["extension", "ext", "ext."],
  desk: ["desk", "who answers", "answers", "contact", "desk name", "answered by"],
  hours: ["hours", "open", "staffed"],
  lines: ["lines", "number of lines"],
  languages: ["languages", "language"],
  takesTexts: ["takes texts", "texts", "text", "sms"],
  sharedWith911: ["same network as 911", "shared with 911", "runs on 911", "same system as 911"],
  owner: ["owner", "agency", "kept by", "agency code"],
  preference: ["order", "preference", "priority", "rank"],
  status: ["status", "state of the line", "in service"],
  /** How someone knows that a number is right which the numbering data here does not know. */
  reason: ["reason", "how we know", "checked with"],
  /** Names the entry of the directory an exported row came from, whatever has changed in it since. */
  entry: ["entry", "entry id", "callbox entry"],
} as const satisfies Record<string, readonly string[]>;
export type Column = keyof typeof COLUMNS;

/** Headings of a column that holds any place; under the others a bare name is a town's, not a county's. */
const ANY_PLACE = ["place", "region", "jurisdiction"];

/** Columns that an export has for people to read, and an import passes over. */
export const FOR_READING = ["answered", "last called", "good until", "readiness", "note", "notes", "id"];

const plain = (name: string) =>
  name
    .replace(/^\uFEFF/, "")
    .replace(/[_\s]+/g, " ")
    .trim()
    .toLowerCase();

export interface Header {
  /** Position of each column that was recognized. */
  places: ReadonlyMap<Column, number>;
  /** Names that were not, for people to see. */
  unknown: string[];
  /** Whether the file calls its places towns. */
  towns: boolean;
}

/** The columns of a row, if it is a header: a number, and a place by name or code. */
export function readHeader(cells: readonly string[]): Header | undefined {
  const places = new Map<Column, number>();
  const unknown: string[] = [];
  let towns = false;
  cells.forEach((cell, index) => {
    const name = plain(cell);
    const column = (Object.keys(COLUMNS) as Column[]).find((key) => (COLUMNS[key] as readonly string[]).includes(name));
    if (column && !places.has(column)) {
      places.set(column, index);
      if (column === "place") towns = !ANY_PLACE.includes(name);
    } else if (name !== "" && !FOR_READING.includes(name)) unknown.push(cell.trim().slice(0, 60));
  });
  return places.has("number") && (places.has("place") || places.has("code")) ? { places, unknown, towns } : undefined;
}
