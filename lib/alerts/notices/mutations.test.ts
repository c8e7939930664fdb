import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import type { Actor } from "../../access/actor";
import { setAlternates } from "../../people/commands/alternates";
import type { JobContext } from "../../platform/jobs";
import { type MailServer, openMailServer } from "../../platform/mail-server-for-tests";
import { startWorker, task } from "../../platform/worker";
import { z } from "zod";
import { decideAlert } from "../commands/decide";
import { withdrawAlert } from "../commands/withdraw";
import { approval, draftFor, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { escalate } from "./commands/escalate";
import { sendNotice } from "./commands/send-notice";
import { findCalledOn, loadTold } from "./data";

const AGENCY = "state-911";
let story: Story;
let dana: Actor;
let luis: Actor;
let mail: MailServer;
const post = () => ({
  settings: { url: mail.url, from: "Callbox <callbox@agency.example.gov>" },
  url: "https://callbox.example.gov",
});
const context = (more: Partial<JobContext> = {}): JobContext => ({ now: new Date(), attempt: 1, last: false, ...more });

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  mail = await openMailServer({ user: "callbox", password: "p@ss word" });
});
afterAll(async () => {
  await mail.close();
  await story.client.$disconnect();
});
beforeEach(() => {
  mail.refuse = null;
  mail.received.length = 0;
});

const mailOn = () => {
  vi.stubEnv("CALLBOX_SMTP_URL", mail.url);
  vi.stubEnv("CALLBOX_MAIL_FROM", "Callbox <callbox@agency.example.gov>");
};
const mailOff = () => vi.unstubAllEnvs();

const jobs = () =>
  story.client.$queryRaw<{ task: string; payload: { id?: string; alertId?: string }; runAt: Date }[]>`
    select t.identifier as task, j.payload, j.run_at as "runAt" from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`;

async function waiting(mode: "live" | "exercise" = "live") {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"), { mode });
  return { id: draft.id, contentHash: await submit(story, dana, draft.id) };
}
const told = async ({ id, contentHash }: { id: string; contentHash: string }) =>
  loadTold(story.client, id, contentHash);

test("without a mail server everybody who may approve is told in the console, and no job is left but the escalation", async () => {
  mailOff();
  const before = (await jobs()).length;
  const alert = await waiting();
  const list = await told(alert);
  expect(list.length).toBeGreaterThanOrEqual(2);
  expect(list.every(({ state, kind }) => state === "console" && kind === "approval")).toBe(true);
  expect(list.map(({ name }) => name)).not.toContain(dana.name);
  expect((await jobs()).slice(before)).toMatchObject([{ task: "escalate", payload: { alertId: alert.id } }]);
});

describe("with a mail server", () => {
  test("one email each, with who, what and where, and no way in", async () => {
    mailOn();
    const alert = await waiting();
    const rows = await story.client.notice.findMany({ where: { alertId: alert.id }, include: { person: true } });
    for (const { id } of rows) await sendNotice(story.client, id, post(), context());
    expect(mail.received.map(({ to }) => to).sort()).toEqual(rows.map(({ person }) => [person.email]).sort());
    const { source } = mail.received.find(({ to }) => to[0] === luis.email)!;
    expect(source).toContain("Subject: Approve: ");
    expect(source).toContain(`${dana.name} sent`);
    expect(source).toContain("2 places wait for it.");
    expect(source).toContain(`https://callbox.example.gov/alerts/${alert.id}/review`);
    expect((await told(alert)).every(({ state }) => state === "sent")).toBe(true);
    // Done twice, sent once.
    for (const { id } of rows) await sendNotice(story.client, id, post(), context());
    expect(mail.received).toHaveLength(rows.length);
  });

  test("an exercise says so first, in subject and text", async () => {
    mailOn();
    const alert = await waiting("exercise");
    const { id } = await story.client.notice.findFirstOrThrow({ where: { alertId: alert.id } });
    await sendNotice(story.client, id, post(), context());
    expect(mail.received[0]!.source).toMatch(/^Subject: EXERCISE\. Approve: /m);
    expect(mail.received[0]!.source).toContain("This is an exercise. Nothing goes out to the public.");
  });

  test("what the mail server refuses is tried again, and said after the last try", async () => {
    mailOn();
    const alert = await waiting();
    const { id } = await story.client.notice.findFirstOrThrow({ where: { alertId: alert.id } });
    mail.refuse = "Mailbox full";
    await expect(sendNotice(story.client, id, post(), context({ attempt: 1 }))).rejects.toThrow("Mailbox full");
    expect((await told(alert)).filter(({ problem }) => problem?.includes("Mailbox full"))).toMatchObject([
      { state: "waiting" },
    ]);
    await expect(sendNotice(story.client, id, post(), context({ attempt: 8, last: true }))).rejects.toThrow();
    expect(await story.client.notice.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "failed",
      attempts: 8,
    });
  });

  test("what nobody waits for any more is not sent", async () => {
    mailOn();
    const alert = await waiting();
    const [one] = await story.client.notice.findMany({ where: { alertId: alert.id } });
    expect(
      await withdrawAlert(story.client, dana, { id: alert.id, reason: "A number changed" }, new Date()),
    ).toMatchObject({
      ok: true,
    });
    await sendNotice(story.client, one!.id, post(), context());
    expect(mail.received).toEqual([]);
    expect(await story.client.notice.findUniqueOrThrow({ where: { id: one!.id } })).toMatchObject({ state: "dropped" });
  });

  test("the worker sends what a kept change left, and nothing of one that was rolled back", async () => {
    mailOn();
    const alert = await waiting();
    const rows = await story.client.notice.count({ where: { alertId: alert.id } });
    const before = (await jobs()).length;
    await story.client
      .$transaction(async (transaction) => {
        await transaction.$queryRaw`select 1 from graphile_worker.add_job('send-notice', json_build_object('id', 'none'))`;
        throw new Error("rolled back");
      })
      .catch(() => undefined);
    expect((await jobs()).length).toBe(before);
    const never = task(z.unknown(), async () => undefined);
    const worker = await startWorker(story.appUrl, {
      "send-notice": task(z.object({ id: z.string() }), ({ id }, given) => sendNotice(story.client, id, post(), given)),
      escalate: never,
      deliver: never,
      "deliver-site": never,
      "write-site": never,
      "lay-out-site": never,
      "upload-site": never,
      "back-up": never,
      "look-after": never,
      "send-alarm": never,
      "readiness-day": never,
      "check-ready-drafts": never,
      "read-import": never,
      "write-import": never,
    });
    try {
      await vi.waitFor(
        async () => expect((await told(alert)).filter(({ state }) => state === "sent")).toHaveLength(rows),
        { timeout: 20_000, interval: 50 },
      );
    } finally {
      await worker.stop();
    }
    const own = mail.received.filter(({ source }) => source.includes(`/alerts/${alert.id}/review`));
    expect(own).toHaveLength(rows);
    expect(new Set(own.map(({ source }) => /^Message-ID: (.+)$/m.exec(source)?.[1])).size).toBe(rows);
  });
});

describe("when nobody approves", () => {
  let sam: Actor;
  const name = (personIds: string[], minutes = 5) =>
    setAlternates(story.client, sam, { agencyId: AGENCY, minutes, personIds }, new Date());

  beforeAll(async () => {
    mailOff();
    sam = await story.actor("sam");
  });

  test("the job for it is due after the agency's minutes", async () => {
    expect(await name([luis.personId], 12)).toMatchObject({ ok: true });
    const alert = await waiting();
    const { submittedAt } = await story.client.alert.findUniqueOrThrow({ where: { id: alert.id } });
    const due = (await jobs()).filter(({ payload }) => payload.alertId === alert.id);
    expect(due).toHaveLength(1);
    expect(due[0]!.runAt.getTime() - submittedAt!.getTime()).toBe(12 * 60_000);
  });

  test("the alternates who may approve are called on, once, in the record and on their home page", async () => {
    const alert = await waiting();
    const called = { alertId: alert.id, contentHash: alert.contentHash };
    expect(await escalate(story.client, called, new Date(Date.now() + 300_000))).toBe(1);
    expect((await told(alert)).filter(({ kind }) => kind === "escalation")).toMatchObject([{ name: luis.name }]);
    const [entry] = await story.client.auditEvent.findMany({
      where: { action: "alert.escalated", subjectId: alert.id },
    });
    expect(entry?.summary).toMatch(/^Called on Luis .*had not been approved after 5 minutes\.$/);
    await escalate(story.client, called, new Date());
    expect((await told(alert)).filter(({ kind }) => kind === "escalation")).toHaveLength(1);
  });

  test("nobody is called on for what was decided, taken back or sent anew", async () => {
    const alert = await waiting();
    const called = { alertId: alert.id, contentHash: alert.contentHash };
    expect(await escalate(story.client, { ...called, contentHash: "another" }, new Date())).toBe(0);
    expect(await decideAlert(story.client, luis, await approval(story, alert.id), new Date())).toMatchObject({
      ok: true,
    });
    expect(await escalate(story.client, called, new Date())).toBe(0);
  });

  test("only who may approve can be named, by an administrator of the agency", async () => {
    expect(await name([dana.personId])).toMatchObject({ ok: false, code: "invalid" });
    expect(
      await setAlternates(story.client, luis, { agencyId: AGENCY, minutes: 5, personIds: [luis.personId] }, new Date()),
    ).toMatchObject({ ok: false, code: "not-permitted" });
    expect(await story.client.agencyAlternate.findMany({ select: { personId: true } })).toEqual([
      { personId: luis.personId },
    ]);
  });
});

test("an alternate is told that they are called on, and nobody else", async () => {
  const rows = await story.client.alert.findMany({
    where: { state: "submitted" },
    select: { id: true, contentHash: true },
  });
  expect((await findCalledOn(story.client, luis, rows)).size).toBe(1);
  expect((await findCalledOn(story.client, dana, rows)).size).toBe(0);
  // What was changed since is another content.
  const changed = rows.map(({ id }) => ({ id, contentHash: "another" }));
  expect((await findCalledOn(story.client, luis, changed)).size).toBe(0);
});
