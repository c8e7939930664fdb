import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import type { Actor } from "../../access/actor";
import { agenciesFor } from "../../access/actor";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { isNightly } from "../../platform/nightly-for-tests";
import { manyRows } from "../many-rows-for-tests";
import { beginImport, dropImport } from "./begin";
import { leaveFile, leaveWriting } from "./leave";
import { readWaiting, writeLeft } from "./take-up";

/**
 * Imports are left in the database and done by workers that are killed: another
 * one takes them up, and what comes of it is the same, once. Workers are the
 * real processes.
 */

const ROWS = 50_000;

let story: Story;
let tess: Actor;
let agencyId: string;
let folder: string;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  story = await openStory(inject("databases"));
  tess = await story.actor("tess");
  agencyId = agenciesFor(tess, "directory:edit")[0]!;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-take-up-"));
});
afterEach(() => killAll());
afterAll(async () => {
  await story.client.$disconnect();
  fs.rmSync(folder, { recursive: true, force: true });
});

function killAll(): void {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
}

function startWorker(): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", path.join("lib", "cli", "worker.ts")],
    {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        DATABASE_URL: story.appUrl,
        NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
        NEXTAUTH_URL: "http://localhost:1",
        CALLBOX_DATA: folder,
        CALLBOX_PUBLIC: path.join(folder, "public"),
        CALLBOX_PUBLIC_URL: "http://localhost:2",
      },
    },
  );
  workers.push(child);
  return child;
}

async function leave(text: string): Promise<string> {
  const begun = { kind: "numbers" as const, fileName: "left.csv" };
  const id = await beginImport(story.client, { actor: tess, agencyId }, begun, new Date());
  const bytes = Buffer.from(text);
  expect(await leaveFile(story.client, tess, id, bytes, new Date())).toMatchObject({ ok: true });
  expect(await leaveFile(story.client, tess, id, bytes, new Date())).toMatchObject({ ok: false, code: "gone" });
  return id;
}

const rowOf = (id: string) => story.client.directoryImport.findUniqueOrThrow({ where: { id } });
const stateOf = async (id: string) => (await rowOf(id)).state;
const slicesOf = (id: string) => story.client.importSlice.count({ where: { importId: id } });
const patient = { timeout: 600_000, interval: 20 };
const until = (condition: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await condition()).toBe(true), patient);

async function manyNumbers(): Promise<string> {
  const places = await story.client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
  return manyRows(
    places.map(({ id }) => id),
    ROWS,
  ).toString();
}

/** An import whose worker was killed while it read; one that was read before the kill is left again. */
async function leaveHalfRead(text: string): Promise<string> {
  const { client } = story;
  for (let tries = 0; tries < 8; tries += 1) {
    const id = await leave(text);
    startWorker();
    await until(async () => (await client.importRow.count({ where: { importId: id } })) > 0);
    killAll();
    // What the server was told before is done or undone before the next look.
    await until(async () => {
      const [{ busy } = { busy: 0n }] = await client.$queryRaw<{ busy: bigint }[]>`
        select count(*) as busy from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and state <> 'idle'`;
      return busy === 0n;
    });
    if ((await stateOf(id)) === "reading") return id;
    expect(await dropImport(client, id)).toMatchObject({ ok: true });
  }
  throw new Error("Every worker had read its file before it was killed.");
}

test.runIf(isNightly)(
  "killed while it reads and while it writes, another worker ends both, all of it there once",
  async () => {
    const { client } = story;
    const before = await client.directNumber.count();
    const id = await leaveHalfRead(await manyNumbers());
    startWorker();
    await until(async () => (await stateOf(id)) === "read");
    const row = await rowOf(id);
    expect(row).toMatchObject({ counts: { new: ROWS }, progress: ROWS, total: ROWS, turn: 2 });
    const positions = await client.importRow.findMany({ where: { importId: id }, select: { position: true } });
    expect(positions).toHaveLength(ROWS);
    expect(await slicesOf(id)).toBe(0);

    expect(await leaveWriting(client, tess, id)).toMatchObject({ ok: true });
    expect(await leaveWriting(client, tess, id)).toMatchObject({ ok: false, code: "gone" });
    expect(await dropImport(client, id)).toMatchObject({ ok: false, code: "gone" });
    // In the middle of its transaction.
    await until(async () => {
      const [{ busy } = { busy: 0n }] = await client.$queryRaw<{ busy: bigint }[]>`
      select count(*) as busy from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and state = 'active' and (query ilike '%insert into "DirectNumber"%' or query ilike '%insert into "NumberChange"%')`;
      return busy > 0n;
    });
    killAll();
    // Undone by the server as soon as it notices.
    await until(async () => (await client.numberChange.count({ where: { importId: id } })) === 0);
    expect(await stateOf(id)).toBe("writing");
    startWorker();
    await until(async () => (await stateOf(id)) === "applied");
    expect(await client.directNumber.count()).toBe(before + ROWS);
    expect(await client.numberChange.count({ where: { importId: id } })).toBe(ROWS);
    expect(await client.auditEvent.count({ where: { action: "directory.imported" } })).toBe(1);
    expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  },
  1_200_000,
);

const CONTEXT = { now: new Date(), attempt: 1, last: false };

test("an import whose person was signed out meanwhile says so and writes nothing", async () => {
  const { client } = story;
  const karen = await story.actor("karen");
  const [granby] = agenciesFor(karen, "directory:edit");
  const begin = () =>
    beginImport(client, { actor: karen, agencyId: granby! }, { kind: "numbers", fileName: "hers.csv" }, new Date());
  const bytes = Buffer.from("town,service,number\nGranby,police,413-555-0161\n");
  const [unread, unwritten] = [await begin(), await begin()];
  for (const id of [unread, unwritten]) await leaveFile(client, karen, id, bytes, new Date());
  const left = (id: string) => ({ id, session: karen.sessionKey });
  await readWaiting(client, left(unwritten));
  expect(await leaveWriting(client, karen, unwritten)).toMatchObject({ ok: true });
  await client.session.update({ where: { id: karen.sessionKey }, data: { revokedAt: new Date() } });
  await readWaiting(client, left(unread));
  await writeLeft(client, left(unwritten), CONTEXT);
  expect(await rowOf(unread)).toMatchObject({ state: "failed", problem: expect.stringContaining("signed out") });
  expect(await slicesOf(unread)).toBe(0);
  expect(await rowOf(unwritten)).toMatchObject({ state: "read", problem: expect.stringContaining("signed out") });
  expect(await client.numberChange.count({ where: { importId: unwritten } })).toBe(0);
});

test("what cannot be written any more goes back to whoever decides, with the reason", async () => {
  const { client } = story;
  const id = await leave("town,number,desk\nGranby,413-555-0142,Other desk\n");
  const left = { id, session: tess.sessionKey };
  await readWaiting(client, left);
  await client.directNumber.updateMany({
    where: { e164: "+14135550142", placeId: "2501526535" },
    data: { version: { increment: 1 } },
  });
  expect(await leaveWriting(client, tess, id)).toMatchObject({ ok: true });
  await writeLeft(client, left, CONTEXT);
  expect(await rowOf(id)).toMatchObject({ state: "read", problem: expect.stringContaining("changed since") });
  // Done again, as after a kill that came late, it changes nothing.
  await writeLeft(client, left, CONTEXT);
  expect(await dropImport(client, id)).toMatchObject({ ok: true });
});

test("a reader that was slow, and not dead, leaves the import to the one that took it up", async () => {
  const { client } = story;
  const id = await leave(["place,number", ...Array.from({ length: 9000 }, () => "Granby,413-555-0163")].join("\n"));
  const left = { id, session: tess.sessionKey };
  const slow = readWaiting(client, left);
  await until(async () => (await client.importRow.count({ where: { importId: id } })) > 0);
  await readWaiting(client, left);
  await slow;
  expect(await rowOf(id)).toMatchObject({ state: "read", turn: 2, total: 9000, counts: { new: 1, rejected: 8999 } });
  expect(await client.importRow.count({ where: { importId: id } })).toBe(9000);
  await dropImport(client, id);
});

test("a file in many slices is read as it was given", async () => {
  const { client } = story;
  const filler = `Granby,police,413-555-0162,${"x".repeat(200)}\n`;
  const text = `town,service,number,note\n${filler.repeat(45_000)}`;
  expect(text.length).toBeGreaterThan(2 * 4 * 1024 * 1024);
  const begun = { kind: "numbers" as const, fileName: "long.csv" };
  const id = await beginImport(client, { actor: tess, agencyId }, begun, new Date());
  await leaveFile(client, tess, id, Buffer.from(text), new Date());
  const slices = await client.importSlice.findMany({ where: { importId: id }, orderBy: { position: "asc" } });
  expect(slices).toHaveLength(3);
  expect(Buffer.concat(slices.map(({ bytes }) => bytes)).toString() === text).toBe(true);
  expect(await dropImport(client, id)).toMatchObject({ ok: true });
  expect(await slicesOf(id)).toBe(0);
});
