import { z } from "zod";
import { groupBy } from "../platform/group-by";
import { FIRST_LANGUAGE, languageSchema, localizedSchema } from "../platform/language";
import { fillParts, type Part, PARTS } from "../wording/texts";
import { type Times, timeSlots } from "./clock-words";
import { PURPOSES, TELLS } from "./schema";

/**
 * A bundle is everything a publication will say, but for the moment it is sent:
 * one entry per message, texts with only their time slots open. Its canonical
 * JSON is what is hashed, reviewed, approved and rendered. Format 4 is the one
 * that is written now; what was approved in an earlier one is read for ever.
 */

export const OUTCOMES = [
  "ready",
  "alternate",
  "override",
  "no-number",
  "blocked",
  "county",
  "restored",
  "neighbor",
] as const;

/** A direct number with all that is dialed, as the directory has it. */
export const givenNumberSchema = z.object({
  id: z.string(),
  e164: z.string(),
  extension: z.string(),
  placeId: z.string(),
  /** What speaks against giving it out, where something does: sentences. */
  doubts: z.array(z.string()).optional(),
});
export type GivenNumber = z.infer<typeof givenNumberSchema>;

/** Without the limits of a draft: what was approved is read whatever it says. Early bundles have neither post nor script. */
const bundlePartsSchema = z.object({
  short: z.string(),
  long: z.string(),
  headline: z.string(),
  description: z.string(),
  instruction: z.string(),
  social: z.string().default(""),
  script: z.string().default(""),
} satisfies Record<Part, z.ZodType<string>>);

const textsOfMessageSchema = z.object({
  language: languageSchema,
  /** Whether the CAP message carries it; phones are sent some languages only. */
  inCap: z.boolean(),
  parts: bundlePartsSchema,
  /** Parts in a shorter wording than the usual one, since that was too long here. */
  shorter: z.array(z.enum(PARTS)).optional(),
});

/** How one of several places comes out. */
const placeOutcomeSchema = z.object({
  placeId: z.string(),
  place: z.string(),
  population: z.number(),
  outcome: z.enum(OUTCOMES),
  why: z.string(),
});

export const bundleMessageSchema = z.object({
  identifier: z.string(),
  msgType: z.enum(["Alert", "Update", "Cancel"]),
  tells: z.enum(TELLS),
  /** Since when 911 works again, of an all-clear; milliseconds since 1970. */
  restoredAt: z.number().optional(),
  /** Since when 911 fails in its places, where that is not since the outage began. */
  beganAt: z.number().optional(),
  audience: z.enum(["phones", "broadcasters"]),
  /** The place, dispatch area, county or state the message is for. */
  placeId: z.string(),
  place: z.string(),
  /** The places it covers; more than one when places are grouped. */
  placeIds: z.array(z.string()),
  population: z.number(),
  areas: z.array(
    z.object({ areaDesc: localizedSchema, sameCodes: z.array(z.string()).min(1), polygons: z.array(z.string()) }),
  ),
  /** Of a message for several places that of the worst. */
  outcome: z.enum(OUTCOMES),
  numbers: z.array(givenNumberSchema),
  why: z.string(),
  /** Set where it is for more than the place it is named after: each of them by itself. */
  byPlace: z.array(placeOutcomeSchema).optional(),
  /** Set only where it is not that of the site. */
  timeZone: z.string().optional(),
  references: z.string().nullable(),
  texts: z.array(textsOfMessageSchema),
});

export const bundleSchema = z.object({
  format: z.literal("callbox-bundle-4"),
  alertId: z.string(),
  purpose: z.enum(PURPOSES),
  status: z.enum(["Actual", "Exercise", "Test"]),
  note: z.string().nullable(),
  sender: z.string(),
  senderName: localizedSchema,
  source: z.string(),
  web: z.string().nullable(),
  contact: z.string().nullable(),
  incident: z.string(),
  beganAt: z.number(),
  validMinutes: z.number(),
  nextUpdateMinutes: z.number(),
  timeZone: z.string(),
  /** The number a correction corrects, with all that is dialed. */
  wrong: z.object({ e164: z.string(), extension: z.string() }).nullable(),
  messages: z.array(bundleMessageSchema),
});

export type Bundle = z.infer<typeof bundleSchema>;
export type BundleMessage = z.infer<typeof bundleMessageSchema>;

/** The zone whose clock the people of a message go by, which may be another than its agency's. */
export const zoneOf = (bundle: Bundle, message: BundleMessage): string => message.timeZone ?? bundle.timeZone;

/** One place of a message: how it comes out, and the number it gives. */
export type PlaceOutcome = z.infer<typeof placeOutcomeSchema> & { numbers: GivenNumber[] };

/** The places of a message, each by itself. What an earlier version froze of several comes out as one. */
export function outcomesOf(message: BundleMessage): PlaceOutcome[] {
  const { placeId, place, population, outcome, why, numbers, byPlace } = message;
  if (!byPlace) return [{ placeId, place, population, outcome, why, numbers }];
  const given = groupBy(numbers, (number) => number.placeId);
  return byPlace.map((one) => ({ ...one, numbers: given.get(one.placeId) ?? [] }));
}

/** What the clock fills into the texts of a message that is sent at a moment. */
export function timesOf(bundle: Bundle, message: BundleMessage, sent: number): Times {
  return {
    sent,
    beganAt: message.beganAt ?? bundle.beganAt,
    validMinutes: bundle.validMinutes,
    nextUpdateMinutes: bundle.nextUpdateMinutes,
    timeZone: zoneOf(bundle, message),
    restoredAt: message.restoredAt,
  };
}

/** The texts of a message as they read when sent at a moment, in milliseconds since 1970. */
export function textsAt(bundle: Bundle, message: BundleMessage, sent: number): BundleMessage["texts"] {
  return message.texts.map(({ parts, ...text }) => ({
    ...text,
    parts: fillParts(parts, timeSlots(text.language, timesOf(bundle, message, sent))),
  }));
}

const firstBundleSchema = z.object({
  format: z.literal("callbox-bundle-1"),
  alertId: z.string(),
  kind: z.enum(["outage", "cancel"]),
  status: z.enum(["Actual", "Exercise", "Test"]),
  note: z.string().nullable(),
  sender: z.string(),
  senderName: z.string(),
  senderNameEs: z.string(),
  source: z.string(),
  web: z.string().nullable(),
  contact: z.string().nullable(),
  incident: z.string(),
  beganAt: z.number(),
  validMinutes: z.number(),
  nextUpdateMinutes: z.number(),
  timeZone: z.string(),
  messages: z.array(
    z.object({
      identifier: z.string(),
      audience: z.enum(["phones", "broadcasters"]),
      regionId: z.string(),
      place: z.string(),
      population: z.number(),
      areas: z.array(
        z.object({ areaDesc: z.string(), areaDescEs: z.string(), sameCode: z.string(), polygons: z.array(z.string()) }),
      ),
      outcome: z.enum(["ready", "alternate", "override", "places", "blocked", "county"]),
      numbers: z.array(z.object({ id: z.string(), e164: z.string(), regionId: z.string() })),
      why: z.string(),
      references: z.string().nullable(),
      texts: z.array(
        z.object({
          language: z.string(),
          short: z.string(),
          long: z.string(),
          headline: z.string(),
          description: z.string(),
          instruction: z.string(),
        }),
      ),
    }),
  ),
});

/** Format 3 is format 4 without posts and scripts. */
const thirdBundleSchema = bundleSchema.extend({ format: z.literal("callbox-bundle-3") });

/** Format 2 knew first alerts and cancellations, of one message type each. */
const secondBundleSchema = bundleSchema.omit({ wrong: true }).extend({
  format: z.literal("callbox-bundle-2"),
  messages: z.array(bundleMessageSchema.omit({ msgType: true, tells: true, restoredAt: true, beganAt: true })),
});

function fromSecond({ messages, ...rest }: z.infer<typeof secondBundleSchema>): Bundle {
  const [msgType, tells] =
    rest.purpose === "cancellation" ? (["Cancel", "withdrawal"] as const) : (["Alert", "outage"] as const);
  return {
    ...rest,
    format: "callbox-bundle-4",
    wrong: null,
    messages: messages.map((message) => ({ ...message, msgType, tells })),
  };
}

const inTwo = (english: string, spanish: string) => ({ [FIRST_LANGUAGE]: english, "es-US": spanish });

/** Format 1 as format 2. Its extensions stood in the texts only. */
function fromFirst({
  kind,
  senderName,
  senderNameEs,
  messages,
  ...rest
}: z.infer<typeof firstBundleSchema>): z.infer<typeof secondBundleSchema> {
  return {
    ...rest,
    format: "callbox-bundle-2",
    purpose: kind === "cancel" ? "cancellation" : "outage",
    senderName: inTwo(senderName, senderNameEs),
    messages: messages.map(({ regionId, areas, outcome, numbers, texts, ...message }) => ({
      ...message,
      placeId: regionId,
      placeIds: [
        ...new Set(numbers.map((number) => number.regionId).concat(message.audience === "phones" ? regionId : [])),
      ],
      areas: areas.map(({ areaDesc, areaDescEs, sameCode, polygons }) => ({
        areaDesc: inTwo(areaDesc, areaDescEs),
        sameCodes: [sameCode],
        polygons,
      })),
      outcome: outcome === "places" ? "no-number" : outcome,
      numbers: numbers.map((number) => ({ id: number.id, e164: number.e164, extension: "", placeId: number.regionId })),
      texts: texts.map(({ language, ...parts }) => ({
        language,
        inCap: true,
        parts: { ...parts, social: "", script: "" },
      })),
    })),
  };
}

const formatSchema = z.object({ format: z.string() });

/** Which format a stored bundle was written in. @throws when it is none */
export function bundleFormat(stored: string): string {
  return formatSchema.parse(JSON.parse(stored)).format;
}

/** A stored bundle of any format. @throws when it is none */
export function readBundle(stored: string): Bundle {
  const json: unknown = JSON.parse(stored);
  switch (formatSchema.parse(json).format) {
    case "callbox-bundle-1":
      return fromSecond(fromFirst(firstBundleSchema.parse(json)));
    case "callbox-bundle-2":
      return fromSecond(secondBundleSchema.parse(json));
    case "callbox-bundle-3":
      return { ...thirdBundleSchema.parse(json), format: "callbox-bundle-4" };
    default:
      return bundleSchema.parse(json);
  }
}
