import { z } from "zod";
import { injectStageSchema, partSchema, type PlanExercise, type Stage, STAGE_NAMES } from "../../lib/exercises/schema";
import { failureSchema, textTo911Schema } from "../../lib/incidents/schema";
import type { FormProblem } from "../ui/error-summary";
import { localFieldsSchema, localToInstant, toLocalFields } from "../../lib/standards/cap/local-time";
import type { Plan } from "../../lib/exercises/planning/data";

/** What the form of a plan holds: what was typed, as it was typed. Pure. */

export const planStateSchema = z.object({
  agencyId: z.string(),
  title: z.string(),
  when: localFieldsSchema,
  brief: z.string(),
  failure: failureSchema.nullable(),
  carrier: z.string(),
  textTo911: textTo911Schema,
  placeIds: z.array(z.string()),
  players: z.array(z.object({ personId: z.string(), part: partSchema })),
  injects: z.array(z.object({ text: z.string(), minutes: z.string(), stage: injectStageSchema.nullable() })),
  targets: z.object({
    declared: z.string(),
    submitted: z.string(),
    published: z.string(),
    update: z.string(),
  }),
});
export type PlanState = z.infer<typeof planStateSchema>;

/** Text of a field for whole minutes: empty for none. What is no number stays wrong, so that the schema says so. */
const toMinutes = (text: string): number | null => (text.trim() === "" ? null : Number(text));
const fromMinutes = (minutes: number | null) => (minutes === null ? "" : String(minutes));

const textsOf = (targets: Readonly<Record<Stage, number | null>>) => ({
  declared: fromMinutes(targets.declared),
  submitted: fromMinutes(targets.submitted),
  published: fromMinutes(targets.published),
  update: fromMinutes(targets.update),
});

/** An empty plan, for a time to come. */
export const emptyPlan = (
  agencyId: string,
  startsAt: number,
  timeZone: string,
  targets: Readonly<Record<Stage, number | null>>,
): PlanState => ({
  agencyId,
  title: "",
  when: toLocalFields(startsAt, timeZone),
  brief: "",
  failure: null,
  carrier: "",
  textTo911: "unknown",
  placeIds: [],
  players: [],
  injects: [],
  targets: textsOf(targets),
});

/** The form of a plan that is changed. */
export const fromPlan = (plan: Plan, timeZone: string): PlanState => ({
  agencyId: plan.agencyId,
  title: plan.title,
  when: toLocalFields(plan.startsAt, timeZone),
  brief: plan.brief,
  failure: plan.failure,
  carrier: plan.carrier,
  textTo911: plan.textTo911,
  placeIds: plan.placeIds,
  players: plan.players,
  injects: plan.injects.map(({ text, afterMinutes, stage }) => ({ text, minutes: fromMinutes(afterMinutes), stage })),
  targets: textsOf(plan.targets),
});

/** What is sent, before it is checked. */
export function toPlan(
  state: PlanState,
  timeZone: string,
  change: { id: string; version: number } | null,
): Record<keyof PlanExercise, unknown> {
  const startsAt = localToInstant(state.when, timeZone);
  return {
    change,
    agencyId: state.agencyId,
    title: state.title,
    startsAt: startsAt === null ? "" : new Date(startsAt).toISOString(),
    brief: state.brief,
    failure: state.failure,
    carrier: state.failure === "carrier" ? state.carrier : undefined,
    textTo911: state.textTo911,
    placeIds: state.placeIds,
    players: state.players,
    injects: state.injects.map(({ text, minutes, stage }) => ({
      text,
      afterMinutes: stage === null ? toMinutes(minutes) : null,
      stage,
    })),
    targets: Object.fromEntries(STAGE_NAMES.map((stage) => [stage, toMinutes(state.targets[stage])])),
  };
}

/** A field that is being answered is no longer told to be wrong. */
export function withoutAnswers(problem: FormProblem | null, answers: Partial<PlanState>): FormProblem | null {
  if (!problem?.fields) return problem;
  const answered = new Set(Object.keys(answers).map((name) => (name === "when" ? "startsAt" : name)));
  const fields = Object.entries(problem.fields).filter(([name]) => !answered.has(name.split(".")[0] ?? name));
  return fields.length > 0 ? { ...problem, fields: Object.fromEntries(fields) } : null;
}
