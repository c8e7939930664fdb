import { localToInstant } from "../standards/cap/local-time";

/** Months of the program, such as 2026-11. Pure. */

/** November 2026 */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "long", year: "numeric" }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}

/** So many months later, or earlier. */
export function stepMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The instant at which a month begins in a zone, in milliseconds since 1970. @throws on what is no month */
export function beginOfMonth(month: string, timeZone: string): number {
  const begins = localToInstant({ date: `${month}-01`, time: "00:00", which: "first" }, timeZone);
  if (begins === null) throw new Error(`${month} is no month.`);
  return begins;
}
