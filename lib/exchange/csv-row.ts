/**
 * A cell that a spreadsheet shows as it is: a leading =, +, -, @ or control
 * character would be taken for a formula, so an apostrophe stands before it.
 */
export function neutralize(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** One row as CSV (RFC 4180), neutralized. */
export function writeCsvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells
    .map((cell) => neutralize(cell === null ? "" : String(cell)))
    .map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",")}\r\n`;
}
