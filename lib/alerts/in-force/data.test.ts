import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { findCovering } from "./data";

let story: Story;
let dana: Actor;
let luis: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
});
afterAll(() => story.client.$disconnect());

test("an alert of another outage covers what it has of these places, while it is in force", async () => {
  const [granby, hadley, amherst] = [
    await placesNamed(story.client, "Granby"),
    await placesNamed(story.client, "Hadley"),
    await placesNamed(story.client, "Amherst"),
  ];
  const first = await draftFor(story, dana, [...granby, ...hadley]);
  const wanted = { incidentId: "another", mode: "live", placeIds: [...hadley, ...amherst] };
  const find = (change: Partial<typeof wanted> = {}, now = new Date()) =>
    findCovering(story.client, { ...wanted, ...change }, now);
  expect(await find()).toEqual([]);
  await submit(story, dana, first.id);
  await approve(story, luis, first.id);
  expect(await find()).toEqual([
    { id: first.id, agency: expect.any(String) as string, title: expect.any(String) as string, placeIds: hadley },
  ]);
  expect(await find({ incidentId: first.incidentId })).toEqual([]);
  expect(await find({ mode: "exercise" })).toEqual([]);
  expect(await find({ placeIds: amherst })).toEqual([]);
  expect(await find({}, new Date(Date.now() + 30 * 86_400_000))).toEqual([]);
});
