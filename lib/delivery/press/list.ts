import type { PressRow, PressSheet, PressText } from "./schema";

/** The list of all places of an alert, as people copy it. Pure. */

const lineOf = (row: PressRow, language: string) =>
  `${row.place}: ${row.numbers.join(", ") || (row.instead[language] ?? "")}`;

/** Every place with its number or what stands in its place, one a line. */
export const listLines = ({ rows }: Pick<PressSheet, "rows">, { language }: Pick<PressText, "language">): string[] =>
  rows.map((row) => lineOf(row, language));

/** What stands before numbers on lines of their own. */
export const leadOf = (call: string): string => (/[:：]$/.test(call) ? call : `${call}:`);

/**
 * What stands above and below the lines wherever they are read: that it is an exercise or a demonstration, what
 * fails, when the numbers are for, until when, and who says so.
 */
export function frameList(text: PressText): { above: string[]; below: string[] } {
  const { mode, notice, headline, call, validUntil, sender } = text;
  const isLine = (line: string | null): line is string => line !== null && line !== "";
  return {
    above: [mode, notice, headline, call === null ? null : leadOf(call)].filter(isLine),
    below: [validUntil, sender].filter(isLine),
  };
}

/** The whole list, as it is copied. */
export function writeList(sheet: Pick<PressSheet, "rows">, text: PressText): string {
  const { above, below } = frameList(text);
  return [above.join("\n"), listLines(sheet, text).join("\n"), below.join("\n")].join("\n\n");
}
