import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { followUp, type Story, submit, toStory } from "../alerts/story-for-tests";
import { openTestBucket, TEST_KEY } from "../delivery/channels/bucket/bucket-for-tests";
import { LEDGER } from "../delivery/channels/public-site/commands/write-bucket";
import { Pack } from "../delivery/channels/public-site/pack";
import { connect, type PrismaClient } from "../platform/db";
import { isNightly } from "../platform/nightly-for-tests";
import { APPROVER, type Approver, consoleApprover, smallApprover } from "./approvers-for-tests";
import { freePort, openEmbeddedPostgres } from "../platform/embedded-postgres";
import { applyMigrations } from "../platform/migrations";
import { copyDatabase } from "../platform/test-database";
import { seedDemonstration, seedRealSite } from "../../prisma/seed";
import {
  countOnce,
  countOpen,
  makeChannels,
  openOtherSide,
  type OtherSide,
  SECRET,
  statewide,
  surely,
} from "./publication-for-tests";
import { RHODE_ISLAND } from "./scratch-site";

/**
 * Two workers, the public server, the database and the process that approves are
 * killed at random moments while a statewide alert goes out to three channels and
 * the public site. What the other side counts, by key, is what was published:
 * each message once. By day each of them is killed once; `npm run test:nightly` kills
 * 200 times, and there it is the built console that approves.
 */

const KILLS = Number(process.env.CALLBOX_PUBLICATION_KILLS ?? 5);

type Database = Awaited<ReturnType<typeof openEmbeddedPostgres>>;

let home: string;
let database: Database;
let client: PrismaClient;
let story: Story;
let other: OtherSide;
let publicPort: number;
let approver: Approver;
let stopping = false;
const running = new Map<string, ChildProcess>();

/** Two workers share the jobs, as on two machines. */
const FILES = { worker: "worker", "second worker": "worker", "public server": "public-server" } as const;
type Name = keyof typeof FILES;

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: "",
  DATABASE_URL: database.appUrl,
  NEXTAUTH_SECRET: SECRET,
  NEXTAUTH_URL: "http://localhost:1",
  CALLBOX_DATA: home,
  CALLBOX_PUBLIC: path.join(home, "public"),
  CALLBOX_PUBLIC_URL: `http://127.0.0.1:${publicPort}`,
  HOST: "127.0.0.1",
  PORT: String(publicPort),
});

function run(file: (typeof FILES)[Name], env: NodeJS.ProcessEnv): ChildProcess {
  const program = path.join("lib", "cli", `${file}.ts`);
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", program], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env,
  });
  child.stderr?.resume();
  return child;
}

function start(name: Name): void {
  const child = run(FILES[name], environment());
  running.set(name, child);
  child.once("exit", () => {
    if (!stopping) setTimeout(() => !stopping && start(name), 100);
  });
}

beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-crash-"));
  fs.chmodSync(home, 0o755);
  database = await openEmbeddedPostgres(home, "console");
  await applyMigrations(database.ownerUrl, "prisma");
  client = connect(database.appUrl);
  await seedDemonstration(client, new Date());
  story = toStory(client, database);
  other = await openOtherSide();
  await makeChannels(client, home, other);
  publicPort = await freePort();
  start("public server");
  start("worker");
  start("second worker");
  approver = isNightly ? await consoleApprover(environment(), story) : smallApprover(environment());
}, 120_000);

afterAll(async () => {
  stopping = true;
  for (const child of running.values()) child.kill("SIGKILL");
  approver.stop();
  await client.$disconnect();
  await database.stop();
  await other.close();
  fs.rmSync(home, { recursive: true, force: true });
});

const killDatabase = async () => {
  const pid = Number(fs.readFileSync(path.join(home, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  await database.failed();
  await surely(() => database.restart());
};

/** So many deliveries may be on their way when another alert is begun. */
const MOST_LEFT = 800;

/** Whether the approver is in a transaction that writes, or is about to be kept. */
async function isApproving(): Promise<boolean> {
  const [{ open } = { open: 0n }] = await client.$queryRaw<{ open: bigint }[]>`
    select count(*) as open from pg_stat_activity where datname = current_database() and application_name = ${APPROVER}
      and xact_start is not null`;
  return open > 0n;
}

/** Where a kill of the approver hit, told by what the database and its caller knew. */
type Hit = "before its transaction" | "in its transaction, undone" | "at its commit, kept" | "after its answer";
/** When it is killed: early, within the transaction, or as soon as the commit is seen. */
const MOMENTS = ["within", "as it commits", "early"] as const;

async function killApprover(id: string, moment: (typeof MOMENTS)[number], isAnswered: () => boolean): Promise<Hit> {
  const isPublished = async () => (await client.alert.findUniqueOrThrow({ where: { id } })).state === "published";
  if (moment === "early") await pause(Math.random() * 400);
  else for (let left = 3000; left > 0 && !isAnswered() && !(await surely(isApproving)); left -= 1) await pause(2);
  if (moment === "within") await pause(Math.random() * 1500);
  if (moment === "as it commits")
    for (let left = 30_000; left > 0 && !isAnswered() && !(await surely(isPublished)); left -= 1) await pause(1);
  const within = await surely(isApproving);
  const answered = isAnswered();
  approver.kill();
  // The server ends what a dead process had open.
  while (await surely(isApproving)) await pause(10);
  if (answered) return "after its answer";
  if (await surely(isPublished)) return "at its commit, kept";
  return within ? "in its transaction, undone" : "before its transaction";
}

test.runIf(isNightly)("the site in a bucket is what the worker wrote in its folder, file by file", async () => {
  const bucket = await openTestBucket("alerts");
  const made = await copyDatabase(inject("databases"), { empty: true });
  const real = connect(made.appUrl);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-laid-out-"));
  await seedRealSite(real, RHODE_ISLAND, new Date());
  const put = new Map<string, Buffer>();
  bucket.after = async ({ method, name, headers, body }) => {
    if (method === "PUT") put.set(name, headers["content-encoding"] === "gzip" ? gunzipSync(body) : body);
  };
  const child = run("worker", {
    ...environment(),
    DATABASE_URL: made.appUrl,
    CALLBOX_PUBLIC: folder,
    CALLBOX_PUBLIC_BUCKET: `${bucket.endpoint}/${bucket.bucket}`,
    CALLBOX_PUBLIC_BUCKET_KEY_ID: TEST_KEY.accessKeyId,
    CALLBOX_PUBLIC_BUCKET_SECRET: TEST_KEY.secretAccessKey,
  });
  try {
    const names = ["index.html", "es/index.html", "numbers.txt"];
    await vi.waitFor(
      () => {
        const pack = Pack.open(folder);
        expect(pack).not.toBeNull();
        const ours = names.map((name) => [name, pack?.read(pack.find(name)!.raw).toString("utf8")]);
        pack?.close();
        expect(names.map((name) => [name, put.get(name)?.toString("utf8")])).toEqual(ours);
        expect(put.has(LEDGER)).toBe(true);
      },
      { timeout: 60_000, interval: 200 },
    );
  } finally {
    child.kill("SIGKILL");
    await real.$disconnect();
    await bucket.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test(`killed ${KILLS} times while it is published, each message is out once on every channel`, async () => {
  const first = await statewide(story);
  const alerts = [first.id];
  const killed = { worker: 0, "second worker": 0, "public server": 0, database: 0, console: 0 };
  const hits: Record<Hit, number> = {
    "before its transaction": 0,
    "in its transaction, undone": 0,
    "at its commit, kept": 0,
    "after its answer": 0,
  };
  const torn: string[] = [];
  let reading = true;
  // Someone reads all the while: a page is whole, or it is not there for a moment.
  const reader = (async () => {
    while (reading) {
      const body = await fetch(`http://127.0.0.1:${publicPort}/`).then(
        (answer) => (answer.status === 200 ? answer.text() : null),
        () => null,
      );
      if (body !== null && !body.trimEnd().endsWith("</html>")) torn.push(body.slice(-200));
      await pause(20);
    }
  })();
  /** How many answers said that an alert is approved. */
  let answers = 0;
  const publish = (id: string) =>
    surely(async () => {
      const { state } = await client.alert.findUniqueOrThrow({ where: { id } });
      if (state === "published") return;
      const refused = await approver.approve(id);
      if (refused === null) answers += 1;
      else throw new Error(refused);
    });
  const prepareNext = async () => {
    const dana = await surely(() => story.actor("dana"));
    const update = await surely(() =>
      followUp(story, dana, { incidentId: first.incidentId, purpose: "update" } as never),
    );
    await surely(() => submit(story, dana, update));
    alerts.push(update);
    return update;
  };
  const left = () => countOpen(client, alerts);
  let publishing = publish(first.id);
  const isPublished = () => Promise.race([publishing.then(() => true), pause(0).then(() => false)]);
  for (let kill = 0; kill < KILLS;) {
    const victim = (["console", "worker", "public server", "database", "second worker"] as const)[kill % 5]!;
    if (victim === "console") {
      // There is something to approve, and it is being approved.
      if (await isPublished()) {
        // Not more on its way than workers that are killed all the time can carry.
        for (let before = Infinity; before > MOST_LEFT; await pause(500)) before = await left();
        publishing = publish(await prepareNext());
      }
      const before = answers;
      const moment = MOMENTS[Math.floor(kill / 5) % MOMENTS.length]!;
      hits[await killApprover(alerts.at(-1)!, moment, () => answers > before)] += 1;
      killed.console += 1;
      kill += 1;
      continue;
    }
    // In the middle of it: some were taken since the last kill, or what was killed takes its time to come back.
    const [since, some] = [other.taken.size, 1 + Math.floor(Math.random() * 30)];
    for (let left = (await isPublished()) ? 80 : 400; left > 0 && other.taken.size < since + some; left -= 1)
      await pause(50);
    await pause(Math.random() * 100);
    if (victim === "database") await killDatabase();
    else running.get(victim)?.kill("SIGKILL");
    killed[victim] += 1;
    kill += 1;
    // What is published is out before the kills end: then there is more to publish.
    if (kill < KILLS && (await isPublished()) && (await left()) === 0) publishing = publish(await prepareNext());
  }
  await publishing;
  // As long as something is still being delivered.
  for (let [least, since] = [Infinity, Date.now()]; least > 0 && Date.now() - since < 240_000; await pause(200)) {
    const now = await left();
    if (now < least) [least, since] = [now, Date.now()];
  }
  reading = false;
  await reader;

  const { messages, found, wanted, again } = await countOnce(client, home, other, alerts);
  expect(found).toEqual(wanted);
  expect(torn).toEqual([]);
  process.stderr.write(
    `${messages} messages in ${alerts.length} alerts; killed ${JSON.stringify(killed)}, the console ${JSON.stringify(hits)}; ${again} were sent again under their key\n`,
  );
}, 3_600_000);
