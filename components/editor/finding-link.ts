/** Where in the directory a finding is put right, since no text of the alert can. Pure. */

export interface FindingLink {
  label: string;
  href: string;
}

/** Rules about what the directory says of a place: which number is given, and what speaks against it. */
const ABOUT_NUMBERS: ReadonlySet<string> = new Set(["DIR-003", "DIR-004", "DIR-007", "DIR-008", "DIR-009", "DIR-010"]);

/**
 * @param placeId of a city, town or county that can be alerted; undefined where the finding is about a message for several
 * @returns null where the finding is put right in the alert
 */
export function linkOf(rule: string, placeId: string | undefined): FindingLink | null {
  if (rule === "DIR-005") return { label: "Open the conflict", href: "/directory/conflicts" };
  if (placeId === undefined || !ABOUT_NUMBERS.has(rule)) return null;
  return { label: "Open its numbers", href: `/directory/${placeId}` };
}
