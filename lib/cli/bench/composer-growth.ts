import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { PrismaClient } from "../../platform/db";
import type { ScratchSite } from "../scratch-site";
import { growNumbers, growPlaces } from "./directory";
import { loadDraft } from "./draft";
import { type Figure, timed } from "./measure";
import { openComposer } from "./browser-session";
import { measureTyping } from "./typing";

/** How the composer's answer to a key grows with the places of the draft: ten times as many as Massachusetts has. */

/** A copy of a draft that is for every place there is. */
async function widen(client: PrismaClient, alertId: string, placeIds: readonly string[]): Promise<string> {
  const { id: _, code, content, ...row } = await client.alert.findUniqueOrThrow({ where: { id: alertId } });
  const there = await client.incidentPlace.findMany({
    where: { incidentId: row.incidentId },
    select: { placeId: true },
  });
  const known = new Set(there.map(({ placeId }) => placeId));
  const now = new Date();
  await client.incidentPlace.createMany({
    data: placeIds
      .filter((placeId) => !known.has(placeId))
      .map((placeId) => ({ incidentId: row.incidentId, placeId, state: "out", since: now })),
  });
  const copy = await client.alert.create({
    data: {
      ...row,
      id: randomUUID(),
      code: `${code}W`,
      content: { ...(content as object), placeIds: [...placeIds] },
    },
  });
  return copy.id;
}

/** Beyond the two that Callbox ships. */
const MORE_LANGUAGES = 4;
/** Once a draft is there to write in, the plan says whose phones get two messages. */
const OVERLAPS_LIMIT_MS = 200;
/** A decision about one place makes the plan anew before the next frame. */
const PLAN_LIMIT_MS = 100;
/** Every text of every place in the languages Callbox ships; each further language may add as much as one of those. */
const TEXTS_LIMIT_MS = 1_000;
const LIMIT_LANGUAGES = 2;
/** In proportion to the places, with room for what a machine does besides. */
const GROWTH = 1.5;

/** The plan of a draft and every text of it, in two and in six languages, as the composer works them out after a change. */
async function measurePlan(
  client: PrismaClient,
  placeIds: readonly string[],
): Promise<readonly [plan: Figure, inTwo: Figure, inSix: Figure, overlaps: Figure]> {
  const { choosePlaces, planMessages } = await import("../../alerts/plan");
  const { findOverlaps } = await import("../../standards/geometry/overlap");
  const { buildBundle } = await import("../../alerts/content");
  const { facts, content, now } = await loadDraft(client, placeIds, MORE_LANGUAGES);
  const places = `${placeIds.length.toLocaleString("en-US")} places`;
  const shipped = await loadDraft(client, placeIds);
  const texts = (draft: typeof shipped) => ({
    ...timed(
      `every text of the plan of ${places} in ${draft.facts.languages.length} languages`,
      3,
      () => void buildBundle(draft.facts, draft.content, draft.now),
    ),
    against: {
      name: "the limit",
      milliseconds: (TEXTS_LIMIT_MS * draft.facts.languages.length) / LIMIT_LANGUAGES,
      times: 1,
    },
  });
  const plan = () => planMessages(facts, content, choosePlaces(facts, content, now), now);
  return [
    {
      ...timed(`the plan of ${places}: ${plan().length.toLocaleString("en-US")} messages`, 10, () => void plan()),
      against: { name: "the limit", milliseconds: PLAN_LIMIT_MS, times: 1 },
    },
    texts(shipped),
    texts({ facts, content, now }),
    {
      ...timed(`which outlines of ${places} cover the same ground`, 5, () => void findOverlaps(facts.places)),
      against: { name: "the limit", milliseconds: OVERLAPS_LIMIT_MS, times: 1 },
    },
  ];
}

/** The second figure held against the first, as many times as there are more places. */
const grown = (few: Figure, many: Figure, times: number): Figure => ({
  ...many,
  against: { name: `${times.toFixed(1)} times that of fewer`, milliseconds: few.milliseconds * times, times: GROWTH },
});

async function measureOn(
  page: Page,
  client: PrismaClient,
  url: string,
  placeIds: readonly string[],
): Promise<Figure[]> {
  const wide = await widen(client, /alerts\/([^/]+)\//.exec(page.url())?.[1] ?? "", placeIds);
  await page.goto(`${url}/alerts/${wide}/edit`);
  await page.locator('[data-ready="yes"]').waitFor({ state: "attached", timeout: 120_000 });
  return measureTyping(page, `${placeIds.length.toLocaleString("en-US")} places`);
}

/** @returns figures of the same acts at 351 and at 3,500 places */
export async function measureGrowth({ url, databaseUrl }: ScratchSite): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const client = connect(databaseUrl);
  const { page, close } = await openComposer(url);
  try {
    const towns = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
    const [fewPlans, fewTexts, fewInSix, overlaps] = await measurePlan(
      client,
      towns.map(({ id }) => id),
    );
    const few = await measureTyping(page, `${towns.length} places`);
    const placeIds = await growPlaces(client);
    await growNumbers(client, placeIds, 2 * placeIds.length);
    const [plans, texts, inSix] = await measurePlan(client, placeIds);
    const many = await measureOn(page, client, url, placeIds);
    const times = placeIds.length / towns.length;
    return [
      ...[fewPlans, fewTexts, fewInSix, overlaps, ...few],
      ...[plans, grown(fewTexts, texts, times), grown(fewInSix, inSix, times), ...many],
    ];
  } finally {
    await close();
    await client.$disconnect();
  }
}
