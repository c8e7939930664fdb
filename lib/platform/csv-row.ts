/**
 * A cell that a spreadsheet shows as it is: a leading =, +, -, @ or control
 * character would be taken for a formula, so an apostrophe stands before it.
 */
export function neutralize(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

const days = new Map<string, Intl.DateTimeFormat>();

/** The day of an instant in a zone, as 2026-11-25: the same day that pages show. */
export function writeDay(instant: Date | number | null, timeZone: string): string {
  if (instant === null) return "";
  let format = days.get(timeZone);
  if (!format) days.set(timeZone, (format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })));
  return format.format(instant);
}

/** One row as CSV (RFC 4180), neutralized. */
export function writeCsvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells
    .map((cell) => neutralize(cell === null ? "" : String(cell)))
    .map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",")}\r\n`;
}
