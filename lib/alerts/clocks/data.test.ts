import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import {
  approve,
  closeStory,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  readStory,
  type Story,
  submit,
} from "../story-for-tests";
import { listClocksFor } from "./data";

const HOUR = 3_600_000;
let story: Story;
let dana: Actor;
let luis: Actor;
let gil: Actor;
let places: string[];
let draft: { id: string; incidentId: string };

beforeAll(async () => {
  story = await openStory(inject("databases"));
  // Lists read through the connection of the process.
  readStory(story);
  [dana, luis, gil] = [await story.actor("dana"), await story.actor("luis"), await story.actor("gil")];
  places = await placesNamed(story.client, "Granby", "Amherst");
  draft = await draftFor(story, dana, places);
});
afterAll(() => closeStory(story));

const standing = async (actor = dana, now = new Date()) =>
  (await listClocksFor(actor, now, draft.incidentId))[0]?.standing;
const publish = async (id: string) => {
  await submit(story, dana, id);
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
};
const two = { places: 2, endsAt: expect.any(Number) as number, nextUpdateAt: expect.any(Number) as number };

test("before anything is published, places are out and nobody was told", async () => {
  expect(await standing()).toMatchObject({ out: 2, told: [], restored: [], last: null });
});

test("what each person may do about it comes with it", async () => {
  expect(await standing()).toMatchObject({ mayDraft: true, mayApprove: false, mayClose: true });
  expect(await standing(luis)).toMatchObject({ mayDraft: false, mayApprove: true, mayClose: false });
  // Of another agency, which has one of the places.
  expect(await standing(gil)).toMatchObject({ mayDraft: false, mayClose: false });
});

test("published places are told until the alert ends, and then it is known when it ended", async () => {
  await publish(draft.id);
  const { expiresAt } = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
  const last = { canceled: false, endsAt: expiresAt?.getTime() };
  expect(await standing()).toMatchObject({ out: 2, told: [two], last });
  expect(await standing(dana, new Date(Date.now() + 30 * HOUR))).toMatchObject({ out: 2, told: [], last });
});

test("a restored place is out no more, and waits for its all-clear", async () => {
  await mark(story, dana, draft.incidentId, places.slice(0, 1), "restored");
  expect(await standing()).toMatchObject({ out: 1, told: [{ ...two, places: 1 }], restored: [{ ...two, places: 1 }] });
});

test("a cancellation leaves nothing in force, and is known as one", async () => {
  await publish(await followUp(story, dana, { incidentId: draft.incidentId, purpose: "cancellation" }));
  expect(await standing()).toMatchObject({ out: 1, told: [], restored: [], last: { canceled: true } });
});
