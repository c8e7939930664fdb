import { z } from "zod";
import { findTypedNumbers } from "../directory/typed-numbers";

/** What fails. Each decides the wording of every text. */
export const FAILURES = {
  full: { label: "Every call", hint: "Nobody gets through" },
  partial: { label: "Some calls", hint: "Certain places or times" },
  intermittent: { label: "On and off", hint: "A second try may work" },
  carrier: { label: "One carrier", hint: "Customers of one cell carrier" },
  landline: { label: "Landlines only", hint: "Cell phones get through" },
  wireless: { label: "Cell phones only", hint: "Landlines get through" },
} as const;

export const TEXT_TO_911 = { works: "Works", fails: "Fails too", unknown: "Not known" } as const;

export const failureSchema = z.enum(["full", "partial", "intermittent", "carrier", "landline", "wireless"], {
  error: "Choose what fails.",
});
export const textTo911Schema = z.enum(["works", "fails", "unknown"]);
export const modeSchema = z.enum(["live", "exercise"]);

/** The facts of an outage that its texts use. */
export const incidentFactsSchema = z.object({
  id: z.string(),
  mode: modeSchema,
  title: z.string(),
  failure: failureSchema,
  carrier: z.string().nullable(),
  textTo911: textTo911Schema,
  /** Milliseconds since 1970. */
  beganAt: z.number(),
});

export type IncidentFacts = z.infer<typeof incidentFactsSchema>;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** What a person enters to declare an outage. Unknown fields are refused. */
export const declareIncidentSchema = z
  .strictObject({
    mode: modeSchema,
    failure: failureSchema,
    carrier: z
      .string()
      .transform(oneLine)
      .pipe(z.string().max(12, "Use at most 12 characters, so that the short text has room."))
      .refine((text) => findTypedNumbers(text).length === 0, "Give the carrier's name, not a number.")
      .optional(),
    textTo911: textTo911Schema,
    beganAt: z.iso.datetime({ offset: true, error: "Give the day and the time it began." }),
    evidence: z
      .string()
      .transform(oneLine)
      .pipe(
        z
          .string()
          .min(3, "Say how you know, for example “calls to twelve dispatch centers”.")
          .max(500, "Use at most 500 characters."),
      ),
    cause: z.string().transform(oneLine).pipe(z.string().max(300, "Use at most 300 characters.")).optional(),
    placeIds: z
      .array(z.string().max(20))
      .min(1, "Choose at least one city or town.")
      .max(5000, "Choose at most 5,000 places."),
    confirmation: z.string().optional(),
  })
  .check((context) => {
    const { failure, carrier, mode, confirmation } = context.value;
    if (failure === "carrier" && !carrier) {
      context.issues.push({
        code: "custom",
        path: ["carrier"],
        message: "Name the carrier whose customers cannot reach 911.",
        input: carrier,
      });
    }
    if (mode === "exercise" && confirmation !== "EXERCISE") {
      context.issues.push({
        code: "custom",
        path: ["confirmation"],
        message: "Type EXERCISE in capitals, so that nobody mistakes this for a real outage.",
        input: confirmation,
      });
    }
  });

export type DeclareIncident = z.input<typeof declareIncidentSchema>;
