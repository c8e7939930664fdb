import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { listClocksFor } from "../../alerts/clocks/data";
import { listOthersAlerts } from "../../alerts/visible/data";
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
} from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { getIncident, listVisibleIncidents } from "../data";
import type { ChangeFacts, MovePlaces } from "../schema";
import { changeFactsSchema, movePlacesSchema, recordEntrySchema } from "../schema";
import { changeFacts, movePlaces, recordEntry } from "./change";
import { declareIncident } from "./declare";

let story: Story;
let dana: Actor;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  readStory(story);
  dana = await story.actor("dana");
});
afterAll(() => closeStory(story));

const now = () => new Date();
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const FACTS = {
  failure: "full" as const,
  textTo911: "fails" as const,
  beganAt: ago(8),
  evidence: "Calls to twelve dispatch centers",
};
const named = async (name: string) => (await placesNamed(story.client, name))[0] ?? "";

async function outage(...names: string[]) {
  const draft = await draftFor(story, dana, await placesNamed(story.client, ...names));
  return draft.incidentId;
}

describe("declaring", () => {
  const declare = async (names: string[], more: { anotherIncident?: boolean } = {}) =>
    declareIncident(
      story.client,
      dana,
      { mode: "live", ...FACTS, placeIds: await placesNamed(story.client, ...names), ...more },
      now(),
    );

  test("where an incident is open already, that is said, with the incident", async () => {
    const first = await declare(["Rowe", "Heath"]);
    if (!first.ok) throw new Error(first.message);
    expect(await declare(["Rowe", "Colrain"])).toMatchObject({
      ok: false,
      code: "already-open",
      fields: { openIncident: first.value.id },
    });
    expect((await declare(["Rowe"], { anotherIncident: true })).ok).toBe(true);
    expect((await declare(["Colrain"])).ok).toBe(true);
  });

  test("no two incidents have one name, whoever declares at the same moment", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => declare(["Hawley"], { anotherIncident: true })));
    const ids = made.flatMap((result) => (result.ok ? [result.value.id] : []));
    const rows = await story.client.incident.findMany({ where: { id: { in: ids } }, select: { title: true } });
    expect(new Set(rows.map(({ title }) => title)).size).toBe(6);
  });
});

describe("facts", () => {
  test("are changed, and what was said before is kept", async () => {
    const id = await outage("Granby");
    const change: ChangeFacts = {
      id,
      ...FACTS,
      failure: "carrier",
      carrier: "T-Mobile",
      textTo911: "works",
      cause: "A cut fiber",
    };
    expect(await changeFacts(story.client, dana, changeFactsSchema.parse(change), now())).toMatchObject({
      ok: true,
      value: { changed: 5 },
    });
    expect(await changeFacts(story.client, dana, changeFactsSchema.parse(change), now())).toEqual({
      ok: true,
      value: { changed: 0 },
    });
    const incident = await getIncident(dana, id);
    expect(incident).toMatchObject({ failure: "carrier", carrier: "T-Mobile", cause: "A cut fiber" });
    expect(incident?.entries.map(({ kind, text }) => [kind, text])).toEqual([
      [
        "facts",
        expect.stringContaining("what fails is now one carrier; the carrier is T-Mobile; text-to-911: works") as string,
      ],
    ]);
  });

  test.each<[string, Partial<ChangeFacts>, string]>([
    ["a carrier outage without a carrier", { failure: "carrier" }, "carrier"],
    ["a number for a carrier", { failure: "carrier", carrier: "413-555-0142" }, "carrier"],
    ["no evidence", { evidence: " " }, "evidence"],
    ["no time", { beganAt: "" }, "beganAt"],
  ])("%s is told beside the field", (_, change, field) => {
    const checked = changeFactsSchema.safeParse({ id: "x", ...FACTS, ...change });
    expect(checked.error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  test("an outage does not begin in the future", async () => {
    const id = await outage("Granby");
    const change = changeFactsSchema.parse({ id, ...FACTS, beganAt: new Date(Date.now() + 600_000).toISOString() });
    expect(await changeFacts(story.client, dana, change, now())).toMatchObject({
      ok: false,
      fields: { beganAt: expect.any(String) as string },
    });
  });

  test("no end is expected in the past, and one that has passed since keeps nothing else from being changed", async () => {
    const id = await outage("Granby");
    const end = new Date(Date.now() + 3_600_000);
    const give = (change: Partial<ChangeFacts>, at = now()) =>
      changeFacts(story.client, dana, changeFactsSchema.parse({ id, ...FACTS, ...change }), at);
    expect(await give({ expectedEndAt: ago(30) })).toMatchObject({
      ok: false,
      fields: { expectedEndAt: expect.stringContaining("has passed") as string },
    });
    expect(await give({ expectedEndAt: end.toISOString() })).toMatchObject({ ok: true });
    const later = new Date(end.getTime() + 60_000);
    expect(await give({ expectedEndAt: end.toISOString(), cause: "A cut fiber" }, later)).toMatchObject({ ok: true });
  });
});

describe("places", () => {
  const move = async (id: string, change: Partial<MovePlaces>) =>
    movePlaces(
      story.client,
      dana,
      movePlacesSchema.parse({ id, state: "out", since: ago(1), evidence: "By phone", placeIds: [], ...change }),
      now(),
    );

  test("join, are restored one by one, and are removed unless people there were told", async () => {
    const id = await outage("Granby", "Amherst");
    const [hadley, amherst, granby] = [await named("Hadley"), await named("Amherst"), await named("Granby")];
    expect(await move(id, { placeIds: [hadley] })).toEqual({ ok: true, value: { moved: 1 } });
    expect(await move(id, { placeIds: [hadley] })).toEqual({ ok: true, value: { moved: 0 } });
    expect(await move(id, { placeIds: [hadley], state: "removed" })).toMatchObject({ ok: true });
    const [alert] = await story.client.alert.findMany({ where: { incidentId: id } });
    await submit(story, dana, alert!.id);
    await approve(story, await story.actor("luis"), alert!.id);
    expect(await move(id, { placeIds: [granby], state: "removed" })).toMatchObject({ ok: false, code: "told-already" });
    expect(await mark(story, dana, id, [amherst], "restored")).toMatchObject({ ok: true });
    const incident = await getIncident(dana, id);
    expect(incident?.places.map(({ name, state }) => [name, state])).toEqual([
      ["Amherst", "restored"],
      ["Granby", "out"],
      ["Hadley", "removed"],
    ]);
    const [clocks] = await listClocksFor(dana, now(), id);
    expect(clocks?.clocks.map(({ name }) => name)).toContain("all-clear");
    await submit(story, dana, await followUp(story, dana, { incidentId: id, purpose: "restoration" }));
  });

  test.each<[string, Partial<MovePlaces>, string]>([
    ["restored without saying how", { state: "restored" }, "how"],
    ["test calls without a landline's", { state: "restored", how: "test-calls", cellAt: "15:02" }, "landlineAt"],
    ["test calls without a cell phone's", { state: "restored", how: "test-calls", landlineAt: "15:02" }, "cellAt"],
    ["no evidence", { evidence: "" }, "evidence"],
    ["no place", { placeIds: [] }, "placeIds"],
  ])("%s is told beside the field", (_, change, field) => {
    const input = { id: "x", placeIds: ["p"], state: "out", since: ago(1), evidence: "By phone", ...change };
    expect(movePlacesSchema.safeParse(input).error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  test("who left out how it is known is told by an example of that state", () => {
    const says = (state: string, more: object) =>
      movePlacesSchema
        .safeParse({ id: "x", placeIds: ["p"], state, since: ago(1), evidence: " ", ...more })
        .error?.issues.map(({ message }) => message);
    expect(says("out", {})).toEqual([expect.stringContaining("calls to twelve dispatch centers")]);
    expect(says("restored", { how: "center" })).toEqual([expect.stringContaining("test call answered")]);
  });

  test("of other agencies, of the future, and never in it are refused, and nothing is written", async () => {
    const id = await outage("Granby");
    const before = await story.client.incidentPlace.count({ where: { incidentId: id } });
    expect(await move(id, { placeIds: ["4400105140"] })).toMatchObject({ ok: false, code: "outside-jurisdiction" });
    expect(
      await move(id, {
        placeIds: [await named("Granby")],
        state: "partly",
        since: new Date(Date.now() + 600_000).toISOString(),
      }),
    ).toMatchObject({ ok: false });
    expect(await move(id, { placeIds: [await named("Rowe")], state: "restored", how: "provider" })).toMatchObject({
      ok: false,
      code: "no-places",
    });
    expect(await story.client.incidentPlace.count({ where: { incidentId: id } })).toBe(before);
    const gil = await story.actor("gil");
    const input = movePlacesSchema.parse({
      id,
      placeIds: [await named("Granby")],
      state: "partly",
      since: ago(1),
      evidence: "By phone",
    });
    expect(await movePlaces(story.client, gil, input, now())).toMatchObject({ ok: false, code: "not-found" });
  });
});

describe("entries", () => {
  const note = async (id: string, change: object) =>
    recordEntry(
      story.client,
      dana,
      recordEntrySchema.parse({ id, kind: "fact", text: "It rings now", source: "Karen", at: ago(2), ...change }),
      now(),
    );

  test("a fact has a source, a notice a provider; a finding may follow the end, a fact not", async () => {
    expect(
      recordEntrySchema.safeParse({ id: "x", kind: "notice", text: "It is down", at: ago(1) }).error?.issues[0]?.path,
    ).toEqual(["source"]);
    const id = await outage("Granby");
    expect(await note(id, {})).toMatchObject({ ok: true });
    expect(await note(id, { kind: "notice", source: "Comtech" })).toMatchObject({ ok: true });
    await story.client.incident.update({ where: { id }, data: { closedAt: now() } });
    expect(await note(id, {})).toMatchObject({ ok: false, code: "closed" });
    expect(await note(id, { kind: "finding" })).toMatchObject({ ok: true });
  });
});

describe("who sees it", () => {
  test("a town's official sees the state's live outage and the alert for the town, no exercise and no draft", async () => {
    const [gil, luis] = [await story.actor("gil"), await story.actor("luis")];
    const live = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
    const other = await draftFor(story, dana, await placesNamed(story.client, "Amherst"));
    const exercise = await draftFor(story, dana, await placesNamed(story.client, "Granby"), { mode: "exercise" });
    const visible = await listVisibleIncidents(story.client, gil);
    expect([live, other, exercise].map(({ incidentId }) => visible.includes(incidentId))).toEqual([true, false, false]);
    expect(await listOthersAlerts(story.client, gil)).not.toContain(live.id);
    expect((await getIncident(gil, live.incidentId))?.alerts).toEqual([]);
    await submit(story, dana, live.id);
    await approve(story, luis, live.id);
    expect(await listOthersAlerts(story.client, gil)).toContain(live.id);
    expect(await getIncident(gil, live.incidentId)).toMatchObject({ mayChange: false, mayDraft: false });
    expect(await getIncident(gil, other.incidentId)).toBeNull();
  });
});

test("after all of it the record fits, and finds what is changed past the console", async () => {
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  const [row] = await story.client.incidentPlace.findMany({ where: { state: "restored" }, take: 1 });
  await story.client.incidentPlace.update({
    where: { incidentId_placeId: { incidentId: row!.incidentId, placeId: row!.placeId } },
    data: { evidence: "Nobody called" },
  });
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([
    `The incident ${row!.incidentId} is not what the record says.`,
  ]);
});
