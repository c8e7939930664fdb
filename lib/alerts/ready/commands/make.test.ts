import { beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../../access/actor";
import { declareIncident } from "../../../incidents/commands/declare";
import { prepareAlert } from "../../commands/prepare";
import { readContent } from "../../schema";
import { draftFor, openStory, placesNamed, save, type Story } from "../../story-for-tests";
import { findReadyFor, getReadyChoices, getReadyDraft, listReadyDrafts } from "../data";
import type { MakeReady } from "../schema";
import { makeReady, retireReady } from "./make";

let story: Story;
let dana: Actor;
let luis: Actor;
let gil: Actor;
let towns: Record<"Granby" | "Hadley" | "Amherst", string>;
const REASON = "The desk asked us not to give it out.";
const WORDS = "911 IS DOWN in {place}. Call {number}. Written in March.";

const input = (change: Partial<MakeReady> = {}): MakeReady => ({
  title: "Two towns, every call",
  failure: "full",
  textTo911: "fails",
  placeIds: [towns.Granby, towns.Hadley],
  grouping: "place",
  fromAlertId: null,
  ...change,
});

async function made(change: Partial<MakeReady> = {}): Promise<string> {
  const result = await makeReady(story.client, dana, input(change), new Date());
  if (!result.ok) throw new Error(result.message);
  return result.value.id;
}

async function declared(placeIds: string[], failure: "full" | "partial" = "full"): Promise<string> {
  const result = await declareIncident(
    story.client,
    dana,
    {
      mode: "live",
      failure,
      textTo911: "fails",
      beganAt: new Date(Date.now() - 480_000).toISOString(),
      evidence: "Calls to twelve dispatch centers",
      placeIds,
      anotherIncident: true,
    },
    new Date(),
  );
  if (!result.ok) throw new Error(result.message);
  return result.value.id;
}

const offered = async (actor: Actor, incidentId: string) =>
  (await findReadyFor(story.client, actor, incidentId, new Date())).map(({ id }) => id);

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis, gil] = [await story.actor("dana"), await story.actor("luis"), await story.actor("gil")];
  const [Granby, Hadley, Amherst] = await Promise.all(
    ["Granby", "Hadley", "Amherst"].map(async (name) => (await placesNamed(story.client, name))[0]!),
  );
  towns = { Granby: Granby!, Hadley: Hadley!, Amherst: Amherst! };
});

describe("making one", () => {
  test("it is kept with its numbers, on record, and nothing of it is an alert", async () => {
    const before = [await story.client.alert.count(), await story.client.message.count()];
    const id = await made();
    const row = await story.client.readyDraft.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ problems: [], whole: false, createdBy: "Dana Whitcomb", retiredAt: null });
    expect((row.numbers as Record<string, string>)[towns.Granby]).toBe("413-555-0142");
    expect(readContent(row.content).texts["es-US"]!.place.long).toContain("{number}");
    expect([await story.client.alert.count(), await story.client.message.count()]).toEqual(before);
    const entry = await story.client.auditEvent.findFirst({ where: { subjectId: id } });
    expect(entry).toMatchObject({ action: "ready.made", agencyId: "state-911" });
    const detail = (await getReadyDraft(story.client, luis, id, new Date()))!;
    expect(detail).toMatchObject({ mayChange: false, found: [], differences: [] });
    expect(detail.bundle!.messages.filter(({ audience }) => audience === "phones")).toHaveLength(2);
  });

  test("made for the whole area it names what needs a person there", async () => {
    const { townIds } = (await getReadyChoices(story.client, dana))!;
    const id = await made({ placeIds: townIds, title: "Statewide" });
    const [first] = await listReadyDrafts(story.client, dana);
    expect(first).toMatchObject({ id, whole: true, places: 351 });
    expect(first!.problems.map(({ kind }) => kind)).toContain("rule");
    expect(first!.problems.flatMap(({ places }) => places)).toContain("Ware");
  });

  test.each([
    ["outside the area of a town’s drafter", "gil", {}, "outside-jurisdiction"],
    ["an approver", "luis", {}, "not-permitted"],
    ["an alert that is not there", "dana", { fromAlertId: "none" }, "not-found"],
  ] as const)("%s is refused", async (_, key, change, code) => {
    const before = await story.client.readyDraft.count();
    const result = await makeReady(story.client, await story.actor(key), input(change), new Date());
    expect(result).toMatchObject({ ok: false, code });
    expect(await story.client.readyDraft.count()).toBe(before);
  });

  test("an exercise is where words are written ahead; those for another failure are not taken", async () => {
    const draft = await draftFor(story, dana, [towns.Granby, towns.Amherst], { mode: "exercise" });
    await save(story, dana, draft.id, (content) => ({
      ...content,
      texts: {
        ...content.texts,
        "en-US": { ...content.texts["en-US"]!, place: { ...content.texts["en-US"]!.place, short: WORDS } },
      },
      numbers: {
        [towns.Granby]: { choice: "no-number", reason: REASON },
        [towns.Amherst]: { choice: "no-number", reason: REASON },
      },
    }));
    const id = await made({ fromAlertId: draft.id, title: "In our own words" });
    const content = readContent((await story.client.readyDraft.findUniqueOrThrow({ where: { id } })).content);
    expect(content.texts["en-US"]!.place.short).toBe(WORDS);
    // Amherst is no place of the ready draft, so what was decided for it is left.
    expect(content.numbers).toEqual({ [towns.Granby]: { choice: "no-number", reason: REASON } });
    const other = await makeReady(story.client, dana, input({ fromAlertId: draft.id, failure: "partial" }), new Date());
    expect(other).toMatchObject({ ok: false, code: "other-failure" });
    const foreign = await makeReady(
      story.client,
      gil,
      input({ fromAlertId: draft.id, placeIds: [towns.Granby] }),
      new Date(),
    );
    expect(foreign).toMatchObject({ ok: false, code: "not-found" });
  });
});

describe("beginning from one", () => {
  test("it is offered for the same failure in all or some of its places, to drafters of the agency", async () => {
    const id = await made({ title: "Offered" });
    expect(await offered(dana, await declared([towns.Granby]))).toContain(id);
    expect(await offered(dana, await declared([towns.Granby, towns.Hadley]))).toContain(id);
    expect(await offered(dana, await declared([towns.Granby, towns.Amherst]))).not.toContain(id);
    expect(await offered(dana, await declared([towns.Granby], "partial"))).not.toContain(id);
    expect(await offered(luis, await declared([towns.Granby]))).toEqual([]);
    expect(await offered(gil, await declared([towns.Granby]))).toEqual([]);
  });

  test("the draft has its wording, grouping and choices, and the incident’s own places", async () => {
    const row = await story.client.readyDraft.findFirstOrThrow({ where: { title: "In our own words" } });
    const incidentId = await declared([towns.Granby]);
    const result = await prepareAlert(story.client, dana, { incidentId, readyId: row.id }, new Date());
    if (!result.ok) throw new Error(result.message);
    const alert = await story.client.alert.findUniqueOrThrow({ where: { id: result.value.id } });
    const content = readContent(alert.content);
    expect(content.placeIds).toEqual([towns.Granby]);
    expect(content.texts["en-US"]!.place.short).toBe(WORDS);
    expect(content.numbers).toEqual({ [towns.Granby]: { choice: "no-number", reason: REASON } });
    const entry = await story.client.auditEvent.findFirst({ where: { subjectId: alert.id, action: "alert.prepared" } });
    expect(entry!.summary).toContain("the ready draft “In our own words”");
    expect(alert).toMatchObject({ state: "draft", capStatus: "Test" });
  });

  test("what changed since is said with the offer", async () => {
    const id = await made({ title: "Before the change" });
    await story.client.readyDraft.findUniqueOrThrow({ where: { id } });
    await story.client.directNumber.updateMany({ where: { placeId: towns.Hadley }, data: { status: "down" } });
    const [offer] = (
      await findReadyFor(story.client, dana, await declared([towns.Granby, towns.Hadley]), new Date())
    ).filter((one) => one.id === id);
    await story.client.directNumber.updateMany({ where: { placeId: towns.Hadley }, data: { status: "in-service" } });
    expect(offer!.differences.map(({ place }) => place)).toEqual(["Hadley"]);
    expect(offer!.differences[0]!.before).toMatch(/^413-555-01\d\d$/);
  });

  test("one that is retired, or for other places, begins nothing", async () => {
    const id = await made({ title: "Retired" });
    expect(await retireReady(story.client, gil, { id }, new Date())).toMatchObject({ ok: false, code: "not-found" });
    const elsewhere = await declared([towns.Amherst]);
    expect(await prepareAlert(story.client, dana, { incidentId: elsewhere, readyId: id }, new Date())).toMatchObject({
      ok: false,
      code: "other-failure",
    });
    expect(await retireReady(story.client, dana, { id }, new Date())).toMatchObject({ ok: true });
    const incidentId = await declared([towns.Granby]);
    expect(await offered(dana, incidentId)).not.toContain(id);
    expect(await prepareAlert(story.client, dana, { incidentId, readyId: id }, new Date())).toMatchObject({
      ok: false,
      code: "not-found",
    });
    expect((await listReadyDrafts(story.client, dana)).map((one) => one.id)).not.toContain(id);
  });
});
