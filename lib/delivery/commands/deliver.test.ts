import http from "node:http";
import type { AddressInfo } from "node:net";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { createHash } from "node:crypto";
import {
  approve,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  type Story,
  submit,
} from "../../alerts/story-for-tests";
import { leaveDeliveries, MOST_TRIES } from "../../alerts/outbox/mutations";
import { connect } from "../../platform/db";
import { openMailServer } from "../../platform/mail-server-for-tests";
import { seal } from "../../record/site-secret";
import { addChannel } from "../channel-for-tests";
import { KINDS, kindOf } from "../channels/kinds";
import { escapeText } from "../channels/public-site/html";
import { sign } from "../channels/webhook/channel";
import { loadTold } from "../press/data";
import { NOT_ASKED } from "./channels";
import { deliver, FAILURES_TO_PAUSE, pauseAfter } from "./deliver";
import { republish } from "./republish";

const SECRET = "a secret of at least thirty-two characters";
const SHARED = "shared with the other side";

interface Taken {
  key: string;
  signature: string;
  timestamp: number;
  body: string;
}

let story: Story;
let dana: Actor;
let luis: Actor;
/** The other side: keeps what it takes, by key, and answers as it is told. */
let other: http.Server;
let url: string;
const taken = new Map<string, Taken[]>();
let behave: (answer: http.ServerResponse, nth: number) => void;
let asked = 0;

const well = (answer: http.ServerResponse) => answer.writeHead(202).end("{}");

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  other = http.createServer((request, answer) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk));
    request.on("end", () => {
      const key = String(request.headers["callbox-delivery"]);
      taken.set(key, [
        ...(taken.get(key) ?? []),
        {
          key,
          signature: String(request.headers["callbox-signature"]),
          timestamp: Number(request.headers["callbox-timestamp"]),
          body,
        },
      ]);
      asked += 1;
      behave(answer, asked);
    });
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  await story.client.$disconnect();
});
beforeEach(async () => {
  taken.clear();
  asked = 0;
  behave = well;
  await story.client.channel.updateMany({ where: { id: { not: "public-site" } }, data: { retiredAt: new Date() } });
});

const post = () => ({
  mail: null,
  writeSite: async () => "nothing",
  publicUrl: "http://127.0.0.1:1",
  secret: SECRET,
  patienceMs: 300,
});

let channels = 0;
async function channel(
  kind: string,
  settings: object,
  { state = "live", whole = false }: { state?: "live" | "exercise"; whole?: boolean } = {},
) {
  const id = `channel-${(channels += 1)}`;
  return addChannel(story.client, {
    id,
    kind,
    name: id,
    state,
    whole,
    settings,
    ...(kind === "webhook" ? { secrets: seal(SECRET, `channel ${id}`, JSON.stringify({ secret: SHARED })) } : {}),
  });
}
const hook = (more: object = {}) => channel("webhook", { url, allowed: ["127.0.0.1"], ...more });

async function publish(towns = ["Granby", "Amherst"], mode: "live" | "exercise" = "live") {
  const draft = await draftFor(story, dana, await placesNamed(story.client, ...towns), { mode });
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  return draft.id;
}
const deliveries = (channelId: string) =>
  story.client.delivery.findMany({
    where: { channelId },
    orderBy: { key: "asc" },
    include: { tries: { orderBy: { number: "asc" } } },
  });
async function deliverAll(channelId: string, now?: Date) {
  const results: string[] = [];
  for (const { id } of await deliveries(channelId)) results.push(await deliver(story.client, id, post(), now));
  return results;
}

test("a publication leaves one delivery and one job for each message and channel, and for the public site one", async () => {
  const id = await hook();
  const alertId = await publish();
  const messages = await story.client.message.count({ where: { alertId } });
  expect(await deliveries(id)).toHaveLength(messages);
  const site = await story.client.delivery.findMany({ where: { alertId, channelId: "public-site" } });
  expect(site).toHaveLength(1);
  const jobs = await story.client.$queryRaw<{ id: string; task: string }[]>`
    select j.payload->>'id' as id, t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('deliver', 'deliver-site')`;
  const tasks = new Map(jobs.map((job) => [job.id, job.task]));
  expect((await deliveries(id)).every((delivery) => tasks.get(delivery.id) === "deliver")).toBe(true);
  // Nothing else holds it up.
  expect(tasks.get(site[0]!.id)).toBe("deliver-site");
});

describe("a webhook", () => {
  test("takes the stored bytes, signed, once by its key however often it is asked", async () => {
    const id = await hook();
    const alertId = await publish();
    expect(new Set(await deliverAll(id))).toEqual(new Set(["accepted"]));
    expect(new Set(await deliverAll(id))).toEqual(new Set(["done before"]));
    const messages = await story.client.message.findMany({ where: { alertId } });
    expect(taken.size).toBe(messages.length);
    for (const message of messages) {
      const [one, ...more] = taken.get(`${id}:${message.identifier}`) ?? [];
      expect(more).toEqual([]);
      const json = JSON.parse(one!.body) as { cap: string; identifier: string };
      expect(Buffer.from(json.cap).equals(Buffer.from(message.xml!))).toBe(true);
      expect(createHash("sha256").update(json.cap).digest("hex")).toBe(message.sha256);
      expect(one!.signature).toBe(`v1=${sign(SHARED, one!.timestamp, one!.body)}`);
    }
  });

  const TROUBLES: [string, (answer: http.ServerResponse) => void, string, RegExp][] = [
    ["500", (answer) => answer.writeHead(500).end("oops"), "again", /Not taken: 500 oops/],
    ["never answers", () => undefined, "again", /No answer in time|aborted/],
    ["garbage", (answer) => answer.socket?.end("\u0000\u0001garbage\r\n\r\n"), "again", /Parse Error|Expected HTTP/],
    [
      "ends in the middle",
      (answer) => answer.writeHead(200, { "content-length": "100" }).write("half", () => answer.socket?.destroy()),
      "again",
      /ended in the middle|aborted|socket hang up|ECONNRESET/,
    ],
    ["an endless answer", (answer) => answer.writeHead(200).end("x".repeat(200_000)), "again", /longer than 64 KB/],
    [
      "200 with an error inside",
      (answer) => answer.writeHead(200).end('{"error":"no such feed"}'),
      "again",
      /says that it was not taken/,
    ],
    [
      "200 with a fault inside",
      (answer) => answer.writeHead(200).end("<soap:Fault>x</soap:Fault>"),
      "again",
      /says that it was not taken/,
    ],
    [
      "a redirect to this machine",
      (answer) => answer.writeHead(302, { location: "http://127.0.0.1:22/" }).end(),
      "failed",
      /redirect, which is not followed/,
    ],
    ["not found", (answer) => answer.writeHead(404).end(), "failed", /Refused: 404/],
  ];
  test.each(TROUBLES)(
    "%s: what happened is on record, and it is tried again where that can help",
    async (_, trouble, outcome, says) => {
      const id = await hook();
      await publish(["Granby"]);
      behave = trouble;
      const [first] = await deliveries(id);
      expect(await deliver(story.client, first!.id, post())).toBe(outcome);
      const [after] = await deliveries(id);
      expect(after).toMatchObject({ attempts: 1, problem: expect.stringMatching(says) as string });
      expect(after!.tries).toMatchObject([{ outcome: outcome === "failed" ? "refused" : "failed" }]);
      if (outcome === "again") {
        behave = well;
        expect(await deliver(story.client, first!.id, post())).toBe("accepted");
        const keys = [...taken.keys()];
        expect(keys).toEqual([first!.key]);
      }
    },
  );

  test.each([
    ["this machine", { url: "http://127.0.0.1:9/", allowed: [] }],
    ["this machine by name", { url: "http://localhost:9/", allowed: [] }],
    ["IPv6 of this machine", { url: "http://[::1]:9/", allowed: [] }],
    ["IPv4 written as IPv6", { url: "http://[::ffff:127.0.0.1]:9/", allowed: [] }],
    ["where clouds keep secrets", { url: "http://169.254.169.254/latest", allowed: [] }],
    ["a private network", { url: "http://10.1.2.3/", allowed: [] }],
  ])("does not go to %s", async (_, settings) => {
    const id = await channel("webhook", settings);
    await publish(["Granby"]);
    const [first] = await deliveries(id);
    expect(await deliver(story.client, first!.id, post())).toBe("failed");
    expect((await deliveries(id))[0]!.problem).toMatch(/not on the public internet|sends nothing beyond this machine/);
  });

  test("goes nowhere beyond this machine in a demonstration", async () => {
    const id = await channel("webhook", { url: "https://example.org/hook", allowed: [] });
    await publish(["Granby"]);
    const [first] = await deliveries(id);
    expect(await deliver(story.client, first!.id, post())).toBe("failed");
    expect((await deliveries(id))[0]!.problem).toBe("A demonstration sends nothing beyond this machine.");
  });

  test("after some failures in a row it is left alone for a while, and asked again then", async () => {
    const id = await hook();
    await publish(["Granby", "Amherst", "Hadley", "Belchertown", "Goshen", "Chesterfield"]);
    behave = (answer) => void answer.writeHead(503).end();
    const results = await deliverAll(id);
    expect(results.filter((result) => result === "again")).toHaveLength(FAILURES_TO_PAUSE);
    expect(results.slice(FAILURES_TO_PAUSE).every((result) => result === "paused")).toBe(true);
    const paused = await story.client.channel.findUniqueOrThrow({ where: { id } });
    behave = well;
    const again = await deliverAll(id, new Date(paused.pausedUntil!.getTime() + 1));
    expect(again.every((result) => result === "accepted")).toBe(true);
    expect(await story.client.channel.findUniqueOrThrow({ where: { id } })).toMatchObject({
      failures: 0,
      pausedUntil: null,
    });
  });

  test("after the last try it is on the list of what failed", async () => {
    const id = await hook();
    await publish(["Granby"]);
    behave = (answer) => void answer.writeHead(500).end();
    const [first] = await deliveries(id);
    let at = Date.now();
    for (let number = 1; number <= MOST_TRIES; number += 1) {
      const result = await deliver(story.client, first!.id, post(), new Date(at));
      expect(result).toBe(number === MOST_TRIES ? "failed" : "again");
      // A validity of two hours is longer than the pauses of a channel.
      at += 300_001;
    }
    expect((await deliveries(id))[0]).toMatchObject({ state: "failed", attempts: MOST_TRIES });
    expect(pauseAfter(1)).toBe(3000);
    expect(pauseAfter(20)).toBe(1_800_000);
  });

  test("an update never overtakes what it refers to", async () => {
    const id = await hook();
    const alertId = await publish(["Granby"]);
    const { incidentId } = await story.client.alert.findUniqueOrThrow({ where: { id: alertId } });
    const update = await followUp(story, dana, { incidentId, purpose: "update" } as never);
    await submit(story, dana, update);
    await approve(story, luis, update);
    const all = await deliveries(id);
    const [earlier, later] = [
      all.filter((one) => one.alertId === alertId),
      all.filter((one) => one.alertId === update),
    ];
    for (const one of later) expect(await deliver(story.client, one.id, post())).toBe("waits for an earlier message");
    expect(taken.size).toBe(0);
    for (const one of earlier) expect(await deliver(story.client, one.id, post())).toBe("accepted");
    for (const one of later) expect(await deliver(story.client, one.id, post())).toBe("accepted");
  });

  test("what a worker that died began is on record, and is sent again under the same key", async () => {
    const id = await hook();
    await publish(["Granby"]);
    const [first] = await deliveries(id);
    await story.client.delivery.update({ where: { id: first!.id }, data: { attempts: 1 } });
    await story.client.attempt.create({
      data: { deliveryId: first!.id, number: 1, startedAt: new Date(), outcome: "under-way", sent: "x", answer: "" },
    });
    expect(await deliver(story.client, first!.id, post())).toBe("accepted");
    const [after] = await deliveries(id);
    expect(after!.tries.map(({ outcome }) => outcome)).toEqual(["failed", "accepted"]);
    expect(after!.tries[0]!.answer).toBe("The worker ended before an answer came.");
  });
});

describe("an exercise", () => {
  test("goes to channels of exercises alone, and never to the public", async () => {
    const live = await hook();
    const practice = await channel("webhook", { url, allowed: ["127.0.0.1"] }, { state: "exercise" });
    const alertId = await publish(["Granby"], "exercise");
    expect(await deliveries(live)).toEqual([]);
    expect(await story.client.delivery.count({ where: { alertId, channelId: "public-site" } })).toBe(0);
    expect(new Set(await deliverAll(practice))).toEqual(new Set(["accepted"]));
    for (const [one] of taken.values()) expect((JSON.parse(one!.body) as { mode: string }).mode).toBe("exercise");
    // The database refuses what no code does.
    await expect(
      story.client.delivery.create({
        data: { alertId, channelId: "public-site", key: "forced", state: "stored", createdAt: new Date() },
      }),
    ).rejects.toThrow(/deliveries_keep_to_their_mode|does not go to a channel/);
  });

  /** What each kind is set up with; none of them is reached. */
  const SETTINGS: Readonly<Record<string, object>> = {
    "public-site": {},
    webhook: { url: "http://127.0.0.1:9/hook", allowed: ["127.0.0.1"] },
    email: { to: ["newsroom@example.gov"], language: "en-US" },
    "file-drop": { folder: "/nowhere" },
    bucket: { endpoint: "http://127.0.0.1:9", bucket: "alerts", region: "us-east-1", prefix: "", allowed: [] },
    ipaws: { url: "http://127.0.0.1:9", logonUser: "callbox", cogId: "200001", allowed: ["127.0.0.1"] },
  };

  test.each(KINDS.map(({ kind }) => kind))("finds no way into a live %s", async (kind) => {
    const settings = SETTINGS[kind];
    expect(settings).toBeDefined();
    const { whole } = kindOf(kind)!;
    const id = kind === "public-site" ? kind : await channel(kind, settings!, { whole });
    const alertId = await publish(["Granby"], "exercise");
    // 1. Publishing leaves nothing for it. 2. Nor does anyone who names it to the outbox.
    expect(await story.client.delivery.count({ where: { alertId, channelId: id } })).toBe(0);
    expect(
      await story.client.$transaction((transaction) => leaveDeliveries(transaction, alertId, [id], new Date())),
    ).toBe(0);
    // 3. A row is refused by the database. 4. Publishing again finds nothing to publish.
    const row = { alertId, channelId: id, key: `forced ${kind}`, state: "stored", createdAt: new Date() };
    await expect(story.client.delivery.create({ data: row })).rejects.toThrow(/does not go to a channel/);
    expect(await republish(story.client, luis, { alertId, channelId: id }, new Date())).toMatchObject({ ok: false });
    // 5. Put there by the owner of the tables past every guard, the worker drops it.
    const owner = connect(story.ownerUrl, { connections: 1 });
    const guard = "deliveries_keep_to_their_mode";
    await owner.$executeRawUnsafe(`alter table "Delivery" disable trigger ${guard}`);
    const forced = await owner.delivery.create({ data: row });
    await owner.$executeRawUnsafe(`alter table "Delivery" enable trigger ${guard}`);
    await owner.$disconnect();
    let written = 0;
    const writeSite = async () => `${(written += 1)}`;
    expect(await deliver(story.client, forced.id, { ...post(), writeSite })).toBe("dropped");
    expect(written).toBe(0);
    expect(await story.client.attempt.count({ where: { deliveryId: forced.id } })).toBe(0);
  });

  test("what goes to the public or to IPAWS refuses it itself, whatever it is handed", async () => {
    const outgoing = { mode: "exercise", key: "k", alert: { id: "a", code: "A", title: "T", agency: "S" } };
    const message = {
      identifier: "M",
      msgType: "Alert",
      sent: "",
      sha256: "",
      xml: Buffer.from("<alert/>"),
      places: [],
    };
    for (const kind of ["public-site", "ipaws"])
      await expect(
        kindOf(kind)!.deliver(
          { ...outgoing, messages: [message], refusedBefore: null } as never,
          SETTINGS[kind] as never,
          {} as never,
          {
            ...post(),
            now: new Date(),
            signal: AbortSignal.timeout(1000),
            handedOver: () => undefined,
            demonstration: false,
          },
        ),
      ).rejects.toThrow(/exercise is never/);
  });

  test("a channel that turns to exercises in between gets nothing that was live", async () => {
    const id = await hook();
    await publish(["Granby"]);
    await story.client.channel.update({ where: { id }, data: { state: "exercise", ...NOT_ASKED } });
    expect(new Set(await deliverAll(id))).toEqual(new Set(["dropped"]));
    expect(taken.size).toBe(0);
  });
});

test("a folder has each message whole, as it was stored", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-drop-"));
  const id = await channel("file-drop", { folder });
  const alertId = await publish();
  expect(new Set(await deliverAll(id))).toEqual(new Set(["confirmed"]));
  const messages = await story.client.message.findMany({ where: { alertId } });
  expect(fs.readdirSync(folder).sort()).toEqual(messages.map(({ identifier }) => `${identifier}.xml`).sort());
  for (const { identifier, xml } of messages) {
    expect(fs.readFileSync(path.join(folder, `${identifier}.xml`)).equals(Buffer.from(xml!))).toBe(true);
  }
  fs.rmSync(folder, { recursive: true });
});

test("a folder that is not there is said, and tried again", async () => {
  const id = await channel("file-drop", { folder: "/nowhere/at/all" });
  await publish(["Granby"]);
  const [first] = await deliveries(id);
  expect(await deliver(story.client, first!.id, post())).toBe("again");
  expect((await deliveries(id))[0]!.problem).toMatch(/The folder is not there/);
});

test("a list gets one email an alert, with all messages attached", async () => {
  const mail = await openMailServer();
  const id = await channel("email", { to: ["news@example.org", "desk@example.org"] }, { whole: true });
  await publish();
  const [first, ...more] = await deliveries(id);
  expect(more).toEqual([]);
  const given = { ...post(), mail: { url: mail.url, from: "callbox@agency.example.gov" }, patienceMs: 5000 };
  expect(await deliver(story.client, first!.id, given)).toBe("accepted");
  expect(mail.received).toHaveLength(1);
  expect(mail.received[0]!.to).toEqual(["news@example.org", "desk@example.org"]);
  const { source } = mail.received[0]!;
  const parts = source.split(/^--\S+$/m).map((part) => {
    const body = part.slice(part.indexOf("\n\n", 1) + 2);
    return {
      type: /^Content-Type: ([^;\n]+)/im.exec(part)?.[1] ?? "",
      name: /filename="?([^"\n;]+)/.exec(part)?.[1],
      text: /Transfer-Encoding: base64/i.test(part)
        ? Buffer.from(body, "base64").toString()
        : Buffer.from(
            body.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
            "latin1",
          ).toString(),
    };
  });
  const [alert] = await story.client.alert.findMany({ orderBy: { createdAt: "desc" }, take: 1 });
  const told = (await loadTold(story.client, { alertId: alert!.id, url: "http://127.0.0.1:1" }, new Date()))!;
  for (const type of ["text/plain", "text/html"]) {
    const part = parts.find((one) => one.type === type)!;
    expect(part.text).toContain("DEMONSTRATION. This is not a real outage.");
    for (const { place, numbers, texts } of told.places) {
      expect(part.text).toContain(type === "text/plain" ? place.toUpperCase() : place);
      for (const text of texts.filter(({ translated }) => !translated)) {
        for (const said of [text.headline, text.validUntil, ...numbers])
          expect(part.text).toContain(type === "text/plain" ? said : escapeText(said));
      }
    }
  }
  expect(told.places.map(({ numbers }) => numbers.length)).toEqual([1, 1]);
  const stored = await story.client.message.findMany({ where: { alertId: alert!.id } });
  const attached = parts.filter(({ type }) => type === "application/cap+xml");
  expect(new Map(attached.map(({ name, text }) => [name, text]))).toEqual(
    new Map(stored.map(({ identifier, xml }) => [`${identifier}.xml`, Buffer.from(xml!).toString()])),
  );
  await mail.close();
});

test("addresses of a list do not see each other, and one that is refused is named, not taken for accepted", async () => {
  const mail = await openMailServer();
  mail.unknown.add("gone@example.org");
  const id = await channel("email", { to: ["news@example.org", "gone@example.org"] }, { whole: true });
  await publish(["Granby"]);
  const [first] = await deliveries(id);
  const given = { ...post(), mail: { url: mail.url, from: "callbox@agency.example.gov" }, patienceMs: 5000 };
  expect(await deliver(story.client, first!.id, given)).toBe("failed");
  expect(mail.received).toMatchObject([{ to: ["news@example.org"] }]);
  const [header] = mail.received[0]!.source.split("\n\n");
  expect(header).not.toMatch(/news@|gone@|^bcc:/im);
  const [after] = await deliveries(id);
  expect(after).toMatchObject({
    doneAt: expect.any(Date) as Date,
    problem: expect.stringMatching(
      /^The mail server took it for 1 of 2 addresses and refused: gone@example.org \(\d+ No such user\)/,
    ) as string,
  });
  expect(after!.tries).toMatchObject([{ outcome: "refused", answer: expect.stringContaining("gone@") as string }]);
  await mail.close();
});

describe("emails of one outage", () => {
  /** A list whose server was away when the alert of Granby and Amherst first went out, and what followed that. */
  async function begin(purpose: "cancellation" | "restoration") {
    const mail = await openMailServer();
    const id = await channel("email", { to: ["news@example.org"] }, { whole: true });
    const first = await publish();
    const given = { ...post(), mail: { url: mail.url, from: "callbox@agency.example.gov" }, patienceMs: 5000 };
    mail.refuse = "4.3.2 Try again later";
    const of = async (alertId: string) =>
      story.client.delivery.findFirstOrThrow({ where: { alertId, channelId: id }, include: { tries: true } });
    expect(await deliver(story.client, (await of(first)).id, given)).toBe("again");
    mail.refuse = null;
    const { incidentId } = await story.client.alert.findUniqueOrThrow({ where: { id: first } });
    const placeIds = await placesNamed(story.client, "Granby");
    if (purpose === "restoration") await mark(story, dana, incidentId, placeIds, "restored");
    const later = await followUp(story, dana, {
      incidentId,
      purpose,
      ...(purpose === "restoration" ? { placeIds } : {}),
    });
    await submit(story, dana, later);
    await approve(story, luis, later);
    const go = async (alertId: string, now?: Date) => deliver(story.client, (await of(alertId)).id, given, now);
    return { mail, id, first, later, of, go };
  }

  test("what is canceled is not sent after its Cancel, which does not wait for it", async () => {
    const { mail, first, later, of, go } = await begin("cancellation");
    expect(await go(later)).toBe("accepted");
    expect(await go(first)).toBe("dropped");
    expect(await of(first)).toMatchObject({ problem: "A later alert replaced it before it could be delivered." });
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]!.source).toContain("Subject: DEMONSTRATION. Cancel");
    await mail.close();
  });

  test("what still stands elsewhere goes out first, and what follows it after", async () => {
    const { mail, first, later, go } = await begin("restoration");
    expect(await go(later)).toBe("waits for an earlier message");
    expect(mail.received).toEqual([]);
    expect([await go(first), await go(later)]).toEqual(["accepted", "accepted"]);
    expect(mail.received.map(({ source }) => /Subject: (?:DEMONSTRATION. )?(.*)/.exec(source)?.[1])).toEqual([
      expect.stringContaining("911"),
      "All-clear: 911 works again",
    ]);
    await mail.close();
  });

  test("what was given up is not sent again once its all-clear went out", async () => {
    const { mail, id, first, later, of, go } = await begin("restoration");
    await story.client.delivery.update({ where: { id: (await of(first)).id }, data: { state: "failed" } });
    expect(await go(later)).toBe("accepted");
    const again = await republish(story.client, luis, { channelId: id, alertId: first }, new Date());
    expect(again).toMatchObject({ ok: false, message: expect.stringContaining("Nothing was sent.") as string });
    // Nor when it was left waiting by someone else.
    await story.client.delivery.update({ where: { id: (await of(first)).id }, data: { state: "stored" } });
    expect(await go(first)).toBe("dropped");
    expect(mail.received).toHaveLength(1);
    await mail.close();
  });

  test("an alert that ended is not mailed any more", async () => {
    const { mail, first, of, go } = await begin("restoration");
    const { expiresAt } = await story.client.alert.findUniqueOrThrow({ where: { id: first } });
    expect(await go(first, expiresAt!)).toBe("dropped");
    expect(await of(first)).toMatchObject({ problem: "The alert ended before it could be delivered." });
    expect(mail.received).toEqual([]);
    await mail.close();
  });
});

test("public pages that nobody can read back are a failing channel, and are given up in the end", async () => {
  await publish(["Granby"]);
  const of = async () =>
    story.client.delivery.findFirstOrThrow({ where: { channelId: "public-site" }, orderBy: { createdAt: "desc" } });
  const { id } = await of();
  const site = () => story.client.channel.findUniqueOrThrow({ where: { id: "public-site" } });
  await story.client.channel.update({ where: { id: "public-site" }, data: { failures: 0, succeededAt: null } });
  for (let number = 1; number < MOST_TRIES; number += 1) {
    expect(await deliver(story.client, id, post())).toBe("handed-over");
    expect(await site()).toMatchObject({ failures: number, succeededAt: null, pausedUntil: null });
  }
  expect(await of()).toMatchObject({ state: "handed-over", doneAt: null });
  expect(await deliver(story.client, id, post())).toBe("failed");
  expect(await of()).toMatchObject({
    state: "failed",
    attempts: MOST_TRIES,
    doneAt: expect.any(Date) as Date,
    problem: expect.stringContaining("could not be read") as string,
  });
});
