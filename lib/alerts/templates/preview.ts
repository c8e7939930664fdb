import type { SlotValues } from "../../wording/slots";
import { type Audience, fillParts, type Parts } from "../../wording/texts";
import type { TemplateBody } from "../../wording/schema";
import { longestTimeSlots } from "../clock-words";
import { languagesOf } from "../choose-wording";
import { buildBundle } from "../content";
import { slotsFor } from "../message-slots";
import type { Purpose } from "../schema";
import { CARRIER, type Combination, combinationsOf, planSamples, type Sample, situationOf } from "./check";

/** How the texts of a template read for the sample places, at their longest. Pure. */

export interface SampleMessage {
  placeId: string;
  place: string;
  audience: Audience;
  /** By language: the values of this place. */
  values: ReadonlyMap<string, SlotValues>;
  /** By language: the texts as they would go out, with the longest times. */
  texts: ReadonlyMap<string, Parts>;
}

/** What is chosen to look at a text; its audience decides the rest. */
export type Looked = Pick<Combination, "failure" | "textTo911">;

/**
 * The messages that have the texts of this audience.
 * @param now milliseconds since 1970
 * @throws when the template names a phrase that it does not have
 */
export function writeSamples(
  purpose: Purpose,
  body: TemplateBody,
  sample: Sample,
  audience: Audience,
  looked: Looked,
  now: number,
): SampleMessage[] {
  const { failure, textTo911 } = looked;
  // The first kind of sample that has texts for this audience.
  const kinds = new Map(
    combinationsOf(purpose).map(({ standing, withNumber }) => [`${standing} ${withNumber}`, { standing, withNumber }]),
  );
  for (const kind of kinds.values()) {
    const combination = { ...kind, failure, textTo911 };
    const written = writeOne(situationOf(purpose, body, sample, combination, now), audience, now);
    if (written.length > 0) return written;
  }
  return [];
}

function writeOne(
  { facts, content }: ReturnType<typeof situationOf>,
  audience: Audience,
  now: number,
): SampleMessage[] {
  const plans = planSamples(facts, content, now).filter((one) => one.audience === audience);
  if (plans.length === 0) return [];
  const { messages } = buildBundle(facts, content, now);
  return plans.flatMap(({ plan }) => {
    const message = messages.find((one) => one.audience === plan.audience && one.placeId === plan.id);
    if (!message) return [];
    return [
      {
        placeId: plan.id,
        place: message.place,
        audience,
        values: new Map(
          languagesOf(facts, content).map((words) => [
            words.code,
            { carrier: CARRIER, ...slotsFor(facts, content, plan, words), ...longestTimeSlots(words.code) },
          ]),
        ),
        texts: new Map(
          message.texts.map(({ language, parts }) => [language, fillParts(parts, longestTimeSlots(language))]),
        ),
      },
    ];
  });
}
