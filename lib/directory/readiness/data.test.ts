import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { loadPlaces } from "../data";
import { SERVICE_NAMES, TEST_CALL_RESULTS } from "../schema";
import { countClasses, getOverview, listDue, listUnready, loadReadiness } from "./data";
import { daysWanted, recordReadinessDays } from "./mutations";
import { classify } from "./readiness";
import { overviewFilterSchema } from "./schema";

let story: Story;
const DAY = 86_400_000;

beforeAll(async () => (story = await openStory(inject("databases"))));
afterAll(() => story.client.$disconnect());

const pick = <Item>(items: readonly Item[], seed: number) => items[seed % items.length]!;

/** Numbers and test calls of every sort for the first hundred places. */
async function scatter(now: number): Promise<void> {
  const places = await story.client.place.findMany({ where: { kind: "municipality" }, take: 100 });
  const results = Object.keys(TEST_CALL_RESULTS);
  let seed = 7;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647);
  const numbers = places.flatMap(({ id }, index) =>
    [1, 2].map((preference) => ({
      id: randomUUID(),
      placeId: id,
      service: pick(SERVICE_NAMES, next()),
      e164: `+1413555${String(100 + (index % 100)).padStart(4, "0")}`,
      extension: String(preference),
      desk: "d",
      hours: "h",
      lines: 1,
      preference: 1 + (next() % 2),
      status: pick(["in-service", "in-service", "overloaded", "down"], next()),
      sharedWith911: next() % 2 === 0,
      isDemonstration: true,
    })),
  );
  await story.client.directNumber.createMany({ data: numbers });
  const calls = numbers.flatMap(({ id }) =>
    Array.from({ length: next() % 4 }, () => ({
      numberId: id,
      calledBy: "x",
      answeredBy: "y",
      calledAt: new Date(now - (next() % 130) * DAY - (next() % DAY)),
      result: next() % 2 ? "right-desk" : pick(results, next()),
      validDays: pick([30, 90, 180], next()),
    })),
  );
  // One at a time and all at once must come to the same: the summary follows the calls, whatever their order.
  await story.client.testCall.createMany({ data: calls.slice(0, 100) });
  for (const call of calls.slice(100)) await story.client.testCall.create({ data: call });
}

describe("readiness", () => {
  test.each(SERVICE_NAMES)("the database and the pure function say the same of every place: %s", async (service) => {
    const now = Date.now();
    if (service === SERVICE_NAMES[0]) await scatter(now);
    const [rows, places] = await Promise.all([
      loadReadiness(story.client, service, new Date(now)),
      loadPlaces(
        story.client,
        (await story.client.place.findMany({ where: { kind: "municipality" } })).map(({ id }) => id),
      ),
    ]);
    const pure = new Map(places.map((place) => [place.id, classify(place.numbers, now, service)]));
    expect(rows).toHaveLength(351);
    for (const { id, readiness, numberId, name } of rows) {
      expect([name, readiness, numberId]).toEqual([name, pure.get(id)!.readiness, pure.get(id)!.number?.id ?? null]);
    }
  });

  test("every state of readiness is to be seen in the demonstration", async () => {
    const fresh = await openStory(inject("databases"));
    const counts = countClasses(await loadReadiness(fresh.client, "dispatch", new Date()));
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    expect(counts).toMatchObject({ missing: 4, failing: 2, expired: 3, total: 351 });
    const unready = await listUnready(fresh.client, await fresh.actor("dana"), new Date());
    const among = (why: string) => Object.values(unready).filter((one) => one === why).length;
    expect([among("missing"), among("failing"), among("expired"), Object.keys(unready).length]).toEqual([4, 2, 3, 9]);
    const nobody = { ...(await fresh.actor("dana")), scopes: new Map() };
    expect(await listUnready(fresh.client, nobody, new Date())).toEqual({});
    await fresh.client.$disconnect();
  });

  test("the overview: counts, counties and pages agree with each other", async () => {
    const tess = await story.actor("tess");
    const read = (change: object) => getOverview(story.client, tess, overviewFilterSchema.parse(change), new Date());
    const all = await read({ readiness: "all" });
    expect(all.found).toBe(351);
    expect(all.rows).toHaveLength(50);
    expect(all.counts).toEqual(all.all);
    const berkshire = await read({ county: "25003", readiness: "all" });
    expect(berkshire.found).toBe(32);
    expect(berkshire.counts).toEqual(all.counties.find(({ id }) => id === "25003")!.counts);
    // Without its kind, Fairfax would be two lines of one name in Virginia.
    expect(all.counties.slice(0, 2).map(({ name }) => name)).toEqual(["Barnstable County", "Berkshire County"]);
    const last = await read({ readiness: "all", sort: "name", page: 8 });
    expect([last.page, last.rows.at(-1)!.name]).toEqual([8, "Yarmouth"]);
    expect((await read({ find: "413-555-0142", readiness: "all" })).rows.map(({ name }) => name)).toContain("Granby");
    expect((await read({ find: "no such place" })).found).toBe(0);
    expect((await read({ service: "nonsense", page: "x", sort: "?" })).page).toBe(1);
  });

  test("what is due: only where the person may call, never-answered first", async () => {
    const [tess, karen, mei] = [await story.actor("tess"), await story.actor("karen"), await story.actor("mei")];
    const due = await listDue(story.client, tess, new Date());
    expect(due.length).toBeGreaterThan(20);
    const times = due.map(({ verifiedUntil }) => verifiedUntil ?? 0);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(new Set((await listDue(story.client, karen, new Date())).map(({ name }) => name))).toEqual(
      new Set(["Granby"]),
    );
    expect(await listDue(story.client, mei, new Date())).toEqual([]);
  });

  test("history: one figure a week for a quarter, from the evidence, written once", async () => {
    const now = new Date();
    const rows = await story.client.readinessDay.groupBy({ by: ["day"], where: { service: "dispatch" } });
    expect(rows.map(({ day }) => day.getTime()).sort((left, right) => left - right)).toEqual(
      daysWanted(now).map((day) => day.getTime()),
    );
    expect(await recordReadinessDays(story.client, now)).toBe(0);
    const state = await story.client.readinessDay.findMany({
      where: { placeId: "25", service: "dispatch" },
      orderBy: { day: "asc" },
    });
    expect(state.every(({ total, ready }) => total === 351 && ready > 300 && ready <= 351)).toBe(true);
    const later = new Date(now.getTime() + 7 * DAY);
    expect(await recordReadinessDays(story.client, later)).toBe(1);
  });
});
