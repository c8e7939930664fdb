import { expect, test } from "vitest";
import { currentOf, type SaidMessage, standingThere } from "./facts";
import { NOW, PLACES } from "./states-for-tests";

const HOUR = 3_600_000;
const place = PLACES.find(({ name }) => name === "full")!;
const said = (tells: SaidMessage["tells"], hoursAgo: number, change: Partial<SaidMessage> = {}): SaidMessage => ({
  ...place.said[0]!,
  tells,
  sentAt: NOW - hoursAgo * HOUR,
  ...change,
});
const standings = (...messages: SaidMessage[]) => standingThere(messages).map(({ standing }) => standing);

test.each(["all-clear", "neighbor"] as const)(
  "that 911 works, told before a newer outage, no longer holds there: %s",
  (tells) => {
    expect(standings(said("outage", 1), said(tells, 2))).toEqual(["in-force", "replaced"]);
    // Also once the outage has an all-clear of its own, or has run out.
    expect(standings(said("all-clear", 0), said("outage", 1, { standing: "replaced" }), said(tells, 2))).toEqual([
      "in-force",
      "replaced",
      "replaced",
    ]);
    const over = standingThere([said("outage", 2, { endsAt: NOW - HOUR }), said(tells, 3)]);
    expect(currentOf({ ...place, said: over }, NOW)).toBeNull();
  },
);

test.each(["all-clear", "neighbor"] as const)(
  "that 911 works is not said where an older alert of another outage says that it fails: %s",
  (tells) => {
    const other = (change: Partial<SaidMessage>) => said("outage", 2, { incidentId: "another", ...change });
    expect(standings(said(tells, 1), other({}))).toEqual(["replaced", "in-force"]);
    // Also when nobody updated it and it ran out since.
    const over = standingThere([said(tells, 1), other({ endsAt: NOW - HOUR / 2, standing: "ended" })]);
    expect(currentOf({ ...place, said: over }, NOW)).toBeNull();
    // Not when it had ended before, has an all-clear of its own, or was taken back.
    for (const change of [
      { endsAt: NOW - 1.5 * HOUR, standing: "ended" },
      { standing: "replaced" },
      { standing: "taken-back" },
    ] as const)
      expect(standings(said(tells, 1), other(change))[0], JSON.stringify(change)).toBe("in-force");
  },
);

test("it holds against an older outage, and against one that was taken back", () => {
  expect(standings(said("all-clear", 1), said("outage", 2, { standing: "replaced" }))).toEqual([
    "in-force",
    "replaced",
  ]);
  expect(standings(said("outage", 1, { standing: "taken-back" }), said("all-clear", 2))).toEqual([
    "taken-back",
    "in-force",
  ]);
});
