import { expect, test } from "vitest";
import { DEFAULT_TARGETS, planSchema } from "../../lib/exercises/schema";
import { fieldMessages } from "../../lib/platform/result";
import { emptyPlan, type PlanState, toPlan, withoutAnswers } from "./plan-state";

const ZONE = "America/New_York";
const empty = emptyPlan("state-911", Date.parse("2026-11-30T15:00:00Z"), ZONE, DEFAULT_TARGETS);
const filled: PlanState = {
  ...empty,
  title: "November",
  brief: "A cable was cut in Granby.",
  failure: "full",
  placeIds: ["2502526535"],
  players: [
    { personId: "dana", part: "declares" },
    { personId: "dana", part: "drafts" },
    { personId: "luis", part: "approves" },
  ],
  injects: [
    { text: "The mayor calls.", minutes: "5", stage: null },
    { text: "A reporter asks.", minutes: "7", stage: "published" },
  ],
};
const problems = (state: PlanState) => {
  const checked = planSchema.safeParse(toPlan(state, ZONE, null));
  return checked.success ? {} : fieldMessages(checked.error);
};

test("a filled form is a plan, with its time in the agency’s zone", () => {
  const plan = planSchema.parse(toPlan(filled, ZONE, null));
  expect(plan).toMatchObject({ startsAt: "2026-11-30T15:00:00.000Z", targets: DEFAULT_TARGETS });
  expect(plan.injects.map(({ afterMinutes, stage }) => [afterMinutes, stage])).toEqual([
    [5, null],
    [null, "published"],
  ]);
});

test("each wrong answer is said at its field", () => {
  expect(Object.keys(problems(empty))).toEqual(["title", "brief", "failure", "placeIds", "players"]);
  expect(problems({ ...filled, when: { date: "", time: "10:00" } })).toEqual({
    startsAt: "Enter the day and the time it starts.",
  });
  const wrong = { ...filled, injects: [{ text: "x", minutes: "soon", stage: null }] };
  expect(problems(wrong)).toEqual({
    "injects.0.text": "Write what players are told, or remove this inject.",
    "injects.0.afterMinutes": "Enter whole minutes after the start.",
  });
  expect(problems({ ...filled, targets: { ...filled.targets, declared: "2.5" } })).toEqual({
    "targets.declared": "Enter whole minutes, or leave it empty.",
  });
});

test("a field that is being answered is no longer told to be wrong, and the others are", () => {
  const problem = { message: "Not planned yet.", fields: { startsAt: "a", title: "b", "injects.0.text": "c" } };
  expect(withoutAnswers(problem, { when: filled.when })?.fields).toEqual({ title: "b", "injects.0.text": "c" });
  expect(withoutAnswers(problem, { injects: filled.injects })?.fields).toEqual({ startsAt: "a", title: "b" });
  expect(withoutAnswers({ message: "No", fields: { title: "b" } }, { title: "November" })).toBeNull();
});
