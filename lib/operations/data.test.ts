import os from "node:os";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { makeKey } from "../standards/signature/keys-for-tests";
import { seal } from "../record/site-secret";
import { judge } from "./status";

/** The facts of a real database: what it says of itself, of its channels and of their keys. */

const SECRET = "a secret of thirty-two characters";
let story: Story;
let data: typeof import("./data");
beforeAll(async () => {
  story = await openStory(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: SECRET,
    NEXTAUTH_URL: "http://localhost:3000",
    CALLBOX_DATA: os.tmpdir(),
  });
  data = await import("./data");
  const key = makeKey("ipaws", "ec");
  const held = JSON.stringify({ certificate: key.certificate.toString(), key: "x" });
  const channel = { kind: "ipaws", settings: {}, createdAt: new Date(), state: "off" };
  for (const [id, agencyId, secrets] of [
    ["of-the-state", "state-911", seal(SECRET, "channel of-the-state", held)],
    ["of-granby", "granby", seal("another secret of 32 characters.", "channel of-granby", held)],
  ] as const)
    await story.client.channel.create({ data: { ...channel, id, name: id, agencyId, secrets } });
});
afterAll(async () => {
  const { db } = await import("../platform/db");
  await db().$disconnect();
  await story.client.$disconnect();
});

describe("the facts", () => {
  test("are the database's own, with the dates of keys that are kept sealed", async () => {
    const now = new Date();
    const facts = await data.loadFacts(story.client, now);
    expect(facts.migrations).toBe("current");
    expect(facts.database.bytes).toBeGreaterThan(1e6);
    expect(Math.abs(facts.database.aheadMs)).toBeLessThan(1000);
    expect(facts.disks.map(({ name }) => name)).toContain("data");
    const [good, other] = ["of-the-state", "of-granby"].map((name) => facts.keys.find((key) => key.name === name));
    expect(good).toMatchObject({ state: "good", endsAt: expect.any(Date) });
    expect(Math.round((good!.endsAt!.getTime() - now.getTime()) / 86_400_000)).toBe(60);
    expect(other).toMatchObject({ state: "unusable", endsAt: null });
  });

  test("a job is given up when it failed on its last try, not while it is on it, nor when a restart interrupted its only one", async () => {
    const owner = new Client(story.ownerUrl);
    await owner.connect();
    const put = async (key: string, most: number, change: string) => {
      const task = `given-up-${key}`;
      await owner.query(`select graphile_worker.add_job($1, job_key := $2, max_attempts := $3)`, [task, key, most]);
      await owner.query(`update graphile_worker._private_jobs set attempts = max_attempts, ${change} where key = $1`, [
        key,
      ]);
    };
    await put("failed", 1, "last_error = 'no'");
    await put("many", 3, "last_error = null");
    await put("under-way", 1, "locked_at = now(), locked_by = 'a worker'");
    await put("interrupted", 1, "last_error = null");
    const { jobs } = await data.loadFacts(story.client, new Date());
    expect(jobs.flatMap(({ task, failed }) => (failed > 0 ? [task] : []))).toEqual([
      "given-up-failed",
      "given-up-many",
    ]);
    await owner.query(
      "delete from graphile_worker._private_jobs where key in ('failed', 'many', 'under-way', 'interrupted')",
    );
    await owner.end();
  });

  test("what was handed over and never read back is waited for as long as what was never handed over", async () => {
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
    await submit(story, dana, draft.id);
    await approve(story, luis, draft.id);
    const site = { alertId: draft.id, channelId: "public-site" };
    const hourAgo = new Date(Date.now() - 3_600_000);
    const { count } = await story.client.delivery.updateMany({ where: site, data: { state: "handed-over" } });
    expect(count).toBe(1);
    const owner = new Client(story.ownerUrl);
    await owner.connect();
    await owner.query(`update "Delivery" set "createdAt" = $1 where "alertId" = $2 and "channelId" = 'public-site'`, [
      hourAgo,
      draft.id,
    ]);
    await owner.end();
    const facts = await data.loadFacts(story.client, new Date());
    expect(facts.channels.find(({ id }) => id === "public-site")?.oldestAt).toEqual(hourAgo);
    expect(judge(facts).find(({ name }) => name === "channel public-site")).toMatchObject({ state: "attention" });
  });

  test("reach Prometheus; a database that is gone is told as that", async () => {
    const { text, type } = await data.loadMetrics(new Date());
    expect(type).toContain("text/plain");
    expect(text).toMatch(/^callbox_database_up 1$/m);
    expect(text).toMatch(/^callbox_certificate_days_left\{key="of-the-state"\} 59\.9/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });
});

describe("who sees what", () => {
  const names = async (key: string) =>
    (await data.readStatus(await story.actor(key), new Date())).map(({ name }) => name);
  test("an administrator sees the channels of agencies they manage and what is everybody's", async () => {
    const found = await names("sam");
    for (const name of ["database", "worker", "backups", "clock", "channel of-the-state", "key of-the-state"])
      expect(found).toContain(name);
  });
  test("who manages one town sees its channels, and no other agency's", async () => {
    const owner = new Client(story.ownerUrl);
    await owner.connect();
    // Two administrators would have to confirm it; here it only decides what is shown.
    await owner.query(`alter table "Membership" disable trigger user;
      insert into "Membership" ("personId", "agencyId", role) values ('demo-karen', 'granby', 'administrator');
      alter table "Membership" enable trigger user`);
    await owner.end();
    const found = await names("karen");
    expect(found).toEqual(expect.arrayContaining(["database", "channel of-granby", "key of-granby"]));
    expect(found.filter((name) => name.includes("of-the-state"))).toEqual([]);
  });
  test("who manages nobody sees nothing", async () => expect(await names("mei")).toEqual([]));
});
