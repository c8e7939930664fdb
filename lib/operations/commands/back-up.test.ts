import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { readBackup } from "../../platform/backup/take";
import { connect, type PrismaClient } from "../../platform/db";
import { copyDatabase, type TestDatabase } from "../../platform/test-database";
import { backUpWhenDue } from "./back-up";

const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-nightly-"));
const folder = path.join(home, "backups");
const settings = { folder, daily: 2, weekly: 0 };
const site = {
  secret: "a secret of thirty-two characters",
  signing: {},
  publicFolder: path.join(home, "none"),
  checkpoints: path.join(home, "none"),
};
let database: TestDatabase;
let client: PrismaClient;
beforeAll(async () => {
  database = await copyDatabase(inject("databases"));
  client = connect(database.appUrl);
});
afterAll(async () => {
  await client.$disconnect();
  fs.rmSync(home, { recursive: true, force: true });
});
const run = (at: string, more: Partial<typeof site> = {}) =>
  backUpWhenDue(client, database.appUrl, settings, { ...site, ...more }, new Date(at));
const runs = async () =>
  (await client.backupRun.findMany({ orderBy: { startedAt: "asc" } })).map(({ state, problem }) => ({
    state,
    problem,
  }));

test("one a night under the console's own role; a failed one is noted and tried again; older ones are removed when a new one is whole", async () => {
  expect(await run("2026-11-24T07:20:00Z")).toBe("made");
  expect(await run("2026-11-24T08:20:00Z")).toBe("was made before");
  // Before the hour it is still the night before.
  expect(await run("2026-11-25T06:20:00Z")).toBe("was made before");
  const left = path.join(folder, "2026-11-20T07-20-00Z.partial-7");
  fs.mkdirSync(left);
  fs.utimesSync(left, new Date("2026-11-20"), new Date("2026-11-20"));
  fs.mkdirSync(path.join(folder, "not ours"));
  // A worker was killed between the new name and the removal: the keys of the site are in it.
  const going = [".2026-11-19T07-20-00Z.removed", ".2026-11-18T07-20-00Z.partial-9.removed"];
  for (const name of going) {
    fs.mkdirSync(path.join(folder, name));
    fs.writeFileSync(path.join(folder, name, "session-secret"), "x");
  }
  const unreadable = { signing: { pkcs12: path.join(home, "gone.p12") } };
  expect(await run("2026-11-25T07:20:00Z", unreadable as never)).toBe("failed");
  expect(fs.readdirSync(folder).sort()).toEqual([
    ...going.toSorted(),
    "2026-11-20T07-20-00Z.partial-7",
    "2026-11-24T07-20-00Z",
    "not ours",
  ]);
  expect(await run("2026-11-25T08:20:00Z")).toBe("made");
  expect(await runs()).toEqual([
    { state: "made", problem: null },
    { state: "failed", problem: expect.stringContaining("gone.p12") },
    { state: "made", problem: null },
  ]);
  expect(await run("2026-11-26T07:20:00Z")).toBe("made");
  expect(fs.readdirSync(folder).sort()).toEqual(["2026-11-25T08-20-00Z", "2026-11-26T07-20-00Z", "not ours"]);
  expect((await readBackup(path.join(folder, "2026-11-26T07-20-00Z"))).site.name).toBe("Callbox demonstration");
});

test("one whose worker was killed is noted as failed by the next", async () => {
  await client.backupRun.create({
    data: {
      startedAt: new Date("2026-11-27T07:20:00Z"),
      state: "running",
      name: "2026-11-27T07-20-00Z",
      machine: "one",
    },
  });
  expect(await run("2026-11-27T08:20:00Z")).toBe("made");
  expect((await runs()).slice(-2)).toEqual([
    { state: "failed", problem: "The worker ended while it made this backup." },
    { state: "made", problem: null },
  ]);
});
