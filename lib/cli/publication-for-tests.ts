import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { blockedPlaces, draftFor, save, type Story, submit } from "../alerts/story-for-tests";
import { addChannel } from "../delivery/channel-for-tests";
import { verifyRecord } from "../evidence/verify";
import type { PrismaClient } from "../platform/db";
import { seal } from "../record/site-secret";

/** What tests share that kill something while a statewide alert goes out: the other side, the channels, the alert, the count. */

export const SECRET = "a secret of at least thirty-two characters";

/** Who takes what is published, and counts it by key. */
export interface OtherSide {
  url: string;
  /** How often each key was taken. */
  taken: Map<string, number>;
  close: () => Promise<void>;
}

export async function openOtherSide(): Promise<OtherSide> {
  const taken = new Map<string, number>();
  const server = http.createServer((request, answer) => {
    request.resume();
    request.on("end", () => {
      const key = String(request.headers["idempotency-key"]);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      // Long enough for a worker to die between what was taken and its answer.
      setTimeout(() => answer.writeHead(202).end(), 20 + Math.random() * 80);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A webhook and a folder. */
export async function makeChannels(client: PrismaClient, home: string, other: OtherSide): Promise<void> {
  fs.mkdirSync(path.join(home, "drop"));
  await addChannel(client, {
    id: "hook",
    kind: "webhook",
    name: "Hook",
    state: "live",
    settings: { url: other.url, format: "cap", allowed: ["127.0.0.1"] },
    secrets: seal(SECRET, "channel hook", JSON.stringify({ secret: "shared with the other side" })),
  });
  await addChannel(client, {
    id: "drop",
    kind: "file-drop",
    name: "Drop",
    state: "live",
    settings: { folder: path.join(home, "drop") },
  });
}

/** Tries something until the database is there again. */
export async function surely<Value>(run: () => Promise<Value>): Promise<Value> {
  for (let left = 600; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      if (left === 0) throw error;
      await pause(100);
    }
  }
}

/** An alert for all 351 cities and towns, sent for approval. */
export async function statewide(story: Story): Promise<{ id: string; incidentId: string }> {
  const dana = await story.actor("dana");
  const places = await story.client.place.findMany({
    where: { kind: "municipality", id: { startsWith: "25" } },
    select: { id: true },
  });
  const draft = await draftFor(
    story,
    dana,
    places.map(({ id }) => id),
  );
  const blocked = await blockedPlaces(story, draft.id);
  await save(story, dana, draft.id, (content) => ({
    ...content,
    numbers: Object.fromEntries(
      blocked.map((id) => [id, { choice: "no-number" as const, reason: "Nobody verified a number here" }]),
    ),
  }));
  await submit(story, dana, draft.id);
  return draft;
}

/** Deliveries of these alerts that are still on their way. */
export const countOpen = (client: PrismaClient, alerts: readonly string[]): Promise<number> =>
  surely(() =>
    client.delivery.count({ where: { alertId: { in: [...alerts] }, state: { in: ["stored", "handed-over"] } } }),
  );

/** What came of publishing alerts, in the shape a test can compare with what should have come of it. */
export async function countOnce(client: PrismaClient, home: string, other: OtherSide, alerts: readonly string[]) {
  const of = { alertId: { in: [...alerts] } };
  const deliveries = await client.delivery.findMany({ where: of, include: { tries: true } });
  const messages = await client.message.findMany({ where: of, select: { identifier: true } });
  const rows = new Map(deliveries.map(({ key, tries }) => [key, tries.length]));
  return {
    messages: messages.length,
    found: {
      deliveries: deliveries.length,
      unfinished: deliveries.filter(({ state }) => state !== "accepted" && state !== "confirmed"),
      // By its key the other side has each message once, whatever was sent again.
      hook: [...other.taken.keys()].sort(),
      drop: fs
        .readdirSync(path.join(home, "drop"))
        .filter((name) => !name.startsWith("."))
        .sort(),
      // No attempt is lost: what reached the other side stands in a row that was there before.
      attemptsLost: [...other.taken].filter(([key, times]) => (rows.get(key) ?? 0) < times),
      attemptsOpen: deliveries.flatMap(({ tries }) => tries).filter(({ endedAt }) => endedAt === null),
      problems: (await verifyRecord(client, new Date())).problems,
    },
    wanted: {
      deliveries: messages.length * 2 + alerts.length,
      unfinished: [],
      hook: messages.map(({ identifier }) => `hook:${identifier}`).sort(),
      drop: messages.map(({ identifier }) => `${identifier}.xml`).sort(),
      attemptsLost: [],
      attemptsOpen: [],
      problems: [],
    },
    again: [...other.taken.values()].filter((times) => times > 1).length,
  };
}
