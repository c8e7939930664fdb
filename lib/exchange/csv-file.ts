import { parse } from "csv-parse";

/**
 * A file of rows as people really have it: from Excel with a byte order mark,
 * with semicolons or tabs, any line ends, quotes, an old code page. Whatever it
 * is, it is read row by row or refused in words.
 */

export const CSV_LIMITS = {
  /** Bytes of a file. A million short rows are more. */
  bytes: 32 * 1024 * 1024,
  /** Bytes of one row. */
  record: 64 * 1024,
  rows: 200_000,
  columns: 500,
} as const;

/** The file as a whole cannot be read. The message is for people. */
export class FileRefused extends Error {}

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, index) => bytes[index] === byte);

function refuseOtherKinds(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new FileRefused("The file is empty.");
  if (startsWith(bytes, 0x50, 0x4b)) {
    throw new FileRefused("It is an Excel workbook or another packed file. In Excel choose “Save as”, then CSV.");
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileRefused("It is an old Excel workbook. In Excel choose “Save as”, then CSV.");
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new FileRefused("It is a PDF, not a file of rows.");
  if (startsWith(bytes, 0x1f, 0x8b)) throw new FileRefused("It is a packed file. Unpack it first.");
}

/** Code points of windows-1252 from 0x80 to 0x9f, which Node's own decoder leaves as control characters. */
const WINDOWS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** What Excel in the United States writes when it does not write UTF-8. */
function decodeWindows(bytes: Uint8Array): string {
  let text = "";
  // Read in the browser as well, which knows no Buffer; a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text.replace(/[\u0080-\u009f]/g, (character) => WINDOWS[character.charCodeAt(0) - 0x80]!);
}

/** The text of a file, whatever its code page. */
export function decodeFile(bytes: Uint8Array): string {
  refuseOtherKinds(bytes);
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder("utf-16le").decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) throw new FileRefused("It holds the character NUL, so it is no text file.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows(bytes);
  }
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The separator of a line: the one that stands most often outside quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** A row of separators alone costs a cell for each; no list of numbers has so many columns. */
function refuseTooWide(text: string, delimiter: string): void {
  const wanted = delimiter.charCodeAt(0);
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) count = 0;
    else if (code === wanted) {
      count += 1;
      if (count > CSV_LIMITS.columns) throw new FileRefused(`A row has more than ${CSV_LIMITS.columns} columns.`);
    }
  }
}

export interface CsvRow {
  /** Line of the file on which the row ends, from 1. */
  line: number;
  cells: string[];
}

const ERRORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CSV_QUOTE_NOT_CLOSED: "A quotation mark opens and never closes",
    CSV_MAX_RECORD_SIZE: "A row is longer than 64 KB",
    CSV_INVALID_CLOSING_QUOTE: "A quotation mark stands where none belongs",
  }),
);

/**
 * Every row, in order, without keeping them.
 * @throws FileRefused when the rest cannot be read; rows before it were given out
 */
export async function* readCsv(bytes: Uint8Array): AsyncGenerator<CsvRow> {
  if (bytes.length > CSV_LIMITS.bytes) throw new FileRefused("The file is larger than 32 MB. Split it.");
  let text = decodeFile(bytes);
  const declared = /^sep=(.)\r?\n/i.exec(text);
  if (declared) text = text.slice(declared[0].length);
  const first = text.split(/\r\n|\n|\r/, 20).find((line) => line.trim() !== "") ?? "";
  const delimiter = declared?.[1] ?? delimiterOf(first);
  refuseTooWide(text, delimiter);
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: CSV_LIMITS.record,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    bom: true,
    info: true,
  });
  parser.end(text);
  let count = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      count += 1;
      if (count > CSV_LIMITS.rows) throw new FileRefused("It has more than 200,000 rows. Split it.");
      if (record.every((cell) => cell.trim() === "")) continue;
      yield { line: info.lines + (declared ? 1 : 0), cells: record };
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    const { code, lines } = error as { code?: string; lines?: number };
    const said = ERRORS.get(code ?? "") ?? "It cannot be read as rows";
    // Of a quotation mark that never closes the parser knows only where the file ends.
    throw new FileRefused(`${said}${lines && code !== "CSV_QUOTE_NOT_CLOSED" ? ` (line ${lines})` : ""}.`);
  }
}
