"use client";

import { Button } from "@trussworks/react-uswds";
import { useMemo } from "react";
import { audienceOf } from "../../lib/alerts/message-slots";
import type { BroadcastPlan, Chosen, PhonePlan } from "../../lib/alerts/plan";
import { type Audience, TEXTS } from "../../lib/wording/texts";
import { formatPlaces } from "../ui/time";

/** What tells the readers of a text from those of another. */
const READERS: ReadonlyMap<Audience, string> = new Map<Audience, string>([
  ["place", "with a number"],
  ["noNumber", "without a number"],
  ["county", "that share a message"],
  ["restored", "where 911 works again"],
  ["restoredCounty", "where 911 works again, together"],
  ["joined", "that joined, with a number"],
  ["joinedNoNumber", "that joined, without a number"],
  ["joinedCounty", "that joined, together"],
  ["neighbor", "next to the outage"],
  ["neighborCounty", "next to the outage, together"],
]);

/** An audience that has no words here is told by what its texts say of themselves. */
const describeAudience = (audience: Audience): string =>
  READERS.get(audience) ?? TEXTS.find((spec) => spec.audience === audience)?.hint ?? audience;

interface Readers {
  audience: Audience;
  places: number;
  /** The largest place of them. */
  firstId: string;
}

/** Who reads which texts, in the order of the messages. */
function listReaders(plans: readonly (PhonePlan | BroadcastPlan)[]): Readers[] {
  const byAudience = new Map<Audience, Chosen[]>();
  for (const plan of plans) {
    if (plan.audience !== "phones") continue;
    const audience = audienceOf(plan);
    byAudience.set(audience, [...(byAudience.get(audience) ?? []), ...plan.chosen]);
  }
  return [...byAudience].map(([audience, chosen]) => ({
    audience,
    places: chosen.length,
    firstId: chosen.reduce((most, one) => (one.place.population > most.place.population ? one : most)).place.id,
  }));
}

/** For whom one is writing, in words that are true: those who read the texts on screen, and nobody else. */
export function WritingFor({
  plans,
  phones,
  current,
  custom,
  onAudience,
  onScope,
  onCommon,
}: {
  plans: readonly (PhonePlan | BroadcastPlan)[];
  phones: PhonePlan;
  current: Chosen;
  custom: boolean;
  onAudience: (placeId: string) => void;
  onScope: (custom: boolean) => void;
  /** Set where the place has a wording of its own. */
  onCommon: (() => void) | undefined;
}) {
  const readers = useMemo(() => listReaders(plans), [plans]);
  const own = audienceOf(phones);
  return (
    <div className="row writing-for">
      <span>You are writing for</span>
      <div className="segmented small" role="group" aria-label="You are writing for">
        {readers.map(({ audience, places, firstId }) => (
          <button
            key={audience}
            type="button"
            aria-pressed={!custom && audience === own}
            onClick={() => (audience === own ? onScope(false) : onAudience(firstId))}
          >
            {readers.length === 1
              ? `${places === 1 ? "" : "all "}${formatPlaces(places)}`
              : `${formatPlaces(places)} ${describeAudience(audience)}`}
          </button>
        ))}
        {phones.chosen.length === 1 && (
          <button type="button" aria-pressed={custom} onClick={() => onScope(true)}>
            {current.place.name} only
          </button>
        )}
      </div>
      {onCommon && (
        <Button type="button" unstyled onClick={onCommon}>
          Use the common wording for {current.place.name}
        </Button>
      )}
    </div>
  );
}
