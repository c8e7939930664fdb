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
  location: { label: "Location or call-back number", hint: "Calls get through; dispatchers may not see where from" },
} as const;

export const TEXT_TO_911 = { works: "Works", fails: "Fails too", unknown: "Not known" } as const;

export const failureSchema = z.enum(
  ["full", "partial", "intermittent", "carrier", "landline", "wireless", "location"],
  {
    error: "Choose what fails.",
  },
);
export const textTo911Schema = z.enum(["works", "fails", "unknown"]);
const modeSchema = z.enum(["live", "exercise"]);

/** How a place stands in an outage. */
export const OUTAGE_STATES = {
  out: "Out",
  partly: "Partly out",
  restored: "Restored",
  removed: "Not part of it",
} as const;
export type OutageState = keyof typeof OUTAGE_STATES;
export const outageStateSchema = z.enum(["out", "partly", "restored", "removed"]);

/** Whether 911 fails there, at least for some. */
export const isOut = (state: string | undefined) => state === "out" || state === "partly";

/** The facts of an outage that its texts use. */
const incidentFactsSchema = z.object({
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

const NO_EVIDENCE = "Say how you know, for example “calls to twelve dispatch centers”.";
const evidenceTextSchema = z.string().transform(oneLine).pipe(z.string().max(500, "Use at most 500 characters."));
const evidenceSchema = evidenceTextSchema.pipe(z.string().min(3, NO_EVIDENCE));
const instantSchema = (error: string) => z.iso.datetime({ offset: true, error });
const placeIdsSchema = z
  .array(z.string().max(20))
  .min(1, "Choose at least one city or town.")
  .max(5000, "Choose at most 5,000 places.");

/** The short text of 90 characters names the carrier beside the place and what to do. */
export const MOST_OF_CARRIER = 12;

/** Why a carrier's name is too long for the short text; undefined where it is not. */
export function describeLongCarrier(written: string): string | undefined {
  const { length } = oneLine(written);
  if (length <= MOST_OF_CARRIER) return undefined;
  return `This name has ${length} characters. Use at most ${MOST_OF_CARRIER}, so that the short text has room.`;
}

/** The name of a carrier as its customers know it. */
export const carrierSchema = z
  .string()
  .transform(oneLine)
  .refine((text) => text.length <= MOST_OF_CARRIER, { error: ({ input }) => describeLongCarrier(String(input)) })
  .refine((text) => findTypedNumbers(text).length === 0, "Give the carrier's name, not a number.");

/** What is known of an outage, as people enter it. */
const FACT_FIELDS = {
  failure: failureSchema,
  carrier: carrierSchema.optional(),
  textTo911: textTo911Schema,
  beganAt: instantSchema("Give the day and the time it began."),
  evidence: evidenceSchema,
  cause: z.string().transform(oneLine).pipe(z.string().max(300, "Use at most 300 characters.")).optional(),
};

/** What a person enters to declare an outage. Unknown fields are refused. */
export const declareIncidentSchema = z
  .strictObject({
    mode: modeSchema,
    ...FACT_FIELDS,
    placeIds: placeIdsSchema,
    confirmation: z.string().optional(),
    /** Said where an incident is open for some of the places, and this is another one. */
    anotherIncident: z.boolean().optional(),
    /** The planned exercise it belongs to. */
    exerciseId: z.string().max(60).optional(),
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
    if (mode !== "exercise" && context.value.exerciseId !== undefined) {
      context.issues.push({
        code: "custom",
        path: ["exerciseId"],
        message: "A real outage is declared under Incidents, never in an exercise.",
        input: mode,
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

/** What a person changes about an open incident. */
export const changeFactsSchema = z
  .strictObject({
    id: z.string(),
    ...FACT_FIELDS,
    /** When it should be mended, as far as anyone says. */
    expectedEndAt: instantSchema("Give the day and the time, or leave it empty.").optional(),
  })
  .check((context) => {
    const { failure, carrier } = context.value;
    if (failure === "carrier" && !carrier) {
      context.issues.push({
        code: "custom",
        path: ["carrier"],
        message: "Name the carrier whose customers cannot reach 911.",
        input: carrier,
      });
    }
  });
export type ChangeFacts = z.input<typeof changeFactsSchema>;

/** How one may know that 911 works again. */
export const RESTORATION_EVIDENCE = {
  "test-calls": "Test calls arranged with the dispatch center",
  center: "The dispatch center says so",
  provider: "The provider says so",
} as const;

/** Moves places from one state to another, or into the incident. */
export const movePlacesSchema = z
  .strictObject({
    id: z.string(),
    placeIds: placeIdsSchema,
    state: outageStateSchema,
    since: instantSchema("Give the day and the time."),
    // What is missing is said below: it depends on the state.
    evidence: evidenceTextSchema,
    /** For restored places: how it is known, and when the test calls were made. */
    how: z.enum(["test-calls", "center", "provider"]).optional(),
    landlineAt: z.string().trim().max(20).optional(),
    cellAt: z.string().trim().max(20).optional(),
  })
  .check((context) => {
    const { state, how, landlineAt, cellAt, evidence } = context.value;
    const need = (path: string, message: string) =>
      context.issues.push({ code: "custom", path: [path], message, input: undefined });
    const given = evidence.length >= 3;
    if (state !== "restored") {
      if (!given) need("evidence", NO_EVIDENCE);
      return;
    }
    if (!given)
      need("evidence", "Say who said so, for example “test call answered by the dispatch center at 2:10 PM”.");
    if (!how) need("how", "Say how you know that 911 works again.");
    if (how === "test-calls" && !landlineAt) need("landlineAt", "Give the time of the call from a landline.");
    if (how === "test-calls" && !cellAt) need("cellAt", "Give the time of the call from a cell phone.");
  });
export type MovePlaces = z.input<typeof movePlacesSchema>;

/** Kinds of entries that people write into an incident. */
export const ENTRY_KINDS = {
  facts: "Changed",
  places: "Places",
  fact: "Heard",
  notice: "Notice of the provider",
  finding: "Finding",
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;
export const entryKindSchema = z.enum(["facts", "places", "fact", "notice", "finding"]);

/** Something that was heard, a notice of the provider, or what is worth talking about afterwards. */
export const recordEntrySchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(["fact", "notice", "finding"]),
    text: z
      .string()
      .transform(oneLine)
      .pipe(z.string().min(3, "Say what it is in a few words.").max(1000, "Use at most 1,000 characters.")),
    source: z.string().transform(oneLine).pipe(z.string().max(120, "Use at most 120 characters.")).optional(),
    at: instantSchema("Give the day and the time."),
  })
  .check((context) => {
    const { kind, source } = context.value;
    if (kind !== "finding" && !source) {
      context.issues.push({
        code: "custom",
        path: ["source"],
        message: kind === "notice" ? "Name the provider." : "Say who you heard it from.",
        input: source,
      });
    }
  });
export type RecordEntry = z.input<typeof recordEntrySchema>;
