import { expect, test } from "vitest";
import { declareIncidentSchema } from "../../lib/incidents/schema";
import {
  answer,
  answersOf,
  type DeclareState,
  findUnsaved,
  toInput,
  unsavedSchema,
  withoutAnswered,
} from "./declare-state";

const START: DeclareState = {
  failure: null,
  carrier: "",
  textTo911: "unknown",
  began: { date: "2024-06-18", time: "13:15" },
  evidence: "",
  cause: "",
  confirmation: "",
  another: false,
  places: { ids: new Set(), open: 0 },
};
const FULL = answer(START, {
  failure: "full",
  evidence: "Calls to twelve dispatch centers",
  places: { ids: new Set(["2501526535"]), open: 0 },
});

test("what is complete is taken, what is missing is told", () => {
  expect(declareIncidentSchema.safeParse(toInput(FULL, "live", "America/New_York"))).toMatchObject({
    success: true,
    data: { beganAt: "2024-06-18T17:15:00.000Z" },
  });
  const checked = declareIncidentSchema.safeParse(toInput(START, "exercise", "America/New_York"));
  expect(checked.error!.issues.map(({ path }) => path.join())).toEqual(["failure", "evidence", "placeIds"]);
});

test("a carrier is sent only where one carrier fails", () => {
  expect(toInput(answer(FULL, { carrier: "X" }), "live", "UTC").carrier).toBeUndefined();
  expect(toInput(answer(FULL, { failure: "carrier", carrier: "X" }), "live", "UTC").carrier).toBe("X");
});

test("an answered field is no longer wrong; the last one takes the summary with it", () => {
  const problem = { message: "Not declared yet.", fields: { failure: "a", beganAt: "b", placeIds: "c" } };
  const left = withoutAnswered(problem, { failure: "full", began: START.began });
  expect(left).toEqual({ message: "Not declared yet.", fields: { placeIds: "c" } });
  expect(withoutAnswered(left, { places: { ids: new Set(), open: 1 } })).toEqual(left);
  expect(withoutAnswered(left, { places: { ids: new Set(["a"]), open: 0 } })).toBeNull();
});

test("what was filled in is kept, and comes back as it was; a confirming word and an untouched form are not kept", () => {
  expect(findUnsaved(START, START)).toBeNull();
  expect(findUnsaved(answer(START, { confirmation: "EXERCISE" }), START)).toBeNull();
  const kept = unsavedSchema.parse(JSON.parse(JSON.stringify(findUnsaved(FULL, START))));
  const back = answer(START, answersOf(kept, new Set(["2501526535"])));
  expect(back).toEqual(FULL);
  // A place that was taken from the agency meanwhile.
  expect([...answersOf(kept, new Set())!.places!.ids]).toEqual([]);
});
