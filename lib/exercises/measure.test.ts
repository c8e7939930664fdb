import { describe, expect, test } from "vitest";
import {
  type Course,
  describeMissed,
  formatSpan,
  isCompleted,
  measurePeople,
  measureStages,
  type ReachedStages,
  releaseInjects,
} from "./measure";
import { DEFAULT_TARGETS, planSchema } from "./schema";

const START = Date.parse("2026-11-25T15:00:00Z");
const at = (minutes: number) => START + minutes * 60_000;
const by = (minutes: number, person: string) => ({ at: at(minutes), personId: person, by: person });
const NOTHING: ReachedStages = { declared: null, submitted: null, published: null, update: null };
const WHOLE: ReachedStages = {
  declared: by(4, "dana"),
  submitted: by(7, "dana"),
  published: by(10, "luis"),
  update: by(30, "luis"),
};
const course = (reached: Partial<ReachedStages>, closed: number | null = null): Course => ({
  startedAt: START,
  closedAt: closed === null ? null : at(closed),
  reached: { ...NOTHING, ...reached },
});
const verdicts = (of: Course, now: number, targets = DEFAULT_TARGETS) =>
  measureStages(of, targets, at(now)).map(({ ms, verdict }) => [ms === null ? null : ms / 60_000, verdict]);

describe("stages, each from the one before it", () => {
  test.each([
    ["before anything", course({}), 2, [[2, "running"], [null, "not-yet"], [null, "not-yet"], [null, "not-yet"]]],
    ["declared", course({ declared: by(4, "dana") }), 5, [[4, "within"], [1, "running"], [null, "not-yet"], [null, "not-yet"]]],
    ["all of it", course(WHOLE, 31), 99, [[4, "within"], [3, "over"], [3, "within"], [20, "within"]]],
    ["closed half-way", course({ declared: by(6, "dana") }, 8), 9, [[6, "over"], [null, "not-reached"], [null, "not-reached"], [null, "not-reached"]]],
    ["planned", { startedAt: null, closedAt: null, reached: NOTHING }, 0, [[null, "not-yet"], [null, "not-yet"], [null, "not-yet"], [null, "not-yet"]]],
  ] as const)("%s", (_, of, now, expected) => expect(verdicts(of, now)).toEqual(expected)); // prettier-ignore

  test("a stage without a target is measured where it was reached, and asked of nobody", () => {
    const targets = { ...DEFAULT_TARGETS, submitted: null, update: null };
    expect(verdicts(course({ ...WHOLE, update: null }, 12), 12, targets).map(([, verdict]) => verdict)).toEqual([
      "within",
      "no-target",
      "within",
      "not-asked",
    ]);
  });

  test("to the millisecond: exactly the target is within it", () => {
    const reached = (more: number) => ({ declared: { ...by(5, "dana"), at: at(5) + more } });
    expect(verdicts(course(reached(0)), 6)[0]).toEqual([5, "within"]);
    expect(verdicts(course(reached(1)), 6)[0]![1]).toBe("over");
  });

  test("it is completed once it is closed and every target’s stage was reached", () => {
    const judge = (of: Course) => isCompleted(of, measureStages(of, DEFAULT_TARGETS, at(40)));
    expect(judge(course(WHOLE, 31))).toBe(true);
    expect(judge(course(WHOLE))).toBe(false);
    expect(judge(course({ ...WHOLE, update: null }, 31))).toBe(false);
  });

  test("what was not reached is said plainly", () => {
    const intervals = measureStages(course({ declared: by(4, "dana") }, 8), DEFAULT_TARGETS, at(9));
    expect(describeMissed(intervals, 1)).toBe(
      "Not reached: alert sent for approval, alert approved and published, first update published. 1 inject was not given out.",
    );
    expect(describeMissed(measureStages(course(WHOLE, 31), DEFAULT_TARGETS, at(31)), 0)).toBe("");
  });
});

describe("injects, in order", () => {
  const inject = (id: string, afterMinutes: number | null, stage: "declared" | "published" | null = null) => ({
    id,
    text: id,
    afterMinutes,
    stage,
  });
  const minutes = (list: readonly ReturnType<typeof inject>[], of: Course, now: number) =>
    releaseInjects(list, of, at(now)).map(({ releasedAt }) =>
      releasedAt === null ? null : (releasedAt - START) / 60_000,
    );

  test.each([
    ["by the clock", [inject("a", 0), inject("b", 5)], course({}), 4, [0, null]],
    ["when its minute has come", [inject("a", 0), inject("b", 5)], course({}), 5, [0, 5]],
    ["at a stage", [inject("a", null, "declared")], course({ declared: by(4, "x") }), 9, [4]],
    ["not before the stage", [inject("a", null, "published"), inject("b", 1)], course({}), 60, [null, null]],
    ["a later one never overtakes", [inject("a", null, "declared"), inject("b", 1)], course({ declared: by(4, "x") }), 9, [4, 4]],
    ["none after the end", [inject("a", 0), inject("b", 5)], course({}, 3), 60, [0, null]],
    ["none before the start", [inject("a", 0)], { startedAt: null, closedAt: null, reached: NOTHING }, 9, [null]],
  ] as const)("%s", (_, list, of, now, expected) => expect(minutes(list, of, now)).toEqual(expected)); // prettier-ignore
});

describe("people", () => {
  const players = [
    { personId: "dana", name: "Dana", parts: ["declares", "drafts"] as const },
    { personId: "luis", name: "Luis", parts: ["approves"] as const },
    { personId: "mei", name: "Mei", parts: ["watches"] as const },
  ];
  const released = [
    { id: "a", releasedAt: at(0) },
    { id: "b", releasedAt: at(5) },
    { id: "c", releasedAt: null },
  ];
  const results = (of: Course) =>
    measurePeople(players, of, measureStages(of, DEFAULT_TARGETS, at(40)), released, [
      { injectId: "a", personId: "dana", at: at(1) },
      { injectId: "b", personId: "dana", at: at(8) },
    ]);

  test("each has the times of the parts they played", () => {
    const [dana, luis, mei] = results(course(WHOLE, 31));
    expect(dana!.measured.map(({ part, own, interval }) => [part, own, interval.verdict])).toEqual([
      ["declares", true, "within"],
      ["drafts", true, "over"],
    ]);
    expect(dana).toMatchObject({ completed: true, injects: { given: 2, acknowledged: 2, slowestMs: 180_000 } });
    expect(luis).toMatchObject({ completed: true, injects: { given: 2, acknowledged: 0, slowestMs: null } });
    expect(mei).toMatchObject({ completed: false, measured: [] });
  });

  test("what another did is nobody else’s, and nothing is completed while it runs", () => {
    const [dana] = results(course({ ...WHOLE, submitted: by(7, "ruth") }, 31));
    expect(dana).toMatchObject({ completed: false });
    expect(dana!.measured.map(({ own }) => own)).toEqual([true, false]);
    expect(results(course(WHOLE)).some(({ completed }) => completed)).toBe(false);
  });
});

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [245_000, "4 min 5 s"],
  [3_600_000, "1 h 0 min 0 s"],
])("%i ms is %s", (ms, said) => expect(formatSpan(ms)).toBe(said));

describe("a plan", () => {
  const plan = {
    change: null,
    agencyId: "state-911",
    title: "November",
    startsAt: "2026-11-30T10:00:00-05:00",
    brief: "A cable was cut in Granby.",
    failure: "full",
    textTo911: "fails",
    placeIds: ["2502526535"],
    players: [
      { personId: "dana", part: "declares" },
      { personId: "dana", part: "drafts" },
      { personId: "luis", part: "approves" },
    ],
    injects: [{ text: "The mayor calls.", afterMinutes: 5, stage: null }],
    targets: DEFAULT_TARGETS,
  };
  const problems = (change: object) =>
    planSchema.safeParse({ ...plan, ...change }).error?.issues.map(({ path, message }) => [path.join("."), message]) ??
    [];

  test.each([
    ["as it should be", {}, []],
    ["nobody approves", { players: plan.players.slice(0, 2) }, [["players", "Choose someone who approves."]]],
    ["one person does all", { players: plan.players.map(({ part }) => ({ personId: "dana", part })) }, [["players", "Choose someone else to approve: nobody approves their own work."]]],
    ["an inject with two moments", { injects: [{ text: "The mayor calls.", afterMinutes: 5, stage: "declared" }] }, [["injects.0.afterMinutes", "Enter the minutes after the start, or choose a stage."]]],
    ["an inject without words", { injects: [{ text: " ", afterMinutes: 5, stage: null }] }, [["injects.0.text", "Write what players are told, or remove this inject."]]],
    ["no target at all", { targets: { declared: null, submitted: null, published: null, update: null } }, [["targets", "Set at least one target."]]],
    ["a target of no minutes", { targets: { ...DEFAULT_TARGETS, declared: 0 } }, [["targets.declared", "Enter at least 1 minute, or leave it empty."]]],
    ["a carrier without a name", { failure: "carrier" }, [["carrier", "Name the carrier whose customers cannot reach 911."]]],
  ] as const)("%s", (_, change, expected) => expect(problems(change)).toEqual(expected)); // prettier-ignore
});
