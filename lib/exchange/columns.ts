import { type Service, SERVICE_NAMES, SERVICES } from "../directory/schema";

/** Which column of a file is which, by the names people give them, or as a person says. */

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

/** Whether a heading calls its places towns, so that a bare name below it is not a county's. */
const holdsTowns = (heading: string) =>
  /\b(?:town|city|municipality|community)\b/.test(heading) && !/\b(?:county|counties|parish|borough)\b/.test(heading);

/** Columns that an export has for people to read, and an import passes over. */
export const FOR_READING = ["answered", "last called", "good until", "readiness", "note", "notes", "id"];

const plain = (name: string) =>
  name
    .replace(/^\uFEFF/, "")
    .replace(/[_\s]+/g, " ")
    .trim()
    .toLowerCase();

/** What a column of a file is: one of ours, a number of one service, or nothing that is read. */
export type Role = Column | `number:${Service}` | "place:town" | "place:county" | "";

/** Which column of a file is which, by their headings. */
export type ColumnMap = Readonly<Record<string, Role>>;

/** Every role with the words people see. */
export const ROLES: readonly { role: Role; label: string }[] = [
  { role: "", label: "Not read" },
  { role: "place", label: "Place of any kind" },
  { role: "place:town", label: "City or town" },
  { role: "place:county", label: "County as the place" },
  { role: "code", label: "Census GEOID" },
  { role: "county", label: "County the place lies in" },
  { role: "state", label: "State" },
  { role: "number", label: "Number" },
  ...SERVICE_NAMES.map((service) => ({
    role: `number:${service}` as const,
    label: `Number: ${SERVICES[service].toLowerCase()}`,
  })),
  { role: "service", label: "What the number is for" },
  { role: "extension", label: "Extension" },
  { role: "desk", label: "Who answers" },
  { role: "hours", label: "Hours" },
  { role: "lines", label: "Number of lines" },
  { role: "languages", label: "Languages" },
  { role: "takesTexts", label: "Takes texts" },
  { role: "sharedWith911", label: "On the 911 network" },
  { role: "owner", label: "Agency in Callbox" },
  { role: "preference", label: "Order" },
  { role: "status", label: "Status" },
  { role: "reason", label: "How we know that it is right" },
  { role: "entry", label: "Entry of the directory" },
];
const ROLE_NAMES = new Set(ROLES.map(({ role }) => role));
export const isRole = (text: string): text is Role => (ROLE_NAMES as ReadonlySet<string>).has(text);

export interface Header {
  /** Position of each column that was recognized, but for numbers. */
  places: ReadonlyMap<Column, number>;
  /** Columns with numbers, and what those are for; null where another column or nothing says. */
  numbers: readonly { index: number; service: Service | null }[];
  /** Names that were not, for people to see. */
  unknown: string[];
  /** Whether the file calls its places towns. */
  towns: boolean;
  /** Whether it calls them counties. */
  counties: boolean;
}

/** What a heading is by the names people give columns. */
function roleOf(heading: string): Role {
  const name = plain(heading);
  return (Object.keys(COLUMNS) as Column[]).find((key) => (COLUMNS[key] as readonly string[]).includes(name)) ?? "";
}

/**
 * The columns of a row, if it is a header: a number, and a place by name or code.
 * @param map what a person said of the columns; headings it does not name are not read
 */
export function readHeader(cells: readonly string[], map?: ColumnMap): Header | undefined {
  const places = new Map<Column, number>();
  const numbers: { index: number; service: Service | null }[] = [];
  const unknown: string[] = [];
  let towns = false;
  let counties = false;
  const said = map && new Map(Object.entries(map).map(([heading, role]) => [plain(heading), role]));
  cells.forEach((cell, index) => {
    const name = plain(cell);
    const role = said ? (said.get(name) ?? "") : roleOf(cell);
    const [column, detail] = role.split(":") as [Column | "", string | undefined];
    if (column === "number" && (detail !== undefined || numbers.length === 0)) {
      numbers.push({ index, service: (detail as Service | undefined) ?? null });
    } else if (column !== "" && column !== "number" && !places.has(column)) {
      places.set(column, index);
      if (column === "place") {
        // Whoever says that a column has places of any kind means it, whatever its heading.
        counties = detail === "county";
        towns = said ? detail === "town" : holdsTowns(name);
      }
    } else if (name !== "" && !FOR_READING.includes(name)) unknown.push(cell.trim().slice(0, 60));
  });
  const found = numbers.length > 0 && (places.has("place") || places.has("code"));
  return found ? { places, numbers, unknown, towns, counties } : undefined;
}

/**
 * "Agency" is Callbox's own agency in an export, and whoever answers in a list
 * of anybody else: its values tell which.
 */
export function settleAgency(
  header: Header,
  heading: string,
  value: string,
  agencies: ReadonlyMap<string, string>,
): Header {
  const index = header.places.get("owner");
  if (index === undefined || plain(heading) !== "agency" || agencies.has(value.trim().toLowerCase())) return header;
  const places = new Map(header.places);
  places.delete("owner");
  const unknown = places.has("desk") ? [...header.unknown, heading.trim()] : header.unknown;
  if (!places.has("desk")) places.set("desk", index);
  return { ...header, places, unknown };
}

/** Ten digits, as people write a phone number. */
const isNumber = (text: string) => text.replace(/\D/g, "").replace(/^1(?=\d{10})/, "").length >= 10;

/** Words in a heading, and what a column of that name most likely is. The first that fits. */
const GUESSES: readonly [pattern: RegExp, role: Role, numbers: boolean][] = [
  [/\b(?:fax|alt(?:ernate)?|secondary|backup|cell|mobile)\b/, "", true],
  [/non-? ?emergency|business|admin/, "number:non-emergency", true],
  [/\bpoison/, "number:poison-control", true],
  [/^(?:police|pd|sheriff|law)\b/, "number:police", true],
  [/^fire\b/, "number:fire", true],
  [/^(?:ems|ambulance|medical)\b/, "number:ambulance", true],
  [/phone|telephone|10-?digit|ten-?digit|\bline\b|\bnumber\b|dispatch/, "number", true],
  [/\b(?:municipality|town|city|place|community|jurisdiction)\b/, "place", false],
  [/\bcounty\b/, "county", false],
  [/\bstate\b/, "state", false],
  [/geoid|fips/, "code", false],
  [/agency|psap name|center|desk|contact|answer/, "desk", false],
  [/hours/, "hours", false],
];

export interface FileColumn {
  name: string;
  /** Its first values. */
  samples: string[];
  /** A guess, or what this agency said of a column of that name before. */
  role: Role;
}

/**
 * The columns of a file as a person is asked about them.
 * @param rows the first rows of the file, the heading among them
 * @param saved what the agency said of columns before
 * @param agencies of this site, by code and by name, in small letters
 */
export function describeColumns(
  rows: readonly (readonly string[])[],
  saved: ColumnMap = {},
  agencies: ReadonlySet<string> = new Set(),
): FileColumn[] {
  const known = rows.findIndex((cells) => readHeader(cells) !== undefined);
  const at = known >= 0 ? known : rows.findIndex((cells) => cells.filter((cell) => cell.trim() !== "").length > 1);
  const heading = rows[at] ?? [];
  const values = rows.slice(at + 1);
  const before = new Map(Object.entries(saved).map(([name, role]) => [plain(name), role]));
  const columns = heading.map((name, index): FileColumn => {
    const samples = values
      .map((cells) => (cells[index] ?? "").trim())
      .filter(Boolean)
      .slice(0, 3);
    const numeric = samples.length > 0 && samples.every(isNumber);
    const guess = GUESSES.find(([pattern, , numbers]) => numbers === numeric && pattern.test(plain(name)))?.[1] ?? "";
    // A list of anybody else calls whoever answers the agency.
    const foreign = plain(name) === "agency" && !samples.some((value) => agencies.has(value.toLowerCase()));
    const own = foreign ? "desk" : roleOf(name) || guess;
    const role = own === "place" && holdsTowns(plain(name)) ? "place:town" : own;
    return { name: name.trim(), samples, role: before.get(plain(name)) ?? role };
  });
  // A county is the place where no other column names one.
  const county = columns.find(({ role }) => role === "county");
  if (county && !columns.some(({ role }) => role.startsWith("place") || role === "code")) county.role = "place:county";
  return columns.filter(({ name }) => name !== "");
}
