import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import type { Failpoint } from "./failpoints-for-tests";
import { verifyRecord } from "../evidence/verify";
import { freePort } from "../platform/embedded-postgres";
import { casesOf } from "../platform/nightly-for-tests";
import { fingerprint } from "../record/chain";
import { Pack, PACK } from "../delivery/channels/public-site/pack";

/**
 * Between an approval and the feed there is no point at which a kill loses or
 * doubles anything. Processes are killed exactly there: those that approve before
 * and after each statement of the transaction, the worker at each step of the
 * delivery. Afterwards everything is there once.
 */

type Named = Failpoint & { name: string };
const both = (name: string, at: string, since?: string): Named[] =>
  (["before", "after"] as const).map((side) => ({ name: `${side} ${name}`, side, at, ...(since ? { since } : {}) }));
const table = (verb: string, name: string) => `^${verb} "public"\\."${name}"`;

const PUBLISHED = '^\\s*insert into "Publication"';
/** Of the process that approves, the most telling first; by day the first of them. */
const APPROVING: readonly Named[] = [
  ...both("the commit", "^COMMIT", PUBLISHED),
  ...both("what was published", PUBLISHED),
  ...both("the decision", table("INSERT INTO", "Decision")),
  ...both("the state of the alert", table("UPDATE", "Alert")),
  ...both("the messages", '^\\s*insert into "Message" '),
  ...both("their bytes", '^\\s*update "Message" set xml'),
  ...both("the deliveries", 'insert into "Delivery"'),
  ...both("the jobs", "graphile_worker\\.add_jobs\\("),
  ...both("the record", table("INSERT INTO", "AuditEvent")),
];
const OUTCOME = table("UPDATE", "Channel");
/** Of the worker. */
const DELIVERING: readonly Named[] = [
  ...both("the file is put in place", "^rename$"),
  ...both("the commit of what came of it", "^COMMIT", OUTCOME),
  ...both("the attempt", table("INSERT INTO", "Attempt")),
  ...both("the outcome", OUTCOME),
];

let story: Story;
let folder: string;
let port: number;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  story = await openStory(inject("databases"));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-points-"));
  port = await freePort();
  fs.mkdirSync(path.join(folder, "public"));
  // What is delivered is read back from it.
  run("public-server.ts");
});
afterAll(async () => {
  for (const one of processes) one.kill("SIGKILL");
  await story.client.$disconnect();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Starts one of our programs, which kills itself where it is told to. */
function run(file: string, point?: Failpoint): ChildProcess {
  const before = point ? ["--import", path.resolve("lib", "cli", "failpoints-for-tests.ts")] : [];
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", ...before, path.join("lib", "cli", file)],
    {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        CALLBOX_FAILPOINT: JSON.stringify(point ?? {}),
        DATABASE_URL: story.appUrl,
        NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
        NEXTAUTH_URL: "http://localhost:1",
        CALLBOX_DATA: folder,
        CALLBOX_PUBLIC: path.join(folder, "public"),
        CALLBOX_PUBLIC_URL: `http://127.0.0.1:${port}`,
        HOST: "127.0.0.1",
        PORT: String(port),
      },
    },
  );
  processes.push(child);
  return child;
}

const killed = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));

async function submitted(): Promise<string> {
  const dana = await story.actor("dana");
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, id);
  return id;
}

const stateOf = async (id: string) => (await story.client.alert.findUniqueOrThrow({ where: { id } })).state;
const countsOf = async (id: string) => ({
  messages: await story.client.message.count({ where: { alertId: id } }),
  publications: await story.client.publication.count({ where: { message: { alertId: id } } }),
  deliveries: await story.client.delivery.count({ where: { alertId: id } }),
  decisions: await story.client.decision.count({ where: { alertId: id } }),
});

test("killed at every step between the approval and the feed: one log entry, one feed entry, one file", async () => {
  const { client } = story;
  const alerts: string[] = [];
  const [approving, delivering] = [casesOf(APPROVING, 2), casesOf(DELIVERING, 1)];
  for (const point of approving) {
    const id = await submitted();
    const child = run("approver-for-tests.ts", point);
    const end = killed(child);
    child.once("message", () => child.send({ id }));
    expect(await end, point.name).toBe("SIGKILL");
    if (point.name === "after the commit") expect(await stateOf(id), point.name).toBe("published");
    else {
      // Undone as soon as the server sees that nobody is there.
      expect(await stateOf(id), point.name).toBe("submitted");
      expect(await countsOf(id), point.name).toEqual({ messages: 0, publications: 0, deliveries: 0, decisions: 0 });
      const again = await approve(story, await story.actor("luis"), id);
      expect(again, point.name).toMatchObject({ ok: true });
    }
    alerts.push(id);
  }
  for (const point of delivering) {
    const id = await submitted();
    expect(await approve(story, await story.actor("luis"), id)).toMatchObject({ ok: true });
    alerts.push(id);
    expect(await killed(run("worker.ts", point)), point.name).toBe("SIGKILL");
  }
  run("worker.ts");
  const open = { alertId: { in: alerts }, state: { in: ["stored", "handed-over"] } };
  await vi.waitFor(async () => expect(await client.delivery.count({ where: open })).toBe(0), {
    timeout: 300_000,
    interval: 50,
  });
  expect(alerts).toHaveLength(approving.length + delivering.length);

  // Feeds follow the pages in a job of their own, which no kill loses either.
  const newest = await client.message.findFirstOrThrow({ where: { alertId: alerts.at(-1)! } });
  const feedOf = (one: Pack) => one.read(one.find("feeds/archive.atom")!.raw).toString("utf8");
  const pack = await vi.waitFor(
    () => {
      const written = Pack.open(path.join(folder, "public"))!;
      if (feedOf(written).includes(newest.identifier)) return written;
      written.close();
      throw new Error("The feeds do not have the last alert yet.");
    },
    { timeout: 60_000, interval: 50 },
  );
  const read = (name: string) => pack.read(pack.find(name)!.raw);
  const entries = feedOf(pack).split("<entry>").slice(1);
  for (const id of alerts) {
    const messages = await client.message.findMany({ where: { alertId: id } });
    expect(messages.length).toBeGreaterThan(0);
    const one = { messages: messages.length, publications: messages.length, deliveries: 1, decisions: 1 };
    expect(await countsOf(id)).toEqual(one);
    for (const action of ["alert.approved", "alert.published"])
      expect(await client.auditEvent.count({ where: { action, subjectId: id } }), action).toBe(1);
    for (const { identifier, sha256 } of messages) {
      const feed = entries.filter((entry) => /<id>[^<]*<\/id>/.exec(entry)![0].includes(identifier));
      expect(feed, identifier).toHaveLength(1);
      const files = Object.keys(pack.table.files).filter((name) => name.endsWith(`${identifier}.xml`));
      expect(files, identifier).toHaveLength(1);
      expect(fingerprint(read(files[0]!))).toBe(sha256);
    }
  }
  pack.close();
  const attempts = await client.attempt.findMany({ where: { delivery: { alertId: { in: alerts } } } });
  expect(attempts.length).toBeGreaterThanOrEqual(alerts.length);
  expect(attempts.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  // What was written aside and never put in place is gone too, once nobody writes.
  await vi.waitFor(() => expect(fs.readdirSync(path.join(folder, "public"))).toEqual([PACK]), {
    timeout: 60_000,
    interval: 50,
  });
  expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  process.stderr.write(
    `Killed at ${approving.length} points of an approval and ${delivering.length} of a delivery; ${alerts.length} alerts are out once\n`,
  );
}, 1_800_000);
