import { z } from "zod";
import type { ChangeFacts, DeclareIncident } from "../../lib/incidents/schema";
import { type FAILURES, failureSchema, type TEXT_TO_911, textTo911Schema } from "../../lib/incidents/schema";
import type { FormProblem } from "../ui/error-summary";
import { type LocalFields, localFieldsSchema, localToInstant } from "../../lib/standards/cap/local-time";
import type { Places } from "./place-picker";

/** What the form to declare an outage holds, and every way it changes. Pure. */

export interface DeclareState {
  failure: keyof typeof FAILURES | null;
  carrier: string;
  textTo911: keyof typeof TEXT_TO_911;
  /** Local date and time fields. */
  began: LocalFields;
  evidence: string;
  cause: string;
  confirmation: string;
  places: Places;
  /** Said where an incident is open for some of the places, and this is another one. */
  another: boolean;
}

/** Some answers at once: each replaces what was there. */
export type Answer = Partial<DeclareState>;

export const answer = (state: DeclareState, change: Answer): DeclareState => ({ ...state, ...change });

/** What was filled in and is nowhere but on screen, as a device keeps it. */
export const unsavedSchema = z.object({
  failure: failureSchema.nullable(),
  carrier: z.string(),
  textTo911: textTo911Schema,
  began: localFieldsSchema,
  evidence: z.string(),
  cause: z.string(),
  placeIds: z.array(z.string()),
});
export type Unsaved = z.output<typeof unsavedSchema>;

const keep = ({ failure, carrier, textTo911, began, evidence, cause, places }: DeclareState): Unsaved => ({
  failure,
  carrier,
  textTo911,
  began: { date: began.date, time: began.time, ...(began.which ? { which: began.which } : {}) },
  evidence,
  cause,
  placeIds: [...places.ids].sort(),
});

/** @returns null while nothing was filled in. A word that confirms is typed anew, so it is not kept */
export function findUnsaved(state: DeclareState, begun: DeclareState): Unsaved | null {
  const filled = keep(state);
  return JSON.stringify(filled) === JSON.stringify(keep(begun)) ? null : filled;
}

/** The answers that a device kept. Places that are no longer the agency's are left out. */
export const answersOf = ({ placeIds, ...rest }: Unsaved, allowed: ReadonlySet<string>): Answer => ({
  ...rest,
  places: { ids: new Set(placeIds.filter((id) => allowed.has(id))), open: 0 },
});

/** The field of the server's schema that an answer belongs to. */
const FIELD_OF: Partial<Record<keyof DeclareState, string>> = { began: "beganAt", places: "placeIds" };

/** A field that is being answered is no longer told to be wrong. */
export function withoutAnswered(problem: FormProblem | null, change: Answer): FormProblem | null {
  if (!problem?.fields) return problem;
  const answered = new Set(Object.keys(change).map((name) => FIELD_OF[name as keyof DeclareState] ?? name));
  if (change.places?.ids.size === 0) answered.delete("placeIds");
  const fields = Object.fromEntries(Object.entries(problem.fields).filter(([name]) => !answered.has(name)));
  return Object.keys(fields).length > 0 ? { ...problem, fields } : null;
}

/** What is known of the outage, before it is checked: a missing answer stays missing, so that the schema says so. */
export function toFacts(
  { failure, carrier, textTo911, began, evidence, cause }: DeclareState,
  timeZone: string,
): Record<keyof Omit<ChangeFacts, "id" | "expectedEndAt">, unknown> {
  const beganAt = localToInstant(began, timeZone);
  return {
    failure,
    carrier: failure === "carrier" ? carrier : undefined,
    textTo911,
    beganAt: beganAt === null ? "" : new Date(beganAt).toISOString(),
    evidence,
    cause: cause.trim() === "" ? undefined : cause,
  };
}

/** What is sent to declare it. */
export function toInput(
  state: DeclareState,
  mode: "live" | "exercise",
  timeZone: string,
  exerciseId?: string,
): Record<keyof DeclareIncident, unknown> {
  return {
    mode,
    ...toFacts(state, timeZone),
    placeIds: [...state.places.ids],
    confirmation: mode === "exercise" ? state.confirmation : undefined,
    anotherIncident: state.another || undefined,
    exerciseId,
  };
}
