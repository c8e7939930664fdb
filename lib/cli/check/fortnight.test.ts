import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { makeReady } from "../../alerts/ready/commands/make";
import { approval, openStory, placesNamed, toStory } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect } from "../../platform/db";
import { isNightly } from "../../platform/nightly-for-tests";
import { openScratchSite } from "../scratch-site";
import { DAYS, drawNights, drawTable, findGrowth, Fortnight, KEPT, type Look, type Night, OUTAGES } from "./fortnight";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-fortnight-"));
fs.chmodSync(folder, 0o755);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const look = (day: number, more: Partial<Look> = {}): Look => ({
  day,
  memory: { console: 300, worker: 200 },
  open: { console: 40, worker: 30 },
  connections: 20,
  files: 1,
  siteMB: 26,
  databaseMB: 80 + day,
  entries: 100 + day * 200,
  calls: 100,
  messages: 10,
  pages: { "/": 20 },
  ...more,
});

test.each<[string, Partial<Look>, Partial<Look>, RegExp | null]>([
  ["nothing grew", {}, {}, null],
  [
    "memory that only settled",
    { memory: { console: 420, worker: 200 } },
    { memory: { console: 425, worker: 200 } },
    null,
  ],
  [
    "memory that grows on",
    { memory: { console: 400, worker: 200 } },
    { memory: { console: 520, worker: 200 } },
    /memory of the console grew from 400/,
  ],
  ["connections that are not given back", {}, { connections: 31 }, /connections grew from 20 to 31/],
  ["files left open", {}, { open: { console: 40, worker: 60 } }, /open files of the worker/],
  ["files left beside the site", {}, { files: 3 }, /files of the public site/],
  ["a page that becomes slow", {}, { pages: { "/": 60 } }, /the time of \//],
  ["a database that grows faster", {}, { databaseMB: 400 }, /the database for each entry/],
])("%s", (_, middle, last, said) => {
  const found = findGrowth([look(1), look(7, middle), look(14, last)]);
  if (said === null) expect(found).toEqual([]);
  else expect(found.join("\n")).toMatch(said);
});

test("a night has the figures of its day, every ready draft checked, one backup, and no more of them than are kept", async () => {
  const story = await openStory(inject("databases"));
  const dana = await story.actor("dana");
  const placeIds = await placesNamed(story.client, "Granby");
  const input = { title: "A ready draft", failure: "full", textTo911: "fails", placeIds, grouping: "place", fromAlertId: null } as const; // prettier-ignore
  const began = new Date();
  expect(await makeReady(story.client, dana, input, began)).toMatchObject({ ok: true });
  const publicFolder = path.join(folder, "small", "public");
  fs.mkdirSync(publicFolder, { recursive: true });
  const site = { url: "", publicUrl: "", publicFolder, databaseUrl: story.appUrl, processes: {} as never };
  const needs = {
    client: story.client,
    placesNamed: () => Promise.resolve(placeIds),
    approval: (id: string) => approval(story, id),
  };
  const fortnight = new Fortnight(site, needs);
  for (let day = 1; day <= KEPT + 1; day += 1) {
    const { checked, bytes } = await fortnight.night(day, began);
    expect([checked, bytes > 1e5]).toEqual([1, true]);
  }
  expect(fs.readdirSync(fortnight.backups)).toHaveLength(KEPT);
  expect(await story.client.readinessDay.groupBy({ by: ["day"] })).not.toHaveLength(0);
  await story.client.$disconnect();
}, 120_000);

test.runIf(isNightly && process.platform === "linux")(
  "two weeks of use: nothing grows that the data does not explain",
  async () => {
    const site = await openScratchSite(folder);
    const client = connect(site.databaseUrl);
    try {
      const story = toStory(client, { appUrl: site.databaseUrl, ownerUrl: site.ownerUrl });
      const fortnight = new Fortnight(site, {
        client,
        placesNamed: (...names) => placesNamed(client, ...names),
        approval: (id) => approval(story, id),
      });
      await fortnight.begin();
      const looks: Look[] = [];
      const nights: Night[] = [];
      const began = Date.now();
      for (let day = 1; day <= DAYS; day += 1) {
        await fortnight.live(day);
        nights.push(await fortnight.night(day, new Date(began)));
        process.stderr.write(`Day ${day} after ${Math.round((Date.now() - began) / 1000)} s\n`);
        // After two days, so that an outage was among what made it warm.
        if ([2, 8, DAYS].includes(day)) looks.push(await fortnight.look(day));
      }
      const [first, middle, last] = looks as [Look, Look, Look];
      process.stderr.write(
        `${DAYS} days of use in ${((Date.now() - began) / 60_000).toFixed(1)} min: ${JSON.stringify(fortnight.done)}\n${drawTable(looks)}\n${drawNights(nights)}\n`,
      );
      expect(fs.readdirSync(fortnight.backups)).toHaveLength(KEPT);
      expect(fortnight.done.outages).toBe(OUTAGES.size);
      expect(findGrowth([first, middle, last])).toEqual([]);
      expect((await verifyRecord(client, new Date())).problems).toEqual([]);
    } finally {
      await client.$disconnect();
      await site.close();
    }
  },
  1_800_000,
);
