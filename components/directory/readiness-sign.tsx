import type { ReadinessClass } from "../../lib/directory/readiness/readiness";
import { type Shape, State, type Tone } from "../ui/state";
import { sayDay } from "../ui/time";

const SIGNS: Record<ReadinessClass, { shape: Shape; tone: Tone }> = {
  ready: { shape: "tick", tone: "good" },
  expiring: { shape: "clock", tone: "plain" },
  expired: { shape: "octagon", tone: "bad" },
  failing: { shape: "cross", tone: "bad" },
  missing: { shape: "dash", tone: "plain" },
};

/** The state of a place's number as a shape and a few words. */
export function sayReadiness(readiness: ReadinessClass, goodUntil: number | null, timeZone: string): string {
  switch (readiness) {
    case "missing":
      return "no number";
    case "failing":
      return "down or failing";
    case "expired":
      return goodUntil ? `expired ${sayDay(goodUntil, timeZone)}` : "never checked";
    case "expiring":
      return `expires ${sayDay(goodUntil!, timeZone)}`;
    case "ready":
      return `good until ${sayDay(goodUntil!, timeZone)}`;
  }
}

export function ReadinessSign({
  readiness,
  goodUntil,
  timeZone,
}: {
  readiness: ReadinessClass;
  goodUntil: number | null;
  timeZone: string;
}) {
  const { shape, tone } = SIGNS[readiness];
  return (
    <State shape={shape} tone={tone}>
      {sayReadiness(readiness, goodUntil, timeZone)}
    </State>
  );
}
