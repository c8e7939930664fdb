import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  approval,
  approve,
  draftFor,
  followUp,
  placesNamed,
  type Story,
  submit,
  toStory,
} from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect, type PrismaClient } from "../../platform/db";
import { freePort, openEmbeddedPostgres } from "../../platform/embedded-postgres";
import type { Health } from "../../platform/health";
import { applyMigrations } from "../../platform/migrations";
import { isNightly } from "../../platform/nightly-for-tests";
import { seedDemonstration } from "../../../prisma/seed";
import { ConsoleClient } from "../console-client-for-tests";
import { countOnce, makeChannels, openOtherSide, type OtherSide, SECRET } from "../publication-for-tests";
import {
  type OwnProcess,
  prepareBackupFolder,
  preparePublicFolder,
  type Served,
  serveConsole,
  servePublic,
  type ServeOptions,
  serveWorker,
} from "../site";
import { hasOtherClock, makeSmallDisk, OtherClock, type SmallDisk } from "./machine-trouble";
import { readWithoutPause } from "./upgrade";

/**
 * What a machine does to a whole site: a full disk, a folder that can only be
 * read, a database that is gone for a minute, a clock that jumps. Each is said in
 * words to whoever looks, loses nothing, and is over by itself once the cause is.
 */

const PAGES = ["/", "/ma/granby", "/feed.atom", "/numbers.txt"];
/** How long the database is gone. */
const GONE_MS = 60_000;
const HOUR = 3600;

describe.runIf(isNightly && process.platform === "linux")("trouble of the machine", () => {
  let home: string;
  let database: Awaited<ReturnType<typeof openEmbeddedPostgres>>;
  let client: PrismaClient;
  let story: Story;
  let disk: SmallDisk;
  let other: OtherSide;
  let clock: OtherClock;
  let options: ServeOptions;
  let worker: OwnProcess;
  let stopping = false;
  /** How often a worker ended and another one began. */
  let begun = 0;
  let served: Served;
  let reader: OwnProcess;
  const alerts: string[] = [];
  let small: string;

  beforeAll(async () => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-trouble-"));
    small = path.join(home, "disk");
    fs.chmodSync(home, 0o755);
    disk = makeSmallDisk(small);
    database = await openEmbeddedPostgres(path.join(home, "data"), "console");
    await applyMigrations(database.ownerUrl, "prisma");
    client = connect(database.appUrl);
    await seedDemonstration(client, new Date());
    story = toStory(client, database);
    other = await openOtherSide();
    await makeChannels(client, small, other);
    preparePublicFolder(path.join(small, "drop"));
    preparePublicFolder(path.join(small, "public"));
    prepareBackupFolder(path.join(small, "backups"));
    clock = new OtherClock(path.join(home, "clock"));
    const [port, publicPort] = [await freePort(), await freePort()];
    options = {
      databaseUrl: database.appUrl,
      secret: SECRET,
      host: "127.0.0.1",
      port,
      url: `http://localhost:${port}`,
      home: small,
      show: false,
      public: {
        folder: path.join(small, "public"),
        host: "127.0.0.1",
        port: publicPort,
        url: `http://127.0.0.1:${publicPort}`,
      },
      more: hasOtherClock() ? clock.environment : {},
    };
    await keepWorker();
    served = await serveConsole(options);
    reader = await servePublic(options);
    await publish("Hadley");
    await allOut();
  }, 180_000);

  /** As the launcher does, and systemd or whatever else it runs under: a worker that gave up begins anew. */
  async function keepWorker(): Promise<void> {
    worker = await serveWorker(options);
    void worker.ended.then(async () => {
      if (stopping) return;
      begun += 1;
      await pause(500);
      if (!stopping) await keepWorker().catch(() => undefined);
    });
  }

  afterAll(async () => {
    stopping = true;
    await worker?.stop();
    await served?.stop();
    await reader?.stop();
    await client?.$disconnect();
    await database?.stop();
    await other?.close();
    disk?.close();
    if (home) fs.rmSync(home, { recursive: true, force: true });
  }, 60_000);

  async function publish(...towns: string[]): Promise<{ id: string; incidentId: string }> {
    const draft = await draftFor(story, await story.actor("dana"), await placesNamed(client, ...towns));
    await submit(story, await story.actor("dana"), draft.id);
    expect(await approve(story, await story.actor("luis"), draft.id)).toMatchObject({ ok: true });
    alerts.push(draft.id);
    return draft;
  }

  const openDeliveries = (id?: string) =>
    client.delivery.findMany({
      where: { ...(id ? { alertId: id } : {}), state: { in: ["stored", "handed-over"] } },
      select: { channelId: true, problem: true, channel: { select: { kind: true } } },
    });
  const allOut = () =>
    vi.waitFor(async () => expect(await openDeliveries()).toEqual([]), { timeout: 90_000, interval: 500 });

  async function signedIn(name: string): Promise<ConsoleClient> {
    const someone = new ConsoleClient(options.url);
    expect(await someone.signIn(`${name}@callbox.example`)).toBe(true);
    return someone;
  }
  const health = async () => (await (await fetch(`${options.url}/api/health`)).json()) as Health;

  /** A folder refuses what the worker writes there. Everything else goes on, and it is over when the cause is. */
  async function expectFolderTrouble(begin: () => void, end: () => void, words: RegExp, town: string): Promise<number> {
    const stop = readWithoutPause(options.public.url, PAGES);
    begin();
    let id: string;
    try {
      id = (await publish(town)).id;
      await expectSaid(id, words);
    } finally {
      end();
    }
    const began = Date.now();
    await allOut();
    const over = Date.now() - began;
    const { failures, answers } = await stop();
    expect([failures, answers > 100]).toEqual([[], true]);
    const { identifier } = await client.message.findFirstOrThrow({ where: { alertId: id, audience: "phones" } });
    await vi.waitFor(
      async () => expect(await (await fetch(`${options.public.url}/feed.atom`)).text()).toContain(identifier),
      { timeout: 30_000, interval: 200 },
    );
    return over;
  }

  /** Said of the public site and of the folder, on the page of the alert as well; what goes elsewhere goes out. */
  async function expectSaid(id: string, words: RegExp): Promise<void> {
    await vi.waitFor(
      async () => {
        const left = await openDeliveries(id);
        // A message of a few kilobytes may find room where a site does not.
        expect(left.map(({ channel }) => channel.kind)).toContain("public-site");
        expect(left.filter(({ channelId }) => channelId === "hook")).toEqual([]);
        for (const { problem } of left) expect(problem).toMatch(words);
      },
      { timeout: 60_000, interval: 500 },
    );
    const page = await (await signedIn("dana")).get(`/alerts/${id}`);
    expect([page.status, page.text]).toEqual([200, expect.stringMatching(words)]);
  }

  test("a full disk", async () => {
    const over = await expectFolderTrouble(
      () => disk.fill(worker.process.pid!),
      () => disk.free(worker.process.pid!),
      /The disk is full|larger than this account may write/,
      "Granby",
    );
    expect(fs.readdirSync(options.public.folder)).toEqual(["site.pack"]);
    process.stderr.write(
      `${disk.kind}: full, said, and all went out ${(over / 1000).toFixed(0)} s after there was room\n`,
    );
  }, 600_000);

  test("a folder that can only be read", async () => {
    const folders = [options.public.folder, path.join(small, "drop")];
    const over = await expectFolderTrouble(
      () => folders.forEach((folder) => fs.chmodSync(folder, 0o555)),
      () => folders.forEach((folder) => fs.chmodSync(folder, 0o755)),
      /may not write there/,
      "Amherst",
    );
    process.stderr.write(
      `Folders that can only be read: all went out ${(over / 1000).toFixed(0)} s after they could be written\n`,
    );
  }, 600_000);

  test("a database that is gone for a minute", async () => {
    const stop = readWithoutPause(options.public.url, PAGES);
    const dana = await signedIn("dana");
    const luis = await signedIn("luis");
    const draft = await draftFor(story, await story.actor("dana"), await placesNamed(client, "Ludlow"));
    await submit(story, await story.actor("dana"), draft.id);
    const decision = await approval(story, draft.id);
    const pid = Number(fs.readFileSync(path.join(home, "data", "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    const ended = database.failed();
    process.kill(pid, "SIGINT");
    await ended;
    const began = Date.now();
    const words = new Set<string>();
    const pages = new Set<number>();
    while (Date.now() - began < GONE_MS) {
      const result = await luis.act(`/alerts/${draft.id}/review`, "decideAlertAction", decision);
      expect(result.ok).toBe(false);
      if (!result.ok) words.add(result.message);
      const page = await dana.get("/");
      pages.add(page.status);
      expect(page.text).toContain("</html>");
      expect(page.text).not.toMatch(/ECONNREFUSED|Prisma|127\.0\.0\.1:\d+/);
      expect(await health()).toMatchObject({ ok: false, database: "does not answer" });
      await pause(2000);
    }
    expect([...words].join("\n")).toMatch(/database is being switched over or restarted|does not answer/);
    for (const said of words) expect(said).toMatch(/still here|[Nn]othing you typed is lost/);
    await database.restart();
    const back = Date.now();
    await vi.waitFor(async () => expect(await health()).toMatchObject({ database: "answers", migrations: "current" }), {
      timeout: 60_000,
      interval: 200,
    });
    const healthyIn = Date.now() - back;
    // The same press, by the same people, without signing in again.
    const result = await luis.act(`/alerts/${draft.id}/review`, "decideAlertAction", decision);
    expect(result).toMatchObject({ ok: true });
    alerts.push(draft.id);
    await allOut().catch((error: unknown) => {
      throw new Error(`The worker (ended: ${String(worker.process.exitCode)}) said:\n${worker.said()}`, {
        cause: error,
      });
    });
    const { failures, answers } = await stop();
    expect(failures).toEqual([]);
    process.stderr.write(
      `A database gone for ${GONE_MS / 1000} s: ${[...words].join(" / ")}; pages ${[...pages].join(", ")}; healthy ${healthyIn} ms after it was back; ${answers} public pages read meanwhile, ${failures.length} failed; a worker began anew ${begun} times\n`,
    );
  }, 600_000);

  test("a clock that jumps, back and forward", async () => {
    expect(hasOtherClock()).toBe(true);
    const { incidentId } = await publish("Belchertown");
    await allOut();
    const [sam, luis] = [await signedIn("sam"), await signedIn("luis")];
    const update = await followUp(story, await story.actor("dana"), { incidentId, purpose: "update" });
    await submit(story, await story.actor("dana"), update);
    const decide = async (by: ConsoleClient) =>
      by.act<unknown>(`/alerts/${update}/review`, "decideAlertAction", await approval(story, update));
    const said: string[] = [];
    for (const seconds of [-HOUR, 3 * HOUR]) {
      clock.set(seconds);
      // Someone who signs in while it is wrong can work; the page of the installation says what is wrong.
      const status = await (await signedIn("sam")).get("/admin/status");
      expect(status.text).toMatch(
        new RegExp(`differ by (?:${Math.abs(seconds)}|${Math.abs(seconds) - 1}|${Math.abs(seconds) + 1}) seconds`),
      );
      expect(status.text).toContain("NTP");
      const refused = await decide(await signedIn("luis"));
      expect([seconds, refused.ok]).toEqual([seconds, false]);
      if (!refused.ok) {
        said.push(refused.message);
        expect(refused.message).toMatch(/clock/);
      }
      expect(await client.message.count({ where: { alertId: update, xml: { not: null } } })).toBe(0);
      expect((await fetch(`${options.public.url}/ma/granby`)).status).toBe(200);
    }
    clock.set(0);
    // Who was signed in before is signed in still, and the alert that waited goes out with the right time.
    expect((await sam.get("/admin/status")).status).toBe(200);
    expect(await decide(luis)).toMatchObject({ ok: true });
    alerts.push(update);
    const { sent } = await client.message.findFirstOrThrow({ where: { alertId: update, xml: { not: null } } });
    expect(Math.abs(new Date(sent!).getTime() - Date.now())).toBeLessThan(60_000);
    await allOut();
    process.stderr.write(`A clock an hour behind and three ahead: ${said.join(" / ")}\n`);
  }, 600_000);

  test("after all of it everything is there once, and the record verifies", async () => {
    const { found, wanted } = await countOnce(client, small, other, alerts);
    expect(found).toEqual(wanted);
    expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  });
});

test("a disk that is full for a process refuses it and nobody else", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-full-"));
  const disk = makeSmallDisk(path.join(folder, "disk"));
  const write = () =>
    execFileSync(
      process.execPath,
      ["-e", `require("fs").writeFileSync(${JSON.stringify(path.join(folder, "disk", "x"))}, Buffer.alloc(4096))`],
      {
        stdio: "ignore",
      },
    );
  try {
    disk.fill(process.pid);
    expect(write).toThrow();
    disk.free(process.pid);
    expect(write).not.toThrow();
  } finally {
    disk.free(process.pid);
    disk.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
