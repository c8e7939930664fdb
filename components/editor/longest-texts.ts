import type { Bundle, BundleMessage } from "../../lib/alerts/bundle";
import { longestTimeSlots } from "../../lib/alerts/clock-words";
import { audienceOf } from "../../lib/alerts/message-slots";
import type { BroadcastPlan, PhonePlan } from "../../lib/alerts/plan";
import { countCharacters } from "../../lib/wording/text-length";
import { type Audience, fillParts, PARTS, type Part } from "../../lib/wording/texts";
import type { Longest } from "./text-counter";

/** The longest each text gets, and for which place. Pure. */

/** Whom a message is for: phones that share one read the texts of a county, as stations do, and in a message of their own. */
type Readers = BundleMessage["audience"];
type TextKey = `${Readers}.${string}.${Audience}.${Part}`;
export type LongestTexts = Partial<Record<TextKey, Longest>>;

export const textKey = (readers: Readers, language: string, audience: Audience, part: Part): TextKey =>
  `${readers}.${language}.${audience}.${part}`;

/** In pieces, one for each message, so that typing never waits for it. */
export function* longestSteps(
  bundle: Bundle,
  plans: readonly (PhonePlan | BroadcastPlan)[],
): Generator<void, LongestTexts> {
  const longest: LongestTexts = {};
  const audiences = new Map(plans.map((plan) => [`${plan.audience}:${plan.id}`, audienceOf(plan)]));
  for (const message of bundle.messages) {
    const audience = audiences.get(`${message.audience}:${message.placeId}`);
    if (!audience) continue;
    for (const { language, parts } of message.texts) {
      const read = fillParts(parts, longestTimeSlots(language));
      for (const part of PARTS) {
        const key = textKey(message.audience, language, audience, part);
        const length = countCharacters(part, read[part]);
        if (length > (longest[key]?.length ?? -1)) longest[key] = { length, place: message.place };
      }
    }
    yield;
  }
  return longest;
}
