import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { prepareAlert } from "../../alerts/commands/prepare";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { closeIncident } from "../../incidents/commands/close";
import { getCertificate, getProficiency } from "../proficiency/data";
import { getExercise, listExercises, listOwnExercises } from "../data";
import { DEFAULT_TARGETS, type PlannedExercise } from "../schema";
import { recordLab, withdrawLab } from "./lab";
import { callOffExercise, planExercise } from "./plan";
import { acknowledgeInject, closeExercise, closeExerciseIncident, declareForExercise, startExercise } from "./run";

let story: Story;
let owner: Client;
let [dana, luis, gil, sam, mei]: Actor[] = [];
let granby: string;
let hadley: string;
const now = new Date();
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  await owner.connect();
  [dana, luis, gil, sam, mei] = await Promise.all(["dana", "luis", "gil", "sam", "mei"].map((key) => story.actor(key)));
  [granby, hadley] = [(await placesNamed(story.client, "Granby"))[0]!, (await placesNamed(story.client, "Hadley"))[0]!];
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

const plan = (change: Partial<PlannedExercise> = {}): PlannedExercise => ({
  change: null,
  agencyId: "state-911",
  title: "November exercise",
  startsAt: later(60).toISOString(),
  brief: "A cable was cut in Granby. Calls to 911 do not get through.",
  failure: "full",
  textTo911: "fails",
  placeIds: [granby],
  players: [
    { personId: "demo-dana", part: "declares" },
    { personId: "demo-dana", part: "drafts" },
    { personId: "demo-luis", part: "approves" },
    { personId: "demo-mei", part: "watches" },
  ],
  injects: [
    { text: "The dispatch center calls.", afterMinutes: 0, stage: null },
    { text: "A reporter asks.", afterMinutes: null, stage: "published" },
    { text: "The cable is mended.", afterMinutes: 600, stage: null },
  ],
  targets: { ...DEFAULT_TARGETS, update: null },
  ...change,
});

async function planned(change: Partial<PlannedExercise> = {}, by = dana!): Promise<string> {
  const result = await planExercise(story.client, by, plan(change), now);
  if (!result.ok) throw new Error(result.message);
  return result.value.id;
}
const started = async (change: Partial<PlannedExercise> = {}) => {
  const id = await planned(change);
  expect(await startExercise(story.client, dana!, { id }, now)).toMatchObject({ ok: true });
  return id;
};
const declaration = (placeIds = [granby]) => ({
  mode: "exercise" as const,
  failure: "full" as const,
  textTo911: "fails" as const,
  beganAt: now.toISOString(),
  evidence: "The brief says so",
  placeIds,
  confirmation: "EXERCISE",
});
async function declared(id: string, at = later(4)): Promise<string> {
  const result = await declareForExercise(story.client, dana!, id, declaration(), at);
  if (!result.ok) throw new Error(result.message);
  return result.value.id;
}
const see = async (by: Actor, id: string, at = now) => (await getExercise(story.client, by, id, at))!;
const entries = (id: string) => story.client.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });

describe("planning", () => {
  test("it is kept with its players and injects, on record, and declares nothing", async () => {
    const before = [await story.client.incident.count(), await story.client.alert.count()];
    const id = await planned();
    expect([await story.client.incident.count(), await story.client.alert.count()]).toEqual(before);
    expect(await see(luis!, id)).toMatchObject({ state: "planned", mayPlan: false, parts: ["approves"], injects: [] });
    expect((await see(dana!, id)).injects).toHaveLength(3);
    expect((await entries(id)).map(({ action }) => action)).toEqual(["exercise.planned"]);
    expect((await listOwnExercises(story.client, luis!, now)).map((one) => one.id)).toContain(id);
  });

  test.each([
    ["an approver", "luis", {}, "not-permitted"],
    ["a drafter of another agency", "gil", {}, "not-permitted"],
    ["a time that is over", "dana", { startsAt: later(-60).toISOString() }, "invalid"],
    ["a player whose role does not allow the part", "dana", { players: playersWith("demo-mei") }, "invalid"],
  ] as const)("%s is refused, and nothing is written", async (_, who, change, code) => {
    const before = await story.client.exercise.count();
    const result = await planExercise(story.client, await story.actor(who), plan(change), now);
    expect(result).toMatchObject({ ok: false, code });
    expect(await story.client.exercise.count()).toBe(before);
  });

  test("places outside the agency’s area are refused", async () => {
    const players = [
      { personId: "demo-gil", part: "declares" as const },
      { personId: "demo-gil", part: "drafts" as const },
      { personId: "demo-luis", part: "approves" as const },
    ];
    const change = { agencyId: "granby", placeIds: [hadley], players };
    expect(await planExercise(story.client, gil!, plan(change), now)).toMatchObject({ code: "outside-jurisdiction" });
    // The state's approver reaches Granby, and its administrator plans there.
    const id = await planned({ ...change, placeIds: [granby] }, sam);
    expect(await see(gil!, id)).toMatchObject({ state: "planned", mayDeclare: true });
    // Dana plans for the state only, and reads nothing of Granby's.
    expect(await getExercise(story.client, dana!, id, now)).toBeNull();
  });

  test("it is changed while it is planned, by whoever saw the newest version", async () => {
    const id = await planned();
    const change = { change: { id, version: 1 }, title: "Moved", injects: [] };
    expect(await planExercise(story.client, dana!, plan(change), now)).toMatchObject({ ok: true });
    expect(await planExercise(story.client, dana!, plan(change), now)).toMatchObject({ code: "stale" });
    expect(await see(dana!, id)).toMatchObject({ title: "Moved", injects: [] });
  });

  test("it is called off with a reason, and then neither starts nor changes", async () => {
    const id = await planned();
    expect(await callOffExercise(story.client, luis!, { id, why: "No" }, now)).toMatchObject({ code: "not-found" });
    expect(await callOffExercise(story.client, dana!, { id, why: "A storm is coming." }, now)).toMatchObject({
      ok: true,
    });
    expect(await startExercise(story.client, dana!, { id }, now)).toMatchObject({ code: "wrong-state" });
    expect(await planExercise(story.client, dana!, plan({ change: { id, version: 1 } }), now)).toMatchObject({
      code: "wrong-state",
    });
    expect((await listExercises(story.client, dana!, now)).over.map((one) => one.id)).toContain(id);
  });
});

function playersWith(approver: string): PlannedExercise["players"] {
  return [
    { personId: "demo-dana", part: "declares" },
    { personId: "demo-dana", part: "drafts" },
    { personId: approver, part: "approves" },
  ];
}

describe("running", () => {
  test("it is played, measured from the record, closed and certified", async () => {
    const id = await started();
    const incidentId = await declared(id);
    expect(await story.client.incident.findUniqueOrThrow({ where: { id: incidentId } })).toMatchObject({
      mode: "exercise",
    });
    expect(await declareForExercise(story.client, dana!, id, declaration(), later(5))).toMatchObject({
      code: "already-open",
    });
    const alert = await prepareAlert(story.client, dana!, { incidentId }, later(5));
    if (!alert.ok) throw new Error(alert.message);
    await submit(story, dana!, alert.value.id);
    expect(await approve(story, luis!, alert.value.id)).toMatchObject({ ok: true });
    const seen = await see(luis!, id, later(20));
    expect(seen.intervals.map(({ stage, reached }) => [stage, reached?.by ?? null])).toEqual([
      ["declared", "Dana Whitcomb"],
      ["submitted", "Dana Whitcomb"],
      ["published", "Luis Ferreira"],
      ["update", null],
    ]);
    expect(seen.intervals[0]).toMatchObject({ ms: 240_000, verdict: "within" });
    // A player learns of what happens when it happens.
    expect(seen.injects.map(({ text }) => text)).toEqual(["The dispatch center calls.", "A reporter asks."]);
    expect((await see(dana!, id, later(20))).injects).toHaveLength(2);
    const [first, second] = seen.injects;
    expect(await acknowledgeInject(story.client, luis!, { injectId: first!.id }, later(21))).toMatchObject({
      ok: true,
    });
    expect(await acknowledgeInject(story.client, luis!, { injectId: first!.id }, later(22))).toMatchObject({
      ok: true,
    });
    expect(await acknowledgeInject(story.client, sam!, { injectId: second!.id }, later(22))).toMatchObject({
      code: "not-found",
    });
    const held = await story.client.exerciseInject.findFirstOrThrow({ where: { exerciseId: id, position: 2 } });
    expect(await acknowledgeInject(story.client, luis!, { injectId: held.id }, later(22))).toMatchObject({
      code: "not-found",
    });
    expect(await getCertificate(story.client, mei!, id, null, later(22))).toMatchObject({ completed: false });

    // An alert of it is in force, and it is closed all the same; as a real incident would not be.
    expect(await closeIncident(story.client, dana!, { id: incidentId }, later(23))).toMatchObject({
      code: "alert-valid",
    });
    expect(await closeExercise(story.client, luis!, { id }, later(23))).toMatchObject({ code: "not-found" });
    expect(await closeExercise(story.client, dana!, { id }, later(23))).toMatchObject({ ok: true });
    expect(await closeExercise(story.client, dana!, { id }, later(24))).toMatchObject({ code: "wrong-state" });
    const closed = await see(luis!, id, later(30));
    expect(closed).toMatchObject({ state: "closed", completed: true, held: 1 });
    expect(closed.people.map(({ name, completed }) => [name, completed])).toEqual([
      ["Dana Whitcomb", true],
      ["Luis Ferreira", true],
      ["Mei Tanaka", false],
    ]);
    expect(closed.people[1]!.injects).toEqual({ given: 2, acknowledged: 1, slowestMs: 21 * 60_000 });
    const certificate = await getCertificate(story.client, mei!, id, "demo-luis", later(30));
    expect(certificate).toMatchObject({ completed: true, person: { name: "Luis Ferreira" } });
    expect(certificate!.intervals.map(({ stage }) => stage)).toEqual(["published"]);
    expect(await getCertificate(story.client, gil!, id, null, later(30))).toBeNull();
    expect(await getCertificate(story.client, mei!, id, "demo-gil", later(30))).toBeNull();
    const month = later(23).toISOString().slice(0, 7);
    const [state] = (await getProficiency(story.client, sam!, month, "UTC", later(30))).filter(
      (one) => one.id === "state-911",
    );
    expect(state!.exercises.find((one) => one.id === id)).toMatchObject({
      completed: true,
      completedBy: [{ name: "Dana Whitcomb" }, { name: "Luis Ferreira" }],
    });
    expect((await entries(id)).map(({ action }) => action)).toEqual([
      "exercise.planned",
      "exercise.started",
      "exercise.declared",
      "exercise.acknowledged",
      "exercise.closed",
    ]);
    expect((await verifyRecord(story.client, later(31))).problems).toEqual([]);
    await owner.query(`alter table "Exercise" disable trigger user`);
    await owner.query(`update "Exercise" set "startedAt" = "startedAt" + interval '3 minutes' where id = $1`, [id]);
    expect((await verifyRecord(story.client, later(31))).problems.join()).toContain(`The exercise ${id} is not what`);
    await owner.query(`update "Exercise" set "startedAt" = "startedAt" - interval '3 minutes' where id = $1`, [id]);
    await owner.query(`alter table "Exercise" enable trigger user`);
  });

  test("it is closed at any time: before anything is declared, and with an alert before the approver", async () => {
    const early = await started();
    expect(await closeExercise(story.client, sam!, { id: early }, later(1))).toMatchObject({ ok: true });
    const [closing] = await story.client.auditEvent.findMany({
      where: { subjectId: early, action: "exercise.closed" },
    });
    expect(closing!.summary).toContain(
      "Not reached: outage declared, alert sent for approval, alert approved and published.",
    );
    expect(closing!.summary).toContain("2 injects were not given out.");

    const id = await started();
    const incidentId = await declared(id);
    const alert = await prepareAlert(story.client, dana!, { incidentId }, later(5));
    if (!alert.ok) throw new Error(alert.message);
    await submit(story, dana!, alert.value.id);
    // An administrator, who writes no alerts, closes it; and on the page of its incident, so that both are closed.
    expect(await closeExerciseIncident(story.client, sam!, { id: incidentId }, later(6))).toMatchObject({ ok: true });
    expect(await story.client.alert.findUniqueOrThrow({ where: { id: alert.value.id } })).toMatchObject({
      state: "discarded",
    });
    expect(await approve(story, luis!, alert.value.id)).toMatchObject({ ok: false });
    expect(await see(dana!, id, later(7))).toMatchObject({ state: "closed", completed: false });
    expect((await story.client.incident.findUniqueOrThrow({ where: { id: incidentId } })).closedAt).toEqual(later(6));
  });

  test("an exercise that was never planned is closed the same way, and a real incident never is", async () => {
    const exercise = await draftFor(story, dana!, [hadley], { mode: "exercise" });
    expect(await closeExerciseIncident(story.client, gil!, { id: exercise.incidentId }, later(1))).toMatchObject({
      code: "not-found",
    });
    expect(await closeExerciseIncident(story.client, dana!, { id: exercise.incidentId }, later(1))).toMatchObject({
      ok: true,
    });
    const live = await draftFor(story, dana!, [hadley]);
    expect(await closeExerciseIncident(story.client, dana!, { id: live.incidentId }, later(1))).toMatchObject({
      code: "not-found",
    });
    expect(await story.client.alert.findUniqueOrThrow({ where: { id: live.id } })).toMatchObject({ state: "draft" });

    // While it is open, nobody starts an exercise.
    const id = await planned();
    expect(await startExercise(story.client, dana!, { id }, now)).toMatchObject({ ok: false, code: "already-open" });
    expect((await see(dana!, id)).live).toMatchObject({ id: live.incidentId });
    await story.client.incident.update({ where: { id: live.incidentId }, data: { closedAt: now } });
    expect(await startExercise(story.client, dana!, { id }, now)).toMatchObject({ ok: true });
  });

  test("never live: not by the act, and not by hand", async () => {
    const id = await started();
    const real = { ...declaration(), mode: "live" as const };
    expect(await declareForExercise(story.client, dana!, id, real, later(1))).toMatchObject({ ok: false, code: "invalid" });
    expect(await declareForExercise(story.client, gil!, id, declaration(), later(1))).toMatchObject({ code: "not-found" });
    const live = await draftFor(story, dana!, [hadley]);
    const refused = async (sql: string, values: unknown[]) =>
      owner.query(sql, values).then(
        () => "nothing refused it",
        (error: { constraint?: string }) => error.constraint,
      );
    await story.client.incident.update({ where: { id: live.incidentId }, data: { closedAt: now } });
    expect(await refused(`update "Exercise" set "incidentId" = $1 where id = $2`, [live.incidentId, id])).toBe("an_exercise_is_never_live");
    expect(await refused(`update "Exercise" set targets = '{}' where id = $1`, [id])).toBe("an_exercise_stays_as_planned");
    expect(await refused(`delete from "Exercise" where id = $1`, [id])).toBe("an_exercise_stays_as_planned");
    expect(await refused(`delete from "ExerciseInject" where "exerciseId" = $1`, [id])).toBe("players_and_injects_stay_as_planned");
    expect(await refused(`insert into "ExerciseAcknowledgment" select id, 'demo-gil', now() + interval '1 day' from "ExerciseInject" where "exerciseId" = $1`, [id])).toBe("an_acknowledgment_is_kept_for_ever");
  }); // prettier-ignore
});

describe("demonstrations in the IPAWS lab", () => {
  const day = now.toISOString().slice(0, 10);
  const input = { agencyId: "state-911", personId: "demo-dana", day: "2026-11-03", note: "Lab message 3" };
  test("an administrator notes one, and takes it back; both stay in the record", async () => {
    expect(await recordLab(story.client, dana!, input, now)).toMatchObject({ code: "not-permitted" });
    expect(await recordLab(story.client, sam!, { ...input, day: "2099-01-01" }, now)).toMatchObject({
      code: "invalid",
    });
    expect(await recordLab(story.client, sam!, { ...input, personId: "nobody" }, now)).toMatchObject({
      code: "invalid",
    });
    const noted = await recordLab(story.client, sam!, { ...input, day: day < input.day ? day : input.day }, now);
    if (!noted.ok) throw new Error(noted.message);
    const { id } = noted.value;
    expect(await withdrawLab(story.client, gil!, { id }, now)).toMatchObject({ code: "not-found" });
    expect(await withdrawLab(story.client, sam!, { id }, now)).toMatchObject({ ok: true });
    expect(await withdrawLab(story.client, sam!, { id }, now)).toMatchObject({ code: "gone" });
    expect((await entries(id)).map(({ action }) => action)).toEqual([
      "demonstration.recorded",
      "demonstration.withdrawn",
    ]);
    const found = async () =>
      (await verifyRecord(story.client, now)).problems.filter((problem) => problem.includes("demonstration"));
    expect(await found()).toEqual([]);
    await owner.query(`alter table "LabDemonstration" disable trigger user`);
    await owner.query(`update "LabDemonstration" set day = day - 30 where id = $1`, [id]);
    expect(await found()).toEqual([`The lab demonstration ${id} is not what the record says.`]);
  });
});
