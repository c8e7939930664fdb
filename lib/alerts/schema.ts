import { z } from "zod";
import { languageSchema, localizedSchema } from "../platform/language";
import { customTextsSchema, shorterSchema, textsSchema } from "../wording/texts";
import { readFirstTexts } from "../wording/schema";

export const ALERT_STATES = [
  "draft",
  "submitted",
  "approved",
  "published",
  "rejected",
  "discarded",
  "canceled",
] as const;

/**
 * What an alert is for. CAP's msgType is a matter of each message: what follows
 * an earlier one is an Update, what nobody was told before an Alert.
 */
export const PURPOSES = ["outage", "update", "correction", "restoration", "cancellation", "border"] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * What a message says: that 911 fails, that it works again, that an earlier
 * message is taken back, or that it works here though it fails next door.
 */
export const TELLS = ["outage", "all-clear", "withdrawal", "neighbor"] as const;
export type Tells = (typeof TELLS)[number];

export type AlertState = (typeof ALERT_STATES)[number];

/** How many messages an alert becomes for phones. Broadcasters get one per county whatever it is. */
export const GROUPINGS = {
  place: "One message per place",
  "dispatch-area": "One message per dispatch area",
  county: "One message per county",
  all: "One message for all",
} as const;
export type Grouping = keyof typeof GROUPINGS;
export const groupingSchema = z.enum(Object.keys(GROUPINGS) as [Grouping, ...Grouping[]]);

const reasonSchema = z
  .string()
  .trim()
  .min(10, "Give a reason of at least 10 characters. Others will read it later.")
  .max(500, "Use at most 500 characters.");

export const numberChoiceSchema = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("override"), numberId: z.string(), reason: reasonSchema }),
  z.strictObject({ choice: z.literal("no-number"), reason: reasonSchema }),
]);

/**
 * What people write and decide in a draft. Everything else follows from the
 * incident and the directory. Format 3 is the one that is written now.
 */
export const alertContentSchema = z.strictObject({
  format: z.literal("callbox-content-3"),
  /** Places that get a message for phones. */
  placeIds: z.array(z.string()).min(1).max(5000),
  /** Those of them where 911 works again. */
  restoredIds: z.array(z.string()).max(5000),
  /** The number that a correction corrects, as it was given out. */
  wrong: z.strictObject({ e164: z.string(), extension: z.string() }).nullable(),
  /** Whether a cancellation comes with a text for phones, which show none for a CAP Cancel (WEA-017). */
  tellPhones: z.boolean(),
  /** What of the outage chose the wording, so that a change of it is noticed. */
  wordedFor: z.strictObject({ failure: z.string(), textTo911: z.string() }).nullable(),
  grouping: groupingSchema,
  /** Minutes from publication to the end of the message; phones take at most a day (WEA-010). */
  validMinutes: z
    .number()
    .int()
    .min(30, "An alert is valid for at least 30 minutes.")
    .max(1440, "Phones take at most 24 hours."),
  /** Minutes from publication to the promised next update. */
  nextUpdateMinutes: z.number().int().min(15).max(1440),
  texts: textsSchema,
  /** Shorter wordings of the template, for places whose names make the usual ones too long. */
  shorter: shorterSchema.default({}),
  /** By language: sentences of the template that ask not to test 911 (W7). */
  noTesting: z.partialRecord(languageSchema, z.array(z.string().min(1)).max(8)).default({}),
  /** Places, counties and groups whose wording differs from all others. */
  customWording: z.record(z.string(), customTextsSchema),
  /** What was decided for places whose number cannot be given out. */
  numbers: z.record(z.string(), numberChoiceSchema),
});
export type AlertContent = z.infer<typeof alertContentSchema>;

/** Format 1, which had no name: one grouping, two forms of each text. */
const firstContentSchema = z.strictObject({
  regionIds: z.array(z.string()),
  validMinutes: z.number(),
  nextUpdateMinutes: z.number(),
  texts: z.unknown(),
  apart: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  numbers: z.record(
    z.string(),
    z.discriminatedUnion("choice", [
      z.strictObject({ choice: z.literal("override"), numberId: z.string(), reason: z.string() }),
      z.strictObject({ choice: z.literal("places-only"), reason: z.string() }),
    ]),
  ),
});

/** countyShort of format 1 is short of the county now. */
const partName = (key: string) => (key.startsWith("county") ? `${key.charAt(6).toLowerCase()}${key.slice(7)}` : key);

/** What a first alert has of what only follow-ups have. */
export const FIRST_ALERT = {
  restoredIds: [],
  wrong: null,
  tellPhones: false,
  wordedFor: null,
  shorter: {},
  noTesting: {},
} satisfies Partial<z.input<typeof alertContentSchema>>;

/** Stored content of any format, as it is kept now. @throws when it is none */
export function readContent(stored: unknown): AlertContent {
  if (typeof stored === "object" && stored !== null && "format" in stored) {
    const { format } = stored;
    const second = format === "callbox-content-2" ? { ...FIRST_ALERT, ...stored, format: "callbox-content-3" } : stored;
    return alertContentSchema.parse(second);
  }
  const { regionIds, texts, apart, numbers, ...rest } = firstContentSchema.parse(stored);
  return alertContentSchema.parse({
    ...FIRST_ALERT,
    ...rest,
    format: "callbox-content-3",
    placeIds: regionIds,
    grouping: "place",
    texts: readFirstTexts(texts),
    customWording: Object.fromEntries(
      Object.entries(apart).map(([id, languages]) => [
        id,
        Object.fromEntries(
          Object.entries(languages).map(([language, parts]) => [
            language,
            Object.fromEntries(Object.entries(parts).map(([key, text]) => [partName(key), text])),
          ]),
        ),
      ]),
    ),
    numbers: Object.fromEntries(
      Object.entries(numbers).map(([id, choice]) => [
        id,
        choice.choice === "places-only" ? { ...choice, choice: "no-number" } : choice,
      ]),
    ),
  });
}

/** What an alert says of its agency. */
export const agencyFactsSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: localizedSchema,
  shortName: localizedSchema,
  sender: z.string(),
  web: z.string().nullable(),
  contact: z.string().nullable(),
});
export type AgencyFacts = z.infer<typeof agencyFactsSchema>;

export type CapStatus = "Actual" | "Exercise" | "Test";

/** A message that is in force: people were sent it, it has not ended, and nothing replaced or canceled it. */
export interface InForce {
  /** CAP's name for it: sender,identifier,sent (CAP 1.2, 3.2.1 references). */
  reference: string;
  audience: "phones" | "broadcasters";
  /** Place, area or county it is for. */
  placeId: string;
  /** The places it covers. */
  covers: string[];
  tells: Tells;
  /** Milliseconds since 1970. */
  sent: number;
  /** What it gave out for each place. */
  numbers: { placeId: string; id: string; e164: string; extension: string }[];
}

export const saveAlertSchema = z.strictObject({
  id: z.string(),
  /** The version the author began from; a save on a newer one is refused and both are kept. */
  version: z.number().int(),
  title: z.string().trim().min(3, "Give the alert a title of at least three characters.").max(120),
  content: alertContentSchema,
});

/** Characters of the reason for a decision. */
export const MOST_OF_REASON = 1000;

export const decisionSchema = z
  .strictObject({
    id: z.string(),
    decision: z.enum(["approve", "return", "reject"]),
    /** The fingerprint the approver saw. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.string().trim().max(MOST_OF_REASON, "Use at most 1,000 characters.").optional(),
    confirmations: z.array(z.string().max(200)).max(500),
    password: z.string().max(200).optional(),
    /** Of whoever has a second factor; neither is needed minutes after a passkey was used. */
    code: z.string().max(40).optional(),
    phrase: z.string().max(20).optional(),
    /** Released by one person who worked on it; takes the agency's rule and a request minutes before. */
    emergency: z.boolean().optional(),
  })
  .check((context) => {
    const { decision, reason } = context.value;
    if (decision !== "approve" && (reason ?? "").length < 3) {
      context.issues.push({
        code: "custom",
        path: ["reason"],
        message: "Give the reason. The author sees it first.",
        input: reason,
      });
    }
  });
export type Decision = z.infer<typeof decisionSchema>;

/** The first of two confirmations that one person releases an alert. */
export const emergencySchema = z.strictObject({
  id: z.string(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  reason: reasonSchema,
  password: z.string().max(200).optional(),
  code: z.string().max(40).optional(),
  phrase: z.string().max(20).optional(),
});
export type EmergencyInput = z.infer<typeof emergencySchema>;

/** Milliseconds between the two confirmations. */
export const EMERGENCY_PAUSE_MS = 120_000;

/** How an alert stands, for a page that asks every few seconds. */
export const alertStatusSchema = z.object({
  state: z.string(),
  version: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
  contentHash: z.string().nullable(),
});

/** What is said about one text of an alert, or about all of it. */
export const commentSchema = z.strictObject({
  id: z.string(),
  about: z.string().max(60),
  text: z.string().trim().min(2, "Write a comment.").max(1000, "Use at most 1,000 characters."),
});
