import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { PrismaClient } from "../../platform/db";
import type { ScratchSite } from "../scratch-site";
import { growNumbers, growPlaces } from "./directory";
import type { Figure } from "./measure";
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

async function measureOn(page: Page, client: PrismaClient, url: string): Promise<Figure[]> {
  const placeIds = await growPlaces(client);
  await growNumbers(client, placeIds, 2 * placeIds.length);
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
    const few = await measureTyping(page, "351 places");
    return [...few, ...(await measureOn(page, client, url))];
  } finally {
    await close();
    await client.$disconnect();
  }
}
