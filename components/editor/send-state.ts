import { type FindingGroup, isBlocking } from "../../lib/alerts/findings";
import { formatPlaces } from "../ui/time";

/** Whether a draft may be sent, and the words that say why not. Pure. */

interface Situation {
  readOnly: boolean;
  submitted: boolean;
  online: boolean;
  problems: readonly FindingGroup[] | null;
  places: number;
}

/** What stands between the draft and the approver, with its counts. */
function describeBlocking(groups: readonly FindingGroup[]): string {
  const towns = groups.find(({ rule }) => rule === "DIR-001")?.places.length ?? 0;
  const rules = groups.filter(({ rule }) => rule !== "DIR-001").length;
  const parts = [
    towns > 0 ? `${formatPlaces(towns)} without a usable number` : "",
    rules > 0 ? `${rules} ${rules === 1 ? "problem" : "problems"} in the texts` : "",
  ].filter(Boolean);
  return `${parts.join(" and ")} must be fixed first.`;
}

/** @returns the sentence beside the button, and whether the button can be pressed */
export function describeSending({ readOnly, submitted, online, problems, places }: Situation): {
  may: boolean;
  says: string;
} {
  const no = (says: string) => ({ may: false, says });
  if (readOnly) return no("You can read this draft. A drafter of this agency can change it.");
  if (submitted) return no("The approver has it. If you change it, the review starts over.");
  if (problems === null) return no(`Checking the texts for ${formatPlaces(places)}.`);
  const blocking = problems.filter(isBlocking);
  if (blocking.length > 0) return no(describeBlocking(blocking));
  if (!online) return no("Sending needs a connection. What you wrote is saved on this device.");
  return { may: true, says: "Ready. A second official reads it next." };
}

/** How many findings hold the draft up: each place without a number, and each rule. */
export function countBlocking(problems: readonly FindingGroup[] | null): number {
  return (problems ?? [])
    .filter(isBlocking)
    .reduce((sum, { rule, places }) => sum + (rule === "DIR-001" ? places.length : 1), 0);
}
