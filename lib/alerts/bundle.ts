import { z } from "zod";

/**
 * A bundle is everything a publication will say, but for the moment it is sent:
 * one entry per message, texts with only their time slots open. Its canonical
 * JSON is what is hashed, reviewed, approved and rendered.
 */
export const bundleMessageSchema = z.object({
  identifier: z.string(),
  audience: z.enum(["phones", "broadcasters"]),
  regionId: z.string(),
  place: z.string(),
  population: z.number(),
  areas: z.array(
    z.object({ areaDesc: z.string(), areaDescEs: z.string(), sameCode: z.string(), polygons: z.array(z.string()) }),
  ),
  outcome: z.enum(["ready", "alternate", "override", "places", "blocked", "county"]),
  /** The direct numbers the texts give, E.164, with the id in the directory. */
  numbers: z.array(z.object({ id: z.string(), e164: z.string(), regionId: z.string() })),
  why: z.string(),
  references: z.string().nullable(),
  texts: z.array(
    z.object({
      language: z.enum(["en-US", "es-US"]),
      short: z.string(),
      long: z.string(),
      headline: z.string(),
      description: z.string(),
      instruction: z.string(),
    }),
  ),
});

export const bundleSchema = z.object({
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
  messages: z.array(bundleMessageSchema),
});

export type Bundle = z.infer<typeof bundleSchema>;
export type BundleMessage = z.infer<typeof bundleMessageSchema>;
