import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { draftFor, openStory, placesNamed, type Story } from "../../alerts/story-for-tests";
import { loadPlaces } from "../data";
import { retirePlace } from "./retire-place";

let story: Story;
let sam: Actor;
const REASON = "Merged on January 1, 2026, by act of the legislature.";
const idOf = async (name: string) => (await placesNamed(story.client, name))[0]!;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  sam = await story.actor("sam");
});
afterAll(() => story.client.$disconnect());

test("a town that merged is out of use, its numbers with it, and its history stays", async () => {
  const id = await idOf("Pelham");
  const before = await story.client.directNumber.count({ where: { placeId: id, retiredAt: null } });
  expect(before).toBeGreaterThan(0);
  const done = await retirePlace(story.client, sam, { id, into: "Amherst", reason: REASON }, new Date());
  expect(done).toEqual({ ok: true, value: { numbers: before } });
  const place = await story.client.place.findUniqueOrThrow({ where: { id }, include: { mergedInto: true } });
  expect(place).toMatchObject({ alertable: false, mergedInto: { name: "Amherst" } });
  expect(await story.client.directNumber.count({ where: { placeId: id, retiredAt: null } })).toBe(0);
  expect(await story.client.numberChange.count({ where: { number: { placeId: id }, action: "retired" } })).toBe(before);
  expect(await loadPlaces(story.client, [id])).toEqual([]);
  expect(await retirePlace(story.client, sam, { id, into: "", reason: REASON }, new Date())).toMatchObject({
    code: "gone",
  });
});

test("not while an incident is open there, not by others, and not into nowhere", async () => {
  await draftFor(story, await story.actor("dana"), [await idOf("Granby")]);
  const retire = async (by: Actor, name: string, into = "") =>
    retirePlace(story.client, by, { id: await idOf(name), into, reason: REASON }, new Date());
  expect(await retire(sam, "Granby")).toMatchObject({ ok: false, code: "wrong-state" });
  for (const key of ["dana", "tess", "karen", "mei"]) {
    expect(await retire(await story.actor(key), "Ware")).toMatchObject({ ok: false, code: "not-permitted" });
  }
  expect(await retire(sam, "Ware", "Atlantis")).toMatchObject({ ok: false, fields: { into: expect.any(String) } });
  expect(await story.client.place.count({ where: { kind: "municipality", retiredAt: { not: null } } })).toBe(1);
});
