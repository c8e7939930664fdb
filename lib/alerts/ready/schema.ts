import { z } from "zod";
import { failureSchema, textTo911Schema } from "../../incidents/schema";
import { GROUPINGS, type Grouping } from "../schema";

/** Ready drafts: written while 911 works, never sent, begun from when it fails. */

export const makeReadySchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(3, "Give it a title of at least three characters.")
    .max(120, "Use at most 120 characters."),
  failure: failureSchema.refine((failure) => failure !== "carrier", {
    error: "The carrier is known only when it fails. Choose another kind of failure.",
  }),
  textTo911: textTo911Schema,
  placeIds: z.array(z.string().max(20)).min(1, "Choose where 911 would fail.").max(5000),
  grouping: z.enum(Object.keys(GROUPINGS) as [Grouping, ...Grouping[]]),
  /** An alert of the agency whose wording and choices it takes; null for the template's. */
  fromAlertId: z.string().max(60).nullable(),
});
export type MakeReady = z.infer<typeof makeReadySchema>;

export const readyIdSchema = z.strictObject({ id: z.string().max(60) });

/** Why a ready draft needs attention. */
const readyProblemSchema = z.object({
  kind: z.enum(["places-gone", "places-new", "template", "language", "number-gone", "rule"]),
  /** A sentence, with its count. */
  says: z.string(),
  /** Names of places it is about, the first few. */
  places: z.array(z.string()),
});
export type ReadyProblem = z.infer<typeof readyProblemSchema>;
export const readyProblemsSchema = z.array(readyProblemSchema);

/** The number each place gave out when it was made; null where there was none. By place. */
export const readyNumbersSchema = z.record(z.string(), z.string().nullable());
export type ReadyNumbers = z.infer<typeof readyNumbersSchema>;

/** A place whose number is another one now. */
export interface NumberDifference {
  place: string;
  before: string | null;
  now: string | null;
}
