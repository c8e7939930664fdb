import { z } from "zod";

/** How long a good test call vouches for a number, in days. */
export const VERIFICATION_DAYS = 90;

/** Results of a test call, with the words people see. */
export const TEST_CALL_RESULTS = {
  "right-desk": "Right desk, at all hours",
  "right-desk-limited": "Right desk, but not at all hours",
  "somebody-else": "Somebody else answered",
  "no-answer": "No answer",
  busy: "Busy or overloaded",
  "out-of-service": "Out of service",
} as const;

export const testCallResultSchema = z.enum(
  Object.keys(TEST_CALL_RESULTS) as [keyof typeof TEST_CALL_RESULTS, ...(keyof typeof TEST_CALL_RESULTS)[]],
  { error: "Choose what came of the call." },
);

export const testCallSchema = z.object({
  at: z.number(),
  by: z.string(),
  answeredBy: z.string(),
  result: testCallResultSchema,
});

export const numberFactsSchema = z.object({
  id: z.string(),
  /** E.164 */
  e164: z.string(),
  desk: z.string(),
  hours: z.string(),
  lines: z.number(),
  sharedWith911: z.boolean(),
  preference: z.number(),
  status: z.enum(["in-service", "overloaded", "down"]),
  /** Newest first. */
  calls: z.array(testCallSchema),
});

export type TestCall = z.infer<typeof testCallSchema>;
export type NumberFacts = z.infer<typeof numberFactsSchema>;

/** What a person enters after a test call. Anything else in the form is refused. */
export const recordTestCallSchema = z.strictObject({
  numberId: z.string().min(1),
  result: testCallResultSchema,
  answeredBy: z
    .string()
    .trim()
    .min(2, "Say who answered, for example “dispatcher on duty” or “nobody”.")
    .max(120, "Use at most 120 characters."),
  note: z.string().trim().max(500, "Use at most 500 characters.").optional(),
});

/** Writes +14135550142 as 413-555-0142. */
export function sayNumber(e164: string): string {
  const digits = e164.replace(/^\+1/, "");
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}
