import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approve, followUp, type Story, submit, toStory } from "../../alerts/story-for-tests";
import { inTransaction, connect, type PrismaClient } from "../../platform/db";
import { freePort } from "../../platform/embedded-postgres";
import { applyMigrations } from "../../platform/migrations";
import { isNightly } from "../../platform/nightly-for-tests";
import { DatabaseSwitching } from "../../platform/trouble";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { seedDemonstration } from "../../../prisma/seed";
import {
  countOnce,
  countOpen,
  makeChannels,
  openOtherSide,
  type OtherSide,
  SECRET,
  statewide,
  surely,
} from "../publication-for-tests";
import { type OwnProcess, preparePublicFolder, serveConsole, type Served, servePublic } from "../site";
import { buildConsole } from "../steps";
import { type Blow, BLOWS, type Cluster, openCluster } from "./cluster";
import { installPackages } from "./packages";

/**
 * The primary is killed in the middle of publishing to a whole state, again and
 * again, in each of four ways. A worker and a console run on through it, a
 * writer notes what was acknowledged and what was refused, and a visitor looks
 * at the console all the while.
 */

const KILLS = Number(process.env.CALLBOX_FAILOVER_KILLS ?? 20);

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = (ms: number) => Math.round(ms / 100) / 10;

describe.skipIf(!isNightly)("PostgreSQL under Patroni, with etcd and HAProxy", () => {
  let home: string;
  let cluster: Cluster;
  let client: PrismaClient;
  let story: Story;
  let other: OtherSide;
  let worker: ChildProcess;
  let site: Served;
  let reader: OwnProcess;
  let going = true;
  let workerSaid = "";

  beforeAll(async () => {
    installPackages();
    await buildConsole();
    home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-cluster-"));
    fs.chmodSync(home, 0o755);
    cluster = await openCluster(path.join(home, "cluster"));
    await applyMigrations(cluster.ownerUrl, "prisma");
    client = connect(cluster.appUrl);
    await surely(() => seedDemonstration(client, new Date()));
    story = toStory(client, cluster);
    other = await openOtherSide();
    await makeChannels(client, home, other);
    const publicFolder = path.join(home, "public");
    preparePublicFolder(publicFolder);
    const [port, publicPort] = [await freePort(), await freePort()];
    const publicUrl = `http://127.0.0.1:${publicPort}`;
    worker = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", path.join("lib", "cli", "worker.ts")],
      {
        stdio: ["ignore", "ignore", "pipe", "ipc"],
        env: {
          ...process.env,
          NODE_OPTIONS: "",
          DATABASE_URL: cluster.appUrl,
          NEXTAUTH_SECRET: SECRET,
          NEXTAUTH_URL: "http://localhost:1",
          CALLBOX_DATA: home,
          CALLBOX_PUBLIC: publicFolder,
          CALLBOX_PUBLIC_URL: publicUrl,
        },
      },
    );
    worker.stderr?.on("data", (chunk: Buffer) => (workerSaid = (workerSaid + chunk).slice(-4000)));
    const options = {
      databaseUrl: cluster.appUrl,
      secret: SECRET,
      host: "127.0.0.1",
      port,
      url: `http://localhost:${port}`,
      home,
      show: false,
      public: { folder: publicFolder, host: "127.0.0.1", port: publicPort, url: publicUrl },
    };
    reader = await servePublic(options);
    site = await serveConsole(options);
  }, 1_200_000);

  afterAll(async () => {
    going = false;
    worker?.kill("SIGKILL");
    await site?.stop();
    await reader?.stop();
    await client?.$disconnect();
    await other?.close();
    await cluster?.close();
    if (home) fs.rmSync(home, { recursive: true, force: true });
  }, 60_000);

  /** Signs in at the console over HTTP, as a browser does: it reads, and it writes a session and its entry in the record. */
  async function signIn(): Promise<{ status: number; cookie: string; words: string }> {
    const from = await fetch(`${site.url}/api/auth/csrf`);
    const { csrfToken } = (await from.json()) as { csrfToken: string };
    const jar = (answer: Response) => answer.headers.getSetCookie().map((one) => one.split(";")[0]!);
    const answer = await fetch(`${site.url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: site.url,
        cookie: jar(from).join("; "),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({
        csrfToken,
        email: "dana@callbox.example",
        password: DEMONSTRATION_PASSWORD,
        json: "true",
      }),
    });
    const { url = "" } = (await answer.json()) as { url?: string };
    return {
      status: answer.status,
      cookie: jar(answer).join("; "),
      words: new URL(url, site.url).searchParams.get("error") ?? "",
    };
  }

  test(`killed ${KILLS} times: nothing acknowledged is lost, each message is out once`, async () => {
    // Writes all the while, one row of the record after the other.
    const acknowledged: { id: string; at: number }[] = [];
    const refused: string[] = [];
    const unknown: string[] = [];
    const writer = (async () => {
      for (let number = 0; going; number += 1) {
        const id = `written-${number}`;
        try {
          await inTransaction(client, (transaction) =>
            transaction.session.create({
              data: { id, personId: "demo-mei", createdAt: new Date(), lastSeenAt: new Date(), revokedAt: new Date() },
            }),
          );
          acknowledged.push({ id, at: Date.now() });
        } catch (error) {
          (error instanceof DatabaseSwitching ? refused : unknown).push(id);
        }
        await pause(20);
      }
    })();
    // Looks at a page of the console and at a route, signed in.
    const { cookie, status } = await signIn();
    expect(status).toBe(200);
    const first = await statewide(story);
    const seen = new Map<string, number>();
    const wrong: string[] = [];
    let pageAt = 0;
    const visitor = (async () => {
      for (; going; await pause(150)) {
        for (const at of ["/", `/api/alerts/${first.id}/outcomes`]) {
          const answer = await fetch(site.url + at, { headers: { cookie }, redirect: "manual" });
          const text = await answer.text();
          const route = at.startsWith("/api");
          seen.set(
            `${route ? "route" : "page"} ${answer.status}`,
            1 + (seen.get(`${route ? "route" : "page"} ${answer.status}`) ?? 0),
          );
          if (answer.status === 200 && !route) pageAt = Date.now();
          const isPlain =
            answer.status === 200 ||
            (answer.status === 503 && /database is being switched over|nothing can be said for certain/.test(text));
          if (!isPlain) wrong.push(`${at} ${answer.status} ${text.slice(0, 300)}`);
        }
      }
    })();

    const alerts = [first.id];
    const lost: string[] = [];
    const gaps: { blow: Blow; write: number; page: number }[] = [];
    const killed = new Map<Blow, number>();
    let said = "";
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = await cluster.whole();
      const id = alerts.at(-1)!;
      const before = other.taken.size;
      const luis = await surely(() => story.actor("luis"));
      let answered: string | null = null;
      const publishing = surely(async () => {
        const { state } = await client.alert.findUniqueOrThrow({ where: { id } });
        if (state === "published") return;
        const result = await approve(story, luis, id);
        if (!result.ok) throw new Error(result.message);
        answered = id;
      });
      // One time in the transaction that publishes, the other time while what it left is delivered.
      if (kill % 2 === 0) await pause(Math.random() * 1500);
      else {
        await publishing;
        for (let left = 100; left > 0 && other.taken.size < before + 1 + Math.random() * 300; left -= 1)
          await pause(50);
      }
      const blow = BLOWS[Math.floor(kill / 2) % BLOWS.length]!;
      const acknowledgedBefore = answered;
      const at = cluster.kill(victim, blow);
      killed.set(blow, 1 + (killed.get(blow) ?? 0));
      // Someone signs in just then: it takes, or it is said in plain words that it can't be done now.
      const during = await signIn();
      if (during.status !== 200) said = during.words;
      await cluster.movedFrom(victim);
      const moved = Date.now();
      await surely(() => client.session.findFirstOrThrow());
      while (!acknowledged.some((one) => one.at >= moved) || pageAt < moved) await pause(20);
      // The longest pause between two acknowledged changes is what people notice.
      const near = acknowledged.filter((one) => one.at >= at - 3000).map((one) => one.at);
      const write = Math.max(...near.slice(1).map((one, index) => one - near[index]!));
      gaps.push({ blow, write, page: pageAt - at });
      cluster.repair(victim);
      await publishing;
      if (acknowledgedBefore && (await client.alert.findUniqueOrThrow({ where: { id } })).state !== "published")
        lost.push(id);
      expect((await signIn()).status).toBe(200);
      const deadline = Date.now() + 120_000;
      while ((await countOpen(client, alerts)) > 0 && Date.now() < deadline) await pause(200);
      if (kill + 1 === KILLS) break;
      const dana = await surely(() => story.actor("dana"));
      const update = await surely(() =>
        followUp(story, dana, { incidentId: first.incidentId, purpose: "update" } as never),
      );
      await surely(() => submit(story, dana, update));
      alerts.push(update);
    }
    going = false;
    await Promise.all([writer, visitor]);

    const rows = await client.session.findMany({ where: { id: { startsWith: "written-" } }, select: { id: true } });
    const there = new Set(rows.map(({ id }) => id));
    expect({ lost, acknowledged: acknowledged.filter(({ id }) => !there.has(id)) }).toEqual({
      lost: [],
      acknowledged: [],
    });
    // What people were told did not happen did not.
    expect(refused.filter((id) => there.has(id))).toEqual([]);
    const { messages, found, wanted, again } = await countOnce(client, home, other, alerts);
    expect(found).toEqual(wanted);
    expect(wrong).toEqual([]);
    expect(seen.get("page 503") ?? 0).toBeGreaterThan(0);
    // The same worker all the time: it looked for the database by itself.
    expect(worker.exitCode ?? worker.signalCode, workerSaid).toBeNull();
    expect(site.process.exitCode ?? site.process.signalCode).toBeNull();
    const lines = BLOWS.filter((blow) => killed.has(blow)).map((blow) => {
      const of = gaps.filter((one) => one.blow === blow).map(({ write }) => write);
      return `${blow}: ${of.length} times, no change for ${seconds(median(of))} s (median), ${seconds(Math.max(...of))} s (most)`;
    });
    const all = gaps.map(({ write }) => write);
    process.stderr.write(
      `${lines.join("\n")}\nall: median ${seconds(median(all))} s, most ${seconds(Math.max(...all))} s\n` +
        `${messages} messages in ${alerts.length} alerts, ${again} sent again under their key; ` +
        `${acknowledged.length} changes acknowledged, ${refused.length} refused, ${unknown.length} unknown; ` +
        `console ${JSON.stringify(Object.fromEntries(seen))}; sign-in said “${said}”\n`,
    );
  }, 7_200_000);
});
