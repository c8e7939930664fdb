import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SERVICE_NAMES, TEST_CALL_RESULTS, type TestCall } from "./schema";
import { assessNumber, selectNumber } from "./selection";
import { area, call, NOW, number, SELECTION_CASES } from "./selection-cases-for-tests";

describe("which number does this place give out now?", () => {
  test.each(SELECTION_CASES.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const selection = selectNumber(entry.place, entry.situation);
    expect([selection.outcome, selection.number?.id]).toEqual([entry.outcome, entry.id]);
    // Rows of the evening tell larger places apart by the ids of their numbers.
    if (!entry.place.timeZone)
      expect([selection.of?.kind, selection.helpOption?.kind]).toEqual([entry.of, entry.helpOption]);
    expect(selection.why).toMatch(entry.why);
    expect(selection.why).toMatch(/[.?]$|^line is staffed|nobody there$/);
  });

  test("whatever it is asked, a number that is given out is verified, or was overridden", () => {
    const results = fc.constantFrom(...(Object.keys(TEST_CALL_RESULTS) as TestCall["result"][]));
    const some = fc.record({
      service: fc.constantFrom(...SERVICE_NAMES),
      preference: fc.integer({ min: 1, max: 3 }),
      status: fc.constantFrom("in-service" as const, "overloaded" as const, "down" as const),
      sharedWith911: fc.boolean(),
      calls: fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), results), { maxLength: 3 }),
    });
    const list = fc.array(some, { maxLength: 3 }).map((entries) =>
      entries.map(({ calls, ...entry }, index) =>
        number(String(index), {
          ...entry,
          calls: calls.sort(([left], [right]) => left - right).map(([days, result]) => call(days, result)),
        }),
      ),
    );
    fc.assert(
      fc.property(list, list, fc.constantFrom(...SERVICE_NAMES), (own, theirs, service) => {
        const fallbacks = [area("psap", theirs)];
        const selection = selectNumber({ numbers: own, fallbacks }, { now: NOW, service, failure: "full" });
        if (selection.number) expect(assessNumber(selection.number, NOW, "full")).toBe("verified");
        expect(selection.number !== undefined).toBe(["ready", "alternate"].includes(selection.outcome));
      }),
      { numRuns: 2000 },
    );
  });
});

test("there are as many situations as the review asked for", () => {
  expect(SELECTION_CASES.length).toBeGreaterThanOrEqual(120);
});
