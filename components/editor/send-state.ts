import { type FindingGroup, isBlocking } from "../../lib/alerts/findings";
import { formatPlaces } from "../ui/time";

/** Whether a draft may be sent, and the words that say why not. Pure. */

interface Situation {
  readOnly: boolean;
  submitted: boolean;
  online: boolean;
  problems: readonly FindingGroup[] | null;
  places: number;
  /** How many of them have no usable number as it is decided now; the rules are asked a moment later. */
  blocked: number;
}

/** What stands between the draft and the approver, with its counts; empty where all of it was decided just now. */
function describeBlocking(groups: readonly FindingGroup[], blocked: number): string {
  const rules = groups.filter(({ rule }) => rule !== "DIR-001").length;
  const parts = [
    blocked > 0 ? `${formatPlaces(blocked)} without a usable number` : "",
    rules > 0 ? `${rules} ${rules === 1 ? "problem" : "problems"} in the texts` : "",
  ].filter(Boolean);
  return parts.length === 0 ? "" : `${parts.join(" and ")} must be fixed first.`;
}

/** @returns the sentence beside the button, and whether the button can be pressed */
export function describeSending({ readOnly, submitted, online, problems, places, blocked }: Situation): {
  may: boolean;
  says: string;
} {
  const no = (says: string) => ({ may: false, says });
  if (readOnly) return no("You can read this draft. A drafter of this agency can change it.");
  if (submitted) return no("The approver has it. If you change it, the review starts over.");
  const checking = `Checking the texts for ${formatPlaces(places)}.`;
  if (problems === null) return no(checking);
  const blocking = problems.filter(isBlocking);
  if (blocking.length > 0) return no(describeBlocking(blocking, blocked) || checking);
  if (!online) return no("Sending needs a connection. What you wrote is saved on this device.");
  return { may: true, says: "Ready. A second official reads it next." };
}

/** How many findings hold the draft up: each place without a number, and each rule. */
export function countBlocking(problems: readonly FindingGroup[], blocked: number): number {
  return blocked + problems.filter((group) => isBlocking(group) && group.rule !== "DIR-001").length;
}
