import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import type { Actor } from "../../access/actor";
import { CHANNEL_NAMES } from "../../access/allowance/allowance";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { openMailServer } from "../../platform/mail-server-for-tests";
import { isNightly } from "../../platform/nightly-for-tests";
import { seal } from "../../record/site-secret";
import { writeCapTime } from "../../standards/cap/time";
import { makeKey } from "../../standards/signature/keys-for-tests";
import { signMessage } from "../../standards/signature/sign";
import { addChannel } from "../channel-for-tests";
import { deliver, pauseAfter } from "../commands/deliver";
import { openTestBucket, TEST_KEY, type TestBucket } from "./bucket/bucket-for-tests";
import { KINDS } from "./kinds";

/**
 * Other sides that misbehave, for every kind of channel: others are not delayed, nothing is lost,
 * and the state that is shown is true.
 */

const SECRET = "a secret of at least thirty-two characters";
const PATIENCE_MS = 400;
type Trouble = (answer: http.ServerResponse) => void;

/** What an other side that speaks HTTP does. */
const HTTP_TROUBLES: [string, Trouble][] = [
  ["slow: a byte now and then", (answer) => void drip(answer.writeHead(200))],
  ["never answers", () => undefined],
  ["garbage", (answer) => void answer.socket?.end("\u0000\u0001garbage\r\n\r\n")],
  ["500", (answer) => void answer.writeHead(500).end("oops")],
  ["a redirect to this machine", (answer) => void answer.writeHead(302, { location: "http://127.0.0.1:22/" }).end()],
  ["200 with an error inside", (answer) => void answer.writeHead(200).end('{"error":"<Error>no</Error>"}')],
];
/** A mail server has no redirect; what it says with its 250 is not read for errors, since that is its receipt. */
const MAIL_TROUBLES: [string, (socket: net.Socket) => void][] = [
  ["slow: a byte now and then", (socket) => void drip(socket)],
  ["never answers", () => undefined],
  ["garbage", (socket) => void socket.end("\u0000\u0001garbage\r\n")],
  ["500", (socket) => void socket.end("554 no service\r\n")],
  ["hangs up", (socket) => void socket.destroy()],
];
/** A folder is not slow and has no words; it is not there, is no folder, or has no room under that name. */
const FOLDER_TROUBLES: [string, (folder: string) => void][] = [
  ["not there", () => undefined],
  ["a file", (folder) => fs.writeFileSync(folder, "x")],
  ["a link that leads to itself", (folder) => fs.symlinkSync(folder, folder)],
];

function drip(to: { write: (text: string) => unknown; on: (name: "close", run: () => void) => unknown }): void {
  const timer = setInterval(() => to.write("2"), 20);
  to.on("close", () => clearInterval(timer));
}

let story: Story;
let dana: Actor;
let luis: Actor;
let home: string;
let web: http.Server;
let webUrl: string;
/** What the web server is told to do; null: it takes what comes. */
let trouble: Trouble | null = null;
let bucket: TestBucket;
let mailTrouble: net.Server;
let greet: (socket: net.Socket) => void;
let mail: Awaited<ReturnType<typeof openMailServer>>;
/** How often each key arrived and was taken. */
const taken = new Map<string, number>();

const portOf = (server: net.Server | http.Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-kinds-"));
  web = http.createServer((request, answer) => {
    request.resume();
    request.on("end", () => {
      // The good channel beside it is never in trouble.
      if (trouble && !request.url?.startsWith("/good")) return trouble(answer);
      const key = String(request.headers["idempotency-key"]);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      answer.writeHead(202).end("{}");
    });
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  webUrl = `http://127.0.0.1:${portOf(web)}`;
  mailTrouble = net.createServer((socket) => {
    socket.on("error", () => undefined);
    greet(socket);
  });
  await new Promise<void>((resolve) => mailTrouble.listen(0, "127.0.0.1", resolve));
  [bucket, mail] = [await openTestBucket("alerts"), await openMailServer()];
});
afterAll(async () => {
  web.closeAllConnections();
  web.close();
  mailTrouble.close();
  await bucket.close();
  await mail.close();
  fs.rmSync(home, { recursive: true, force: true });
  await story.client.$disconnect();
});
beforeEach(async () => {
  [trouble, bucket.behave] = [null, null];
  taken.clear();
  await story.client.channel.updateMany({ where: { id: { not: "public-site" } }, data: { retiredAt: new Date() } });
});

interface Case {
  kind: string;
  name: string;
  /** Begins the trouble, and returns what ends it. */
  begin: () => () => void;
}
const beginOnWeb = (what: Trouble) => {
  trouble = what;
  return () => (trouble = null);
};
let folders = 0;
let folder: string;
const CASES: Case[] = [
  ...HTTP_TROUBLES.flatMap(([name, what]): Case[] => [
    { kind: "webhook", name, begin: () => beginOnWeb(what) },
    {
      kind: "bucket",
      name,
      begin: () => {
        bucket.behave = (_, answer) => {
          what(answer);
          return true;
        };
        return () => (bucket.behave = null);
      },
    },
    { kind: "public-site", name, begin: () => beginOnWeb(what) },
  ]),
  ...MAIL_TROUBLES.map(([name, what]): Case => ({
    kind: "email",
    name,
    begin: () => {
      greet = what;
      mailUrl = `smtp://127.0.0.1:${portOf(mailTrouble)}`;
      return () => (mailUrl = mail.url);
    },
  })),
  ...FOLDER_TROUBLES.map(([name, what]): Case => ({
    kind: "file-drop",
    name,
    begin: () => {
      folder = path.join(home, `drop-${(folders += 1)}`);
      what(folder);
      return () => {
        fs.rmSync(folder, { force: true });
        fs.mkdirSync(folder);
      };
    },
  })),
];
let mailUrl = "";

/** By day every kind of channel meets some of the troubles, and every trouble one of the kinds. */
const WALKED = isNightly
  ? CASES
  : CASES.filter((_, at) => at >= 3 * HTTP_TROUBLES.length || at % 3 === Math.floor(at / 3) % 3);

test("every kind of channel is among them, or below", () => {
  expect([...new Set([...CASES.map(({ kind }) => kind), "ipaws"])].sort()).toEqual(
    KINDS.map(({ kind }) => kind).sort(),
  );
});

const post = () => ({
  mail: { url: mailUrl, from: "callbox@agency.example.gov" },
  writeSite: async () => "written",
  publicUrl: webUrl,
  secret: SECRET,
  patienceMs: PATIENCE_MS,
});

let made = 0;
async function channelOf(kind: string): Promise<string> {
  if (kind === "public-site") return kind;
  const id = `kind-${(made += 1)}`;
  const [settings, secret] = {
    webhook: [{ url: `${webUrl}/hook`, allowed: ["127.0.0.1"] }, { secret: "shared with the other side" }],
    bucket: [
      {
        url: bucket.endpoint,
        region: "us-east-1",
        bucket: "alerts",
        accessKeyId: TEST_KEY.accessKeyId,
        allowed: ["127.0.0.1"],
      },
      { secret: TEST_KEY.secretAccessKey },
    ],
    email: [{ to: ["news@example.org"] }, null],
    "file-drop": [{ folder }, null],
  }[kind]! as [object, object | null];
  return addChannel(story.client, {
    id,
    kind,
    name: id,
    state: "live",
    whole: kind === "email",
    settings,
    ...(secret ? { secrets: seal(SECRET, `channel ${id}`, JSON.stringify(secret)) } : {}),
  });
}

async function publish() {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  return draft.id;
}
const deliveries = (alertId: string, channelId: string) =>
  story.client.delivery.findMany({ where: { alertId, channelId }, orderBy: { key: "asc" }, include: { tries: true } });

test.each(WALKED.map((one) => [one.kind, one.name, one] as const))(
  "%s, %s: others are not delayed, nothing is lost, and what is shown is true",
  async (kind, name, { begin }) => {
    const end = begin();
    const id = await channelOf(kind);
    const goodId = `good-${(made += 1)}`;
    const good = await addChannel(story.client, {
      id: goodId,
      kind: "webhook",
      name: goodId,
      state: "live",
      settings: { url: `${webUrl}/good`, allowed: ["127.0.0.1"] },
      secrets: seal(SECRET, `channel ${goodId}`, JSON.stringify({ secret: "shared with the other side" })),
    });
    const alertId = await publish();
    const [bad, well] = [await deliveries(alertId, id), await deliveries(alertId, good)];
    expect(bad.length).toBeGreaterThan(0);
    expect(well.length).toBeGreaterThan(0);
    let badDone = false;
    const hangs = { ...post(), patienceMs: /^(?:slow|never)/.test(name) ? 2500 : PATIENCE_MS };
    const trying = Promise.all(bad.map((one) => deliver(story.client, one.id, hangs))).finally(() => (badDone = true));
    for (const one of well)
      expect(await deliver(story.client, one.id, { ...post(), patienceMs: 5000 })).toBe("accepted");
    // What hangs is still hanging when the others are done.
    if (/^(?:slow|never)/.test(name)) expect(badDone).toBe(false);
    const outcomes = await trying;
    // Nothing that was not taken is said to be.
    for (const outcome of outcomes) expect(["again", "failed", "handed-over", "paused"]).toContain(outcome);
    for (const one of await deliveries(alertId, id)) {
      expect(one.state).toBe(
        kind === "public-site" ? "handed-over" : outcomes.includes("failed") ? "failed" : "stored",
      );
      expect(one.problem).toBeTruthy();
      expect(one.tries).toHaveLength(1);
      expect(one.tries[0]!.endedAt).not.toBeNull();
      expect(one.tries[0]!.outcome).not.toMatch(/accepted|confirmed/);
    }
    expect(await story.client.delivery.count({ where: { alertId, channelId: good, state: "accepted" } })).toBe(
      well.length,
    );
    // Then the other side is well again: what waits is taken, what was refused for good stays on the list.
    end();
    if (kind === "public-site") return;
    for (const one of bad) {
      const { state } = await story.client.delivery.findUniqueOrThrow({ where: { id: one.id } });
      const again = await deliver(story.client, one.id, { ...post(), patienceMs: 5000 });
      expect(again).toBe(
        state === "failed" ? "done before" : kind === "webhook" || kind === "email" ? "accepted" : "confirmed",
      );
    }
  },
);

describe("the ladder has no step that is skipped", () => {
  beforeAll(async () => {
    const owner = new Client({ connectionString: story.ownerUrl });
    await owner.connect();
    await owner.query(`create table "Step" (at serial, "deliveryId" text, state text);
      create function keep_step() returns trigger language plpgsql security definer as $$
        begin insert into "Step" ("deliveryId", state) values (new.id, new.state); return new; end $$;
      create trigger keep_step after update of state on "Delivery" for each row
        when (old.state is distinct from new.state) execute function keep_step();
      grant select on "Step" to public`);
    await owner.end();
  });
  const stepsOf = async (id: string) =>
    (
      await story.client.$queryRaw<{ state: string }[]>`select state from "Step" where "deliveryId" = ${id} order by at`
    ).map(({ state }) => state);

  test.each([
    ["webhook", "accepted"],
    ["email", "accepted"],
    ["bucket", "confirmed"],
    ["file-drop", "confirmed"],
  ])("%s: handed over, then %s", async (kind, last) => {
    mailUrl = mail.url;
    folder = fs.mkdtempSync(path.join(home, "ladder-"));
    const id = await channelOf(kind);
    const [first] = await deliveries(await publish(), id);
    expect(await deliver(story.client, first!.id, { ...post(), patienceMs: 5000 })).toBe(last);
    expect(await stepsOf(first!.id)).toEqual(["handed-over", last]);
  });

  test("a web address that has not answered yet has been handed it, and one that says no leaves it waiting", async () => {
    const id = await channelOf("webhook");
    const [first] = await deliveries(await publish(), id);
    trouble = (answer) =>
      void vi
        .waitFor(async () => expect(await stepsOf(first!.id)).toEqual(["handed-over"]), { timeout: 4000 })
        .then(() => answer.writeHead(500).end("oops"));
    expect(await deliver(story.client, first!.id, { ...post(), patienceMs: 5000 })).toBe("again");
    expect(await stepsOf(first!.id)).toEqual(["handed-over", "stored"]);
    const { tries } = (await deliveries(first!.alertId, id))[0]!;
    expect(tries.map(({ answer }) => answer)).toEqual([expect.stringContaining("500")]);
  });

  test("the public site is handed over once it is written, before it is read back", async () => {
    const [first] = await deliveries(await publish(), "public-site");
    let seen: string[] = [];
    trouble = (answer) => {
      void vi
        .waitFor(async () => expect((seen = await stepsOf(first!.id))).toEqual(["handed-over"]), { timeout: 2000 })
        .catch(() => undefined)
        .then(() => answer.writeHead(500).end());
    };
    expect(await deliver(story.client, first!.id, { ...post(), patienceMs: 5000 })).toBe("handed-over");
    expect(seen).toEqual(["handed-over"]);
  });

  test("what never left was never handed over", async () => {
    const id = `kind-${(made += 1)}`;
    await addChannel(story.client, {
      id,
      kind: "webhook",
      name: id,
      state: "live",
      settings: { url: "http://127.0.0.1:9/hook", allowed: ["127.0.0.1"] },
      secrets: seal(SECRET, `channel ${id}`, JSON.stringify({ secret: "shared with the other side" })),
    });
    const [first] = await deliveries(await publish(), id);
    expect(await deliver(story.client, first!.id, post())).toBe("again");
    expect(await stepsOf(first!.id)).toEqual([]);
  });
});

test.each(["webhook", "bucket", "email", "file-drop"])("%s: an hour of failures is outlasted", async (kind) => {
  const hour = CASES.find((one) => one.kind === kind && ["500", "not there"].includes(one.name))!;
  const end = hour.begin();
  const id = await channelOf(kind);
  const alertId = await publish();
  const [first] = await deliveries(alertId, id);
  const began = Date.now();
  let at = began;
  for (let tries = 1; at < began + 3_600_000; tries += 1) {
    expect(await deliver(story.client, first!.id, post(), new Date(at)), `try ${tries}`).toBe("again");
    at += Math.max(pauseAfter(tries), 300_001);
  }
  end();
  expect(["accepted", "confirmed"]).toContain(
    await deliver(story.client, first!.id, { ...post(), patienceMs: 5000 }, new Date(at)),
  );
});

describe("IPAWS, whose messages are Actual, which a demonstration has none of: asked directly", () => {
  const key = makeKey("kinds", "rsa");
  const [certificate, privateKey] = [key.certificateFile, key.keyFile].map((file) => fs.readFileSync(file, "utf8"));
  test.each(HTTP_TROUBLES)("%s: not taken, and said so in time", async (_, what) => {
    trouble = what;
    const now = Date.now();
    const sent = writeCapTime(now, "America/New_York");
    const unsigned =
      `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>MA-1</identifier>` +
      `<sender>a@b.gov</sender><sent>${sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope></alert>`;
    const xml = Buffer.from(signMessage(unsigned, key, now));
    const sha256 = createHash("sha256").update(xml).digest("hex");
    const ipaws = KINDS.find(({ kind }) => kind === "ipaws")!;
    const trying = ipaws.deliver(
      {
        mode: "live",
        refusedBefore: null,
        key: "k",
        alert: { id: "a", code: "A", title: "T", agency: "S" },
        messages: [{ identifier: "MA-1", msgType: "Alert", sent, sha256, xml, places: ["Granby"] }],
      },
      { url: `${webUrl}/ipaws`, logonUser: "callbox", cogId: "200001", allowed: ["127.0.0.1"] },
      { certificate, key: privateKey },
      {
        now: new Date(now),
        signal: AbortSignal.timeout(PATIENCE_MS),
        mail: null,
        demonstration: false,
        handedOver: () => undefined,
        writeSite: async () => "",
        publicUrl: "",
      },
    );
    await expect(trying).rejects.toThrow(/./);
    expect(Date.now() - now).toBeLessThan(PATIENCE_MS + 2000);
  });
});

test("an agency can be kept from every kind", () => {
  expect(KINDS.map(({ kind }) => kind).sort()).toEqual([...CHANNEL_NAMES].sort());
});
