"use client";

import { useMemo } from "react";
import type { AlertFacts } from "../../lib/alerts/facts";
import { type BroadcastPlan, findReplaced, type PhonePlan } from "../../lib/alerts/plan";
import type { AlertContent } from "../../lib/alerts/schema";
import { formatNumber } from "../../lib/directory/schema";
import { formatCount, formatPlaces } from "../ui/time";
import type { ComposerChange } from "./composer-state";

const WHAT = {
  outage: "Alert",
  update: "Update",
  correction: "Correction",
  restoration: "All-clear",
  cancellation: "Cancellation",
  border: "Border notice",
} as const;

/** What a follow-up does, in one sentence: for whom, what it refers to, who gets which kind of message. */
export function FollowUpNotice({
  facts,
  content,
  plans,
  readOnly,
  dispatch,
}: {
  facts: AlertFacts;
  content: AlertContent;
  plans: readonly (PhonePlan | BroadcastPlan)[];
  readOnly: boolean;
  dispatch: (change: ComposerChange) => void;
}) {
  // Typing changes neither.
  const replaced = useMemo(
    () => new Set(plans.flatMap((plan) => findReplaced(facts, plan).map(({ reference }) => reference))),
    [facts, plans],
  );
  if (facts.purpose === "outage" && replaced.size === 0) return null;
  const phones = plans.filter((plan) => plan.audience === "phones");
  const count = (fits: (plan: PhonePlan) => boolean) =>
    phones
      .filter((plan) => plan.audience === "phones" && fits(plan))
      .reduce((sum, plan) => sum + plan.chosen.length, 0);
  const isRestored = (plan: PhonePlan) => plan.chosen.every(({ restoredAt }) => restoredAt !== undefined);
  const joined = (plan: PhonePlan) => findReplaced(facts, plan).length === 0;
  const groups = [
    ["kept: Update", count((plan) => !isRestored(plan) && !joined(plan))],
    [
      facts.purpose === "border" ? "told that 911 works there" : "joined: Alert",
      count((plan) => !isRestored(plan) && joined(plan)),
    ],
    ["released: all-clear", count(isRestored)],
  ] as const;
  return (
    <div className="quote" role="note">
      <p>
        <strong>
          {WHAT[facts.purpose]} for {formatPlaces(content.placeIds.length)}: refers to {formatCount(replaced.size)}{" "}
          {replaced.size === 1 ? "message" : "messages"} in force.
        </strong>{" "}
        {facts.purpose !== "cancellation" &&
          groups
            .filter(([, places]) => places > 0)
            .map(([what, places]) => `${formatPlaces(places)} ${what}`)
            .join(" · ") + "."}
        {content.wrong && ` The wrong number is ${formatNumber(content.wrong)}. Nobody is given it any more.`}
      </p>
      {facts.purpose === "cancellation" && (
        <label className="check">
          <input
            type="checkbox"
            checked={content.tellPhones}
            disabled={readOnly}
            onChange={(event) => dispatch({ type: "tell-phones", tell: event.target.checked })}
          />
          <span>
            Send phones a text with it. Phones keep the earlier alert and show nothing for a cancellation, so without
            the text nobody there learns of it.
          </span>
        </label>
      )}
    </div>
  );
}
