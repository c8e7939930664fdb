import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { reportStatus } from "../../directory/commands/report-status";
import { recordTestCall } from "../../directory/commands/test-call";
import { decideAlert } from "../commands/decide";
import { approval, draftFor, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { listAlarms } from "./data";

let story: Story;
let dana: Actor;
let luis: Actor;
let karen: Actor;
let numberId: string;
let incidentId: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis, karen] = [await story.actor("dana"), await story.actor("luis"), await story.actor("karen")];
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  ({ incidentId } = draft);
  await submit(story, dana, draft.id);
  expect(await decideAlert(story.client, luis, await approval(story, draft.id), new Date())).toMatchObject({
    ok: true,
  });
  const number = await story.client.directNumber.findFirstOrThrow({
    where: { place: { name: "Granby" }, service: "dispatch", retiredAt: null, verifiedUntil: { not: null } },
  });
  numberId = number.id;
});
afterAll(() => story.client.$disconnect());

const alarms = (actor: Actor, now = new Date()) => listAlarms(story.client, actor, now);

test("while every number answers, there is no alarm", async () => expect(await alarms(dana)).toEqual([]));

test.each([
  ["overloaded", "was reported overloaded by Karen Boucher"],
  ["down", "was reported down by Karen Boucher"],
] as const)("a published number reported %s is told at once, with who it was given to", async (status, how) => {
  expect(await reportStatus(story.client, karen, { id: numberId, status }, new Date())).toMatchObject({ ok: true });
  expect(await alarms(dana)).toMatchObject([{ number: "413-555-0142", places: ["Granby"], how, incidentId }]);
  expect(await alarms(luis)).toHaveLength(1);
});

test("it ends with the alert, and when the line works again", async () => {
  expect(await alarms(dana, new Date(Date.now() + 3 * 3_600_000))).toEqual([]);
  expect(await listAlarms(story.client, dana, new Date(), "another")).toEqual([]);
  await reportStatus(story.client, karen, { id: numberId, status: "in-service" }, new Date());
  expect(await alarms(dana)).toEqual([]);
});

test("two failed test calls are an alarm too, one is not", async () => {
  const call = () =>
    recordTestCall(story.client, karen, { numberId, result: "no-answer", answeredBy: "nobody" }, new Date());
  expect(await call()).toMatchObject({ ok: true });
  expect(await alarms(dana)).toEqual([]);
  expect(await call()).toMatchObject({ ok: true });
  expect(await alarms(dana)).toMatchObject([{ how: "failed its last two test calls" }]);
});
