import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { beginFollowUp } from "../../alerts/commands/follow-up";
import { discardAlert } from "../../alerts/commands/discard";
import { prepareAlert } from "../../alerts/commands/prepare";
import { readContent } from "../../alerts/schema";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { closeIncident } from "./close";

let story: Story;
let dana: Actor;
let luis: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
});
afterAll(() => story.client.$disconnect());

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const close = (id: string, now = new Date(), by = dana) => closeIncident(story.client, by, { id }, now);
const cancel = async (id: string, now = new Date()) => {
  const { incidentId } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  return beginFollowUp(story.client, dana, { incidentId, purpose: "cancellation" }, now);
};

async function published() {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, draft.id);
  expect(await approve(story, luis, draft.id)).toMatchObject({ ok: true });
  return draft;
}

test("an incident with an open draft stays open, and says which", async () => {
  const { incidentId, id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  expect(await close(incidentId)).toMatchObject({ ok: false, code: "alert-open" });
  await submit(story, dana, id);
  expect(await close(incidentId)).toMatchObject({ ok: false, code: "alert-open" });
  const { id: second } = await draftFor(story, dana, await placesNamed(story.client, "Amherst"));
  expect(await discardAlert(story.client, dana, { id: second }, new Date())).toMatchObject({ ok: true });
});

test("an incident with a valid alert stays open until it ended or was canceled", async () => {
  const { incidentId } = await published();
  expect(await close(incidentId)).toMatchObject({ ok: false, code: "alert-valid" });
  // Two hours on, the alert has ended by itself.
  expect(await close(incidentId, later(121))).toMatchObject({ ok: true });
  expect(await close(incidentId, later(122))).toMatchObject({ ok: false, code: "closed" });
  expect(await prepareAlert(story.client, dana, { incidentId }, later(123))).toMatchObject({
    ok: false,
    code: "closed",
  });
  const entry = await story.client.auditEvent.findFirstOrThrow({ where: { action: "incident.closed", incidentId } });
  expect(entry).toMatchObject({ agencyId: "state-911", actorId: "demo-dana" });

  const other = await published();
  const cancellation = await cancel(other.id);
  if (!cancellation.ok) throw new Error(cancellation.message);
  await submit(story, dana, cancellation.value.id);
  expect(await approve(story, luis, cancellation.value.id)).toMatchObject({ ok: true });
  // The cancellation is valid itself, and has said all there is to say.
  expect(await close(other.incidentId)).toMatchObject({ ok: true });
});

test("who may not declare may not close", async () => {
  const { incidentId } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  expect(await close(incidentId, new Date(), await story.actor("gil"))).toMatchObject({ code: "not-found" });
  expect(await close("no-such-incident")).toMatchObject({ code: "not-found" });
});

test("a cancellation lasts at least as long as what it takes back, and an hour at least", async () => {
  const validOf = async (id: string) =>
    readContent((await story.client.alert.findUniqueOrThrow({ where: { id } })).content).validMinutes;
  const first = await published();
  const early = await cancel(first.id);
  if (!early.ok) throw new Error(early.message);
  // Two hours are left, and a quarter more, so that it does not end first.
  expect(await validOf(early.value.id)).toBe(135);
  expect(await cancel(first.id)).toEqual(early);
  const second = await published();
  const late = await cancel(second.id, later(110));
  if (!late.ok) throw new Error(late.message);
  expect(await validOf(late.value.id)).toBe(60);
});

test("what has ended, or was never published, is not canceled", async () => {
  const { id } = await published();
  expect(await cancel(id, later(121))).toMatchObject({ ok: false, code: "nothing-in-force" });
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  expect(await cancel(draft.id)).toMatchObject({ ok: false, code: "nothing-in-force" });
});
