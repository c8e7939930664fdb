import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import type { Actor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { loadCandidates } from "../../directory/data";
import { recordTestCall } from "../../directory/commands/test-call";
import { saveNumber } from "../../directory/commands/save-number";
import { selectNumber } from "../../directory/selection";
import { saveArea } from "./save-area";

let story: Story;
let sam: Actor;
const WARE = "2501572880";

beforeAll(async () => {
  story = await openStory(inject("databases"));
  sam = await story.actor("sam");
});
afterAll(() => story.client.$disconnect());

const area = (change: object = {}) => ({
  kind: "psap" as const,
  name: "Ware River dispatch",
  places: "Ware\nHuntington, MA",
  order: 1,
  ...change,
});
const save = (input: ReturnType<typeof area> & { id?: string }) => saveArea(story.client, sam, input, new Date());

test("an area is made, serves its places, and changes what they fall back on", async () => {
  const ware = await story.client.place.findFirstOrThrow({ where: { name: "Ware", kind: "municipality" } });
  expect(WARE.slice(0, 5)).toBe(ware.parentId);
  const made = await save(area());
  expect(made).toMatchObject({ ok: true, value: { places: 2 } });
  const { id } = (made as { value: { id: string } }).value;
  expect(await story.client.place.findUniqueOrThrow({ where: { id } })).toMatchObject({
    kind: "psap",
    parentId: "25015",
    sameCode: "025015",
  });
  const tess = await story.actor("tess");
  const number = await saveNumber(
    story.client,
    tess,
    {
      placeId: id,
      phone: "413-555-0196",
      service: "dispatch",
      desk: "Ware River",
      hours: "day and night",
      lines: 4,
      languages: ["en"],
      takesTexts: false,
      sharedWith911: false,
      preference: 1,
    },
    new Date(),
  );
  const numberId = (number as { value: { id: string } }).value.id;
  const choose = async () =>
    selectNumber((await loadCandidates(story.client, [ware.id])).get(ware.id)!, { now: Date.now() });
  expect((await choose()).outcome).toBe("blocked");
  await recordTestCall(story.client, tess, { numberId, result: "right-desk", answeredBy: "dispatcher" }, new Date());
  expect(await choose()).toMatchObject({ outcome: "alternate", of: { kind: "psap", name: "Ware River dispatch" } });

  // Two that serve a place and stand alike are a question for the approver; an order someone sets settles it.
  const rivals = async () => (await loadCandidates(story.client, [ware.id])).get(ware.id)!.rivals;
  const other = await save(area({ name: "Another dispatch", places: "Ware" }));
  const otherId = (other as { value: { id: string } }).value.id;
  await story.client.directNumber.create({
    data: {
      placeId: otherId,
      service: "dispatch",
      e164: "+14135550176",
      desk: "x",
      hours: "24/7",
      lines: 1,
      preference: 1,
      isDemonstration: true,
    },
  });
  expect(await rivals()).toEqual([
    "Another dispatch and Ware River dispatch both serve it, and nobody set which goes first.",
  ]);
  const first = async () => (await loadCandidates(story.client, [ware.id])).get(ware.id)!.fallbacks[0]!.name;
  expect(await save({ ...area({ name: "Another dispatch", places: "Ware", order: 2 }), id: otherId })).toMatchObject({
    ok: true,
  });
  expect([await rivals(), await first()]).toEqual([[], "Ware River dispatch"]);

  // A place may be served by two; one that is taken out falls back no longer.
  const second = await save(area({ name: "Second dispatch", places: "Ware\n2501526535" }));
  expect(second).toMatchObject({ ok: true });
  expect(await save({ ...area({ places: "Huntington" }), id })).toMatchObject({ ok: true, value: { places: 1 } });
  expect((await choose()).outcome).toBe("blocked");
});

test("an agency whose area is a dispatch area covers what it is made of, and no more", async () => {
  const made = await save(area({ name: "Third dispatch", places: "Amherst\nPelham" }));
  const { id } = (made as { value: { id: string } }).value;
  await story.client.agency.create({
    data: {
      id: "third",
      code: "THIRD",
      name: "Third",
      shortName: "T",
      sender: "t@x.example",
      jurisdictionId: id,
    },
  });
  const named = async (name: string) =>
    (await story.client.place.findFirstOrThrow({ where: { name, kind: "municipality" } })).id;
  expect(await agenciesCovering(story.client, ["third"], await named("Amherst"))).toEqual(["third"]);
  expect(await agenciesCovering(story.client, ["third"], id)).toEqual(["third"]);
  expect(await agenciesCovering(story.client, ["third"], await named("Granby"))).toEqual([]);
  expect(await agenciesCovering(story.client, ["third"], "25015")).toEqual([]);
});

test.each([
  ["a misspelt place", area({ name: "A1", places: "Huntingtn" }), "places", /Did you mean Huntington/],
  [
    "a place of another state",
    area({ name: "A2", places: "Hartford County, CT" }),
    "places",
    /not in your agency's area|no place called/,
  ],
  ["the same name twice", area({ name: "Second dispatch", places: "Ware" }), "name", /already/],
])("%s is refused beside the field", async (_, input, field, why) => {
  const result = await save(input);
  expect(result.ok ? result : result.fields?.[field]).toMatch(why);
});

test("a steward does not make areas", async () => {
  const karen = await story.actor("karen");
  expect(await saveArea(story.client, karen, area({ name: "Own" }), new Date())).toMatchObject({
    ok: false,
    code: "not-permitted",
  });
});
