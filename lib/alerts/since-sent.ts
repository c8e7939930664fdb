import { formatNumber } from "../directory/schema";
import { groupBy } from "../platform/group-by";
import { canonicalJson } from "../record/canonical-json";
import type { Bundle, BundleMessage } from "./bundle";

/**
 * What changed under an alert that waits for its approval, as approval says it, and its pages before anyone confirms
 * anything. Pure.
 */

export interface SinceSent {
  code: "content-changed" | "earlier-version";
  /** What changed, as sentences, each with the places it is so of; none where it is so of the alert as a whole. */
  changes: { places: string[]; what: string }[];
}

const FOLLOWED = "Another alert of this outage was published, canceled or ended.";

const numbersOf = ({ numbers }: BundleMessage) => numbers.map(formatNumber).join(", ");
const same = (left: unknown, right: unknown) => canonicalJson(left) === canonicalJson(right);

/** What differs between a message as it was sent for approval and as it would go out, as sentences, or null. */
function describeMessage(sent: BundleMessage, now: BundleMessage): string | null {
  const [before, after] = [numbersOf(sent), numbersOf(now)];
  if (before !== after) {
    const gives = after === "" ? `It gives out no number now, it gave out ${before}.` : `It gives out ${after} now.`;
    const gave = after === "" ? "" : before === "" ? " It gave out none." : ` It gave out ${before}.`;
    return `${gives}${gave} ${now.why}`;
  }
  if (sent.outcome !== now.outcome || sent.why !== now.why) return now.why;
  const doubts = now.numbers.flatMap((number) => number.doubts ?? []);
  if (!same(sent.numbers, now.numbers)) {
    return doubts.length > 0 ? doubts.join(" ") : "What spoke against its number no longer does.";
  }
  if (!same([sent.msgType, sent.tells, sent.references], [now.msgType, now.tells, now.references])) return FOLLOWED;
  if (!same([sent.beganAt, sent.restoredAt], [now.beganAt, now.restoredAt])) {
    return "Since when 911 fails or works again there was changed.";
  }
  if (!same(sent.texts, now.texts)) return "Its texts read differently now.";
  return same(sent, now) ? null : "Its outline, codes or population changed.";
}

/** What differs, the places first; of stations only what no message for phones tells. */
export function listDifferences(sent: Bundle, now: Bundle): SinceSent["changes"] {
  const before = new Map(sent.messages.map((message) => [message.identifier, message]));
  const after = new Set(now.messages.map(({ identifier }) => identifier));
  const found = [
    ...now.messages.flatMap((message) => {
      const old = before.get(message.identifier);
      const what = old ? describeMessage(old, message) : "It gets a message that was not there.";
      return what ? [{ message, what }] : [];
    }),
    ...sent.messages
      .filter(({ identifier }) => !after.has(identifier))
      .map((message) => ({ message, what: "Its message is no longer needed." })),
  ];
  const told = new Set(
    found.flatMap(({ message }) => (message.audience === "phones" ? [...message.placeIds, message.placeId] : [])),
  );
  const isNews = ({ audience, placeIds }: BundleMessage) =>
    audience === "phones" || !placeIds.some((id) => told.has(id));
  const alike = groupBy(
    found.filter(({ message }) => isNews(message)),
    ({ what }) => what,
  );
  const { messages: _, beganAt: beganBefore, ...head } = sent;
  const { messages: __, beganAt, ...headNow } = now;
  return [
    ...(beganBefore === beganAt ? [] : [{ places: [], what: "When the outage began was changed." }]),
    ...(same(head, headNow) ? [] : [{ places: [], what: "What the agency is called or how it is reached changed." }]),
    ...[...alike].map(([what, of]) => ({ places: [...new Set(of.map(({ message }) => message.place))], what })),
  ];
}

/** More changes or places than these are a count in a sentence. */
const SAID = 3;

/** "Reno, Sparks"; of more than so many the first ones, and how many more. */
export function nameChanged(places: readonly string[], most: number): string {
  if (places.length <= most) return places.join(", ");
  return `${places.slice(0, most).join(", ")} and ${places.length - most} more`;
}

/** "1 more change" */
export const formatMore = (more: number): string => `${more} more ${more === 1 ? "change" : "changes"}`;

/** The changes in one line, to refuse and to return with. */
export function describeChanges({ changes }: SinceSent): string {
  if (changes.length === 0) return "A number or fact in the directory or the incident changed.";
  const said = changes
    .slice(0, SAID)
    .map(({ places, what }) => (places.length === 0 ? what : `${nameChanged(places, SAID)}: ${what}`));
  const more = changes.length - SAID;
  return [...said, ...(more > 0 ? [`And ${formatMore(more)}.`] : [])].join(" ");
}
