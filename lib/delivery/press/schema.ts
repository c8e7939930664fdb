import { z } from "zod";
import { languageSchema } from "../../platform/language";

/** What is offered of a published alert for posts, pictures and paper. */

/** Everything the alert is for, instead of one place. */
export const WHOLE = "all";

/** Which sheet: a place by its id, a county of the texts for radio and television, or the whole alert. */
export const ofSchema = z.union([
  z.literal(WHOLE),
  z.string().regex(/^(?:county:)?[\w-]{1,40}$/, "Name a place of the alert."),
]);

export const FILES = {
  "picture.png": { type: "image/png", says: "the picture" },
  "notice.pdf": { type: "application/pdf", says: "the notice" },
} as const;
export type PressFile = keyof typeof FILES;

/** How the message of a place ended; null while people go by it. */
const endingSchema = z.enum(["ended", "replaced", "taken-back"]).nullable();
export type Ending = z.infer<typeof endingSchema>;

const pressTextSchema = z.object({
  language: languageSchema,
  name: z.string(),
  direction: z.enum(["ltr", "rtl"]),
  /** Approved texts at the time they were sent; empty where the alert was approved without them. */
  post: z.string(),
  script: z.string(),
  headline: z.string(),
  /** What happens and what to do, in paragraphs. */
  body: z.string(),
  /** What stands before the number; null without one. */
  call: z.string().nullable(),
  validUntil: z.string(),
  /** That it is an exercise or a demonstration; null for the real thing. */
  mode: z.string().nullable(),
  /** That the alert has ended, was replaced or was taken back; null while it is in force. */
  ended: z.string().nullable(),
  sender: z.string(),
  /** The public page in this language; null in an exercise, which has none. */
  url: z.string().nullable(),
  /** What invites to the public page. */
  page: z.string(),
  /** Of a language that no alert is written in: that nobody fluent has reviewed its words; null where someone did. */
  notice: z.string().nullable(),
  /** Facts of the alert in the words of the public pages, which are always the same; not an approved text. */
  translated: z.boolean(),
  /** Whether pictures and notices can be made: their font has these letters. */
  prints: z.boolean(),
});
export type PressText = z.infer<typeof pressTextSchema>;

const rowSchema = z.object({
  place: z.string(),
  /** As they are dialed; none where people are told where to go, or where it ended. */
  numbers: z.array(z.string()),
  ending: endingSchema,
  /** What stands in place of a number, by language. */
  instead: z.record(z.string(), z.string()),
});
export type PressRow = z.infer<typeof rowSchema>;

/** What is offered for one place, a county, or the whole alert. */
export const pressSheetSchema = z.object({
  of: z.string(),
  kind: z.enum(["place", "county", "whole"]),
  place: z.string(),
  numbers: z.array(z.string()),
  ending: endingSchema,
  /** The alert that replaced this one here. */
  newerId: z.string().nullable(),
  texts: z.array(pressTextSchema),
  /** Of the whole alert: every place with its number, by name. */
  rows: z.array(rowSchema),
});
export type PressSheet = z.infer<typeof pressSheetSchema>;

/** An alert as it was approved: all places together, with a row for each, and each by itself in the same order. */
export interface Told {
  whole: PressSheet;
  places: readonly PressSheet[];
}
