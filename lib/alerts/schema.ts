import { z } from "zod";
import { LANGUAGES, TEXT_KEYS, textsSchema } from "../wording/schema";

export const ALERT_STATES = [
  "draft",
  "submitted",
  "approved",
  "published",
  "rejected",
  "discarded",
  "canceled",
] as const;

/** What an alert is for. CAP's msgType follows from it. */
export const PURPOSES = ["outage", "cancellation"] as const;
export type Purpose = (typeof PURPOSES)[number];
export const MSG_TYPES: Readonly<Record<Purpose, "Alert" | "Cancel">> = { outage: "Alert", cancellation: "Cancel" };

export type AlertState = (typeof ALERT_STATES)[number];

export const languageSchema = z.enum(LANGUAGES);
const textKeySchema = z.enum(TEXT_KEYS);

const reasonSchema = z
  .string()
  .trim()
  .min(10, "Give a reason of at least ten characters; it will be read afterwards.")
  .max(500, "Use at most 500 characters.");

export const numberChoiceSchema = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("override"), numberId: z.string(), reason: reasonSchema }),
  z.strictObject({ choice: z.literal("places-only"), reason: reasonSchema }),
]);

/** What people write and decide in a draft. Everything else follows from the incident and the directory. */
export const alertContentSchema = z.strictObject({
  regionIds: z.array(z.string()).min(1).max(5000),
  /** Minutes from publication to the end of the message; phones take at most a day (WEA-010). */
  validMinutes: z
    .number()
    .int()
    .min(30, "An alert is valid for at least 30 minutes.")
    .max(1440, "Phones take at most 24 hours."),
  /** Minutes from publication to the promised next update. */
  nextUpdateMinutes: z.number().int().min(15).max(1440),
  texts: textsSchema,
  /** Places whose wording was edited apart from the others. */
  apart: z.record(z.string(), z.partialRecord(languageSchema, z.partialRecord(textKeySchema, z.string().max(4000)))),
  /** What was decided for places whose number cannot be given out. */
  numbers: z.record(z.string(), numberChoiceSchema),
});
export type AlertContent = z.infer<typeof alertContentSchema>;

export const agencyFactsSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  nameEs: z.string(),
  shortName: z.string(),
  shortNameEs: z.string(),
  sender: z.string(),
  web: z.string().nullable(),
  contact: z.string().nullable(),
});
export type AgencyFacts = z.infer<typeof agencyFactsSchema>;

export type CapStatus = "Actual" | "Exercise" | "Test";

/** What a withdrawal takes back, per place and audience: sender,identifier,sent of each earlier message. */
export interface Withdrawal {
  originalSent: number;
  references: Record<string, string>;
}

export const saveAlertSchema = z.strictObject({
  id: z.string(),
  /** The version the writer began from; a save on a newer one is refused and both are kept. */
  version: z.number().int(),
  title: z.string().trim().min(3, "Give the alert a title of at least three characters.").max(120),
  content: alertContentSchema,
});

export const decisionSchema = z
  .strictObject({
    id: z.string(),
    decision: z.enum(["approve", "return", "reject"]),
    /** The fingerprint the approver saw. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.string().trim().max(1000, "Use at most 1,000 characters.").optional(),
    confirmations: z.array(z.string().max(200)).max(500),
    password: z.string().max(200).optional(),
    phrase: z.string().max(20).optional(),
  })
  .check((context) => {
    const { decision, reason } = context.value;
    if (decision !== "approve" && (reason ?? "").length < 3) {
      context.issues.push({
        code: "custom",
        path: ["reason"],
        message: "Give the reason; the writer sees it first.",
        input: reason,
      });
    }
  });
export type Decision = z.infer<typeof decisionSchema>;
