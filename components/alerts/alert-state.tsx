import type { Replaced } from "../../lib/alerts/in-force/data";
import { type Shape, State, type Tone } from "../ui/state";
import { formatPlaces } from "../ui/time";

interface Stated {
  state: string;
  expiresAt: number | null;
  submittedAt?: number | null;
  /** Set while a draft came back from an approver and nobody sent it again. */
  returned?: unknown;
  /** What later messages left of it, where they replaced or canceled some of its own. */
  replaced?: Replaced | null;
}

/** For how much of it an alert is still valid, where that is not all. */
function describeLeft(replaced: Replaced | null | undefined): string {
  if (!replaced || replaced.left === replaced.of) return "";
  return replaced.left === 0
    ? " for radio and television only"
    : ` for ${replaced.left} of ${formatPlaces(replaced.of)}`;
}

/** The state of an alert as people read it; what the clock decides is computed. */
export function describeState(alert: Stated, now: number): { shape: Shape; tone: Tone; word: string } {
  switch (alert.state) {
    case "draft":
      return alert.returned
        ? { shape: "triangle", tone: "plain", word: "Returned for changes" }
        : { shape: "circle", tone: "plain", word: "Draft" };
    case "submitted":
      return { shape: "half", tone: "plain", word: "With approver" };
    case "approved":
      return { shape: "tick", tone: "good", word: "Approved" };
    case "published":
      if (alert.replaced?.isWhole) return { shape: "dashed", tone: "quiet", word: "Replaced" };
      return alert.expiresAt !== null && alert.expiresAt <= now
        ? { shape: "dashed", tone: "quiet", word: "Ended" }
        : { shape: "disc", tone: "live", word: `Published, still valid${describeLeft(alert.replaced)}` };
    case "canceled":
      return { shape: "slashed", tone: "quiet", word: "Canceled" };
    case "rejected":
      return { shape: "cross", tone: "quiet", word: "Rejected" };
    default:
      return { shape: "cross", tone: "quiet", word: "Discarded" };
  }
}

export function AlertState({ alert, now }: { alert: Stated; now: number }) {
  const { shape, tone, word } = describeState(alert, now);
  return (
    <State shape={shape} tone={tone}>
      {word}
    </State>
  );
}
