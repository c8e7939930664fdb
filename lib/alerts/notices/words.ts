/** What people are told of an alert that waits for them, or that one person released. Pure. */

const NOTICE_KINDS = ["approval", "escalation", "emergency", "released"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface NoticeFacts {
  kind: NoticeKind;
  /** Whom it is for. */
  name: string;
  title: string;
  incident: string;
  agency: string;
  mode: "live" | "exercise";
  /** Who sent it for approval, or asked for the emergency release. */
  by: string;
  places: number;
  /** Minutes since it was sent for approval. */
  waited: number;
  /** Why one person wants to release it, or did. */
  reason: string;
  /** The page to open. */
  link: string;
}

const places = (count: number) => (count === 1 ? "1 place" : `${count} places`);
const minutes = (count: number) => (count === 1 ? "1 minute" : `${count} minutes`);

function wordsOf(facts: NoticeFacts): { subject: string; first: string; ask: string } {
  const { kind, by, places: count, waited, reason } = facts;
  const title = `${facts.title} (${facts.incident})`;
  switch (kind) {
    case "approval":
      return {
        subject: `Approve: ${title}`,
        first: `${by} sent “${title}” for approval. ${places(count)} ${count === 1 ? "waits" : "wait"} for it.`,
        ask: "Read it and approve it, or return it with a reason:",
      };
    case "escalation":
      return {
        subject: `Nobody has approved yet: ${title}`,
        first: `“${title}” has waited ${minutes(waited)} for approval, and you are named as an alternate. ${places(count)} ${count === 1 ? "waits" : "wait"} for it.`,
        ask: "Read it and approve it, or return it with a reason:",
      };
    case "emergency":
      return {
        subject: `EMERGENCY RELEASE ASKED FOR: ${title}`,
        first: `${by} asks to release “${title}” alone, because nobody else could be reached: ${reason}`,
        ask: "If you can approve or return it, do so now:",
      };
    case "released":
      return {
        subject: `RELEASED BY ONE PERSON: ${title}`,
        first: `${by} released “${title}” alone, because nobody else could be reached: ${reason}`,
        ask: "Read what was sent to the public:",
      };
  }
}

/** The message as email. Nothing in it lets anybody in: the link asks for a sign-in. */
export function writeNotice(facts: NoticeFacts): { subject: string; text: string } {
  const { subject, first, ask } = wordsOf(facts);
  const exercise = facts.mode === "exercise";
  // A title is typed by people: a line break in it must not begin a header.
  const line = `${exercise ? "EXERCISE. " : ""}${subject}`.replace(/\s+/g, " ").slice(0, 150);
  return {
    subject: line,
    text: [
      ...(exercise ? ["This is an exercise. Nothing goes out to the public.", ""] : []),
      `${facts.name},`,
      "",
      first,
      "",
      ask,
      facts.link,
      "",
      `Callbox, ${facts.agency}`,
      "",
    ].join("\n"),
  };
}

/** Whole minutes from one moment to another, or to itself where it is not known. */
export const minutesSince = (at: Date | null, now: Date) =>
  Math.round((now.getTime() - (at ?? now).getTime()) / 60_000);
