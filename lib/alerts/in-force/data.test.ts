import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { buildBundle } from "../content";
import { loadAlert } from "../data";
import { findProblems } from "../findings";
import { approve, draftFor, followUp, mark, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { findCovering, findReplacedAlerts } from "./data";

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

test("whoever writes or approves that 911 works is told where another alert says that it fails (INC-004)", async () => {
  const [pelham, shutesbury] = await Promise.all(
    ["Pelham", "Shutesbury"].map((name) => placesNamed(story.client, name)),
  );
  const publish = async (id: string) => {
    await submit(story, dana, id);
    await approve(story, luis, id);
  };
  const ours = await draftFor(story, dana, [...pelham!, ...shutesbury!]);
  await publish(ours.id);
  const theirs = await draftFor(story, dana, pelham!);
  await mark(story, dana, ours.incidentId, [...pelham!, ...shutesbury!], "restored");
  const allClear = await followUp(story, dana, { incidentId: ours.incidentId, purpose: "restoration" });
  const told = async () => {
    const loaded = await loadAlert(story.client, allClear);
    const { facts, content } = loaded!;
    const now = Date.now();
    const group = findProblems(buildBundle(facts, content, now), { facts, content, now }).find(
      ({ rule }) => rule === "INC-004",
    );
    return group && { verdict: group.verdict, says: group.places.map(({ place, message }) => `${place}: ${message}`) };
  };
  expect(await told()).toBeUndefined();
  await publish(theirs.id);
  expect(await told()).toEqual({
    verdict: "review",
    says: [expect.stringMatching(/^Pelham[^:]*: .+ says that 911 fails in Pelham: “.+” is in force\.$/)],
  });
  // The later outage itself says nothing of the kind.
  const { facts } = (await loadAlert(story.client, theirs.id))!;
  expect(facts.covering.map(({ id }) => id)).toEqual([ours.id]);
});

test("an alert that later ones replaced in part says for how many places it is still valid, and when for none", async () => {
  const [heath = "", rowe = "", gill = ""] = await Promise.all(
    ["Heath", "Rowe", "Gill"].map(async (name) => (await placesNamed(story.client, name))[0]),
  );
  const publish = async (id: string) => {
    await submit(story, dana, id);
    expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  };
  const { id, incidentId } = await draftFor(story, dana, [heath, rowe, gill]);
  await publish(id);
  const replaced = async () => (await findReplacedAlerts(story.client, [id])).get(id);
  expect(await replaced()).toBeUndefined();
  await mark(story, dana, incidentId, [heath], "restored");
  await publish(await followUp(story, dana, { incidentId, purpose: "restoration" }));
  expect(await replaced()).toEqual({ isWhole: false, left: 2, of: 3 });
  await mark(story, dana, incidentId, [rowe, gill], "restored");
  await publish(await followUp(story, dana, { incidentId, purpose: "restoration" }));
  expect(await replaced()).toMatchObject({ isWhole: true, left: 0 });
});
