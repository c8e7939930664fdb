import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { Client } from "pg";
import { connect, type PrismaClient } from "../../platform/db";
import { type MailServer, openMailServer } from "../../platform/mail-server-for-tests";
import { copyDatabase } from "../../platform/test-database";
import { lookAfter } from "./look-after";
import { alarmSchema, sendAlarm } from "./send-alarm";

let client: PrismaClient;
let owner: Client;
let mail: MailServer;
beforeAll(async () => {
  process.env.DATABASE_URL ??= "postgresql://127.0.0.1/none";
  process.env.NEXTAUTH_SECRET ??= "a secret of thirty-two characters";
  process.env.NEXTAUTH_URL ??= "http://localhost:3000";
  const database = await copyDatabase(inject("databases"));
  client = connect(database.appUrl);
  owner = new Client(database.ownerUrl);
  await owner.connect();
  mail = await openMailServer();
});
afterEach(async () => {
  await owner.query(`delete from "BackupRun"; delete from "Condition"; delete from graphile_worker._private_jobs`);
  mail.received.length = 0;
});
afterAll(async () => {
  await mail.close();
  await owner.end();
  await client.$disconnect();
});

const now = Date.now();
const minute = (count: number) => new Date(now + count * 60_000);
const look = async (at: Date) =>
  (await lookAfter(client, { mail: true }, at))
    .filter(({ label }) => label === "Backups")
    .map(({ good }) => (good ? "good again" : "needs attention"));
/** Of the backups of a site that is set to make them; others of this machine are not asked about. */
const backup = (state: "made" | "failed", at: Date) =>
  client.backupRun.create({
    data: {
      startedAt: at,
      endedAt: at,
      state,
      name: "x",
      machine: "one",
      ...(state === "made" ? { bytes: 10 } : { problem: "The disk is full." }),
    },
  });
const jobs = async () =>
  (
    await owner.query<{ payload: unknown }>(
      `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'send-alarm'`,
    )
  ).rows.map(({ payload }) => alarmSchema.parse(payload));

describe("an alarm", () => {
  beforeAll(() => void (process.env.CALLBOX_BACKUPS = "/nowhere/backups"));
  afterAll(() => void delete process.env.CALLBOX_BACKUPS);

  test("is told once when it has lasted, and once when it is over; one that is over at once is told to nobody", async () => {
    await backup("made", minute(-5));
    expect(await look(minute(0))).toEqual([]);
    await backup("failed", minute(0));
    expect(await look(minute(1))).toEqual([]);
    expect(await look(minute(2))).toEqual([]);
    expect(await look(minute(3))).toEqual(["needs attention"]);
    for (const later of [4, 5, 60]) expect(await look(minute(later))).toEqual([]);
    await backup("made", minute(61));
    expect(await look(minute(62))).toEqual(["good again"]);
    expect(await look(minute(63))).toEqual([]);
    await backup("failed", minute(64));
    expect(await look(minute(64))).toEqual([]);
    await backup("made", minute(65));
    expect(await look(minute(65))).toEqual([]);
  });

  test("is told of a backup that was tried and did not work, and of one that does again", async () => {
    const drills = async (at: Date) =>
      (await lookAfter(client, { mail: true }, at))
        .filter(({ label }) => label === "Backups tested")
        .map(({ good, says }) => `${good ? "good" : "attention"}: ${says}`);
    const tried = await backup("made", minute(-5));
    expect(await drills(minute(0))).toEqual([]);
    await client.backupRun.update({
      where: { id: tried.id },
      data: { drilledAt: minute(0), drillSeconds: 9, drillProblem: "Verify the record: Entry 7 is missing." },
    });
    expect(await drills(minute(1))).toEqual([]);
    expect(await drills(minute(3))).toEqual([
      "attention: No backup was proven to work yet. The one tried 3 minutes ago was not: Verify the record: Entry 7 is missing.",
    ]);
    const next = await backup("made", minute(60));
    await client.backupRun.update({ where: { id: next.id }, data: { drilledAt: minute(61), drillSeconds: 9 } });
    expect(await drills(minute(62))).toEqual([
      "good: A backup was proven to work a minute ago: put back beside the site and compared, in 9 s.",
    ]);
    expect((await jobs()).flatMap(({ changes }) => changes.map(({ good }) => good))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("goes to each administrator at the top by email, in words, and a try again is the same message", async () => {
    await backup("failed", minute(0));
    await look(minute(1));
    await look(minute(3));
    const left = await jobs();
    expect(left.map(({ personId }) => personId).sort()).toEqual(["demo-nora", "demo-sam"]);
    const post = { settings: { url: mail.url, from: "callbox@example.gov" }, url: "http://localhost:3000" };
    for (const alarm of left) await sendAlarm(client, alarm, post);
    await sendAlarm(client, left[0]!, post);
    expect(mail.received.map(({ to }) => to[0])).toEqual(
      expect.arrayContaining(["sam@callbox.example", "nora@callbox.example"]),
    );
    const ids = mail.received.map(({ source }) => /Message-ID: (.*)/i.exec(source)?.[1]);
    expect(new Set(ids).size).toBe(2);
    expect(mail.received[0]?.source).toContain("The disk is full.");
    expect(mail.received[0]?.source).toContain("What to do: Mend what it says");
    expect(mail.received[0]?.source).toContain("http://localhost:3000/admin/status");
  });

  test("waits for a mail server that refuses it, and goes to nobody who was disabled since", async () => {
    const alarm = { personId: "demo-sam", at: minute(0).toISOString(), changes: [{ label: "Worker", good: false, says: "Gone.", todo: "Start it." }] }; // prettier-ignore
    const post = { settings: { url: mail.url, from: "callbox@example.gov" }, url: "http://localhost:3000" };
    mail.refuse = "not now";
    await expect(sendAlarm(client, alarm, post)).rejects.toThrow("not now");
    mail.refuse = null;
    await owner.query(`update "Person" set "disabledAt" = now() where id = 'demo-sam'`);
    await sendAlarm(client, alarm, post);
    expect(mail.received).toEqual([]);
  });
});

test("the look shows that a worker is alive, with the database's clock", async () => {
  await lookAfter(client, { mail: false }, new Date());
  const { rows } = await owner.query<{ young: boolean }>(
    `select at > now() - interval '10 seconds' as young from "Heartbeat" where id = 2`,
  );
  expect(rows).toEqual([{ young: true }]);
  expect(await jobs()).toEqual([]);
});
