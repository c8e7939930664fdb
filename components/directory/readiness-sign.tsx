import type { ReadinessClass } from "../../lib/directory/readiness/readiness";
import { type Shape, State, type Tone } from "../ui/state";
import { formatDay } from "../ui/time";

const SIGNS: Record<ReadinessClass, { shape: Shape; tone: Tone }> = {
  ready: { shape: "tick", tone: "good" },
  expiring: { shape: "clock", tone: "plain" },
  expired: { shape: "octagon", tone: "bad" },
  failing: { shape: "cross", tone: "bad" },
  missing: { shape: "dash", tone: "plain" },
};

/** The state of a place's number as a shape and a few words. */
function formatReadiness(readiness: ReadinessClass, verifiedUntil: number | null, timeZone: string): string {
  switch (readiness) {
    case "missing":
      return "no number";
    case "failing":
      return "failing";
    case "expired":
      return verifiedUntil ? `expired ${formatDay(verifiedUntil, timeZone)}` : "never answered";
    case "expiring":
      return `expires ${formatDay(verifiedUntil!, timeZone)}`;
    case "ready":
      return `verified until ${formatDay(verifiedUntil!, timeZone)}`;
  }
}

export function ReadinessSign({
  readiness,
  verifiedUntil,
  timeZone,
}: {
  readiness: ReadinessClass;
  verifiedUntil: number | null;
  timeZone: string;
}) {
  const { shape, tone } = SIGNS[readiness];
  return (
    <State shape={shape} tone={tone}>
      {formatReadiness(readiness, verifiedUntil, timeZone)}
    </State>
  );
}
