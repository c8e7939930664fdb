import { type Shape, State, type Tone } from "../ui/state";

interface Stated {
  state: string;
  expiresAt: number | null;
  submittedAt?: number | null;
  /** Set while a draft came back from an approver and nobody sent it again. */
  returned?: unknown;
  /** Whether later messages replaced or canceled all of its own. */
  replaced?: boolean;
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
      if (alert.replaced) return { shape: "dashed", tone: "quiet", word: "Replaced" };
      return alert.expiresAt !== null && alert.expiresAt <= now
        ? { shape: "dashed", tone: "quiet", word: "Ended" }
        : { shape: "disc", tone: "live", word: "Published, still valid" };
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
