"use client";

import { Button } from "@trussworks/react-uswds";
import { useMemo } from "react";
import { audienceOf } from "../../lib/alerts/message-slots";
import { type BroadcastPlan, type Chosen, nameListed, type PhonePlan } from "../../lib/alerts/plan";
import { describeReaders, isForOne, listReaders } from "./readers";

/** A wording of its own that can be given up: for whom it is, and how. */
export interface OwnScope {
  name: string;
  drop: () => void;
}

/** For whom one is writing, in words that are true: those who read the texts on screen, and nobody else. */
export function WritingFor({
  plans,
  edited,
  phones,
  current,
  custom,
  county,
  own,
  onAudience,
  onScope,
}: {
  plans: readonly (PhonePlan | BroadcastPlan)[];
  /** Under what messages have wording that someone edited for them alone. */
  edited: ReadonlySet<string>;
  phones: PhonePlan;
  current: Chosen;
  custom: boolean;
  /** What texts for stations that are written here are for; null where they are for all. */
  county: string | null;
  /** The place and its county, where they have wording of their own. */
  own: readonly OwnScope[];
  onAudience: (placeId: string) => void;
  onScope: (custom: boolean) => void;
}) {
  const readers = useMemo(() => listReaders(plans, edited), [plans, edited]);
  const audience = audienceOf(phones);
  const isApart = edited.has(phones.id);
  return (
    <div className="row writing-for">
      <span>You are writing for</span>
      <div className="segmented small" role="group" aria-label="You are writing for">
        {readers
          .filter(({ firstId }) => firstId !== null)
          .map((one) => (
            <button
              key={one.audience}
              type="button"
              aria-pressed={!custom && !isApart && one.audience === audience}
              // A place with its own wording shows that; the common one is written where it is read.
              onClick={() =>
                one.audience === audience && !isApart ? onScope(false) : one.firstId && onAudience(one.firstId)
              }
            >
              {describeReaders(one, readers.length === 1)}
            </button>
          ))}
        {phones.chosen.length === 1 && (custom || isApart || !isForOne(readers)) && (
          <button type="button" aria-pressed={custom || isApart} onClick={() => onScope(true)}>
            {nameListed(current.place)} only
          </button>
        )}
      </div>
      {county !== null && <span className="hint">Radio and television: all of {county}, and no other.</span>}
      {own.map(({ name, drop }) => (
        <Button key={name} type="button" unstyled onClick={drop}>
          Use the common wording for {name}
        </Button>
      ))}
    </div>
  );
}
