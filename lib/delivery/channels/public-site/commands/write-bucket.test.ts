import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Actor } from "../../../../access/actor";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../../../alerts/story-for-tests";
import { casesOf, isNightly } from "../../../../platform/nightly-for-tests";
import { answerFault, type Asked, openTestBucket, TEST_KEY, type TestBucket } from "../../bucket/bucket-for-tests";
import { loadBytes, loadSiteFacts } from "../data";
import { listFiles } from "../files";
import { listObjects } from "../objects";
import { Pack } from "../pack";
import { LEDGER, writeBucket } from "./write-bucket";
import { writePack } from "./write-pack";

/** The public site in a bucket, read as a browser reads a bucket's website: by day some towns, at night the state. */

const TOWNS = new Set("Granby Amherst Hadley Belchertown Boston Worcester Chicopee Goshen".split(" "));
const PLACE = { region: "us-east-1", allowed: ["127.0.0.1"], prefix: "", key: TEST_KEY };

let story: Story;
let dana: Actor;
let luis: Actor;
let folder: string;
let bucket: TestBucket;
let without: string | null = null;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-site-"));
  bucket = await openTestBucket("alerts");
});
afterAll(async () => {
  await bucket.close();
  fs.rmSync(folder, { recursive: true });
  await story.client.$disconnect();
});

/** Renews the pack, as the worker does before the bucket. */
async function renew(now = new Date()) {
  const facts = await loadSiteFacts(story.client, "https://911.example.gov", now);
  const places = facts.places.filter(({ name }) => (isNightly || TOWNS.has(name)) && name !== without);
  await writePack(folder, listFiles({ ...facts, places }), (ids) => loadBytes(story.client, ids), now.getTime());
}
async function write(patienceMs = 5000) {
  bucket.asked = [];
  return writeBucket(folder, { ...PLACE, endpoint: bucket.endpoint, bucket: "alerts" }, patienceMs);
}
const puts = () =>
  bucket.asked.filter(({ method, name }) => method === "PUT" && name !== LEDGER).map(({ name }) => name);

/** What was put, as the bucket holds it. */
const held = new Map<string, string>();
function hold({ method, name, headers, body }: Asked) {
  if (method === "DELETE") held.delete(name);
  else held.set(name, (headers["content-encoding"] === "gzip" ? zlib.gunzipSync(body) : body).toString("utf8"));
}
const found = (name: string) =>
  held.has(name)
    ? name
    : held.has(`${name.replace(/\/$/, "")}/index.html`)
      ? `${name.replace(/\/$/, "")}/index.html`
      : null;

/** Links of all pages that the first page leads to, which lead nowhere. */
function brokenLinks(): string[] {
  const [seen, queue, broken] = [new Set<string>(), ["index.html"], new Set<string>()];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const page = held.get(name) ?? "";
    if (!/<!doctype html>|<feed|<rss/i.test(page.slice(0, 200))) continue;
    for (const [, link = ""] of page.matchAll(/(?:href|src)="(?:https:\/\/911\.example\.gov)?\/([^"#?]*)/g)) {
      const target = found(link === "" ? "index.html" : link);
      if (target === null) broken.add(`${name} → /${link}`);
      else queue.push(target);
    }
  }
  return [...broken];
}

const read = (at: string) => fetch(`${bucket.endpoint}${at}`, { redirect: "follow" });

test("written once: every page, feed and message is read at its address, as our own server sends it", async () => {
  await renew();
  bucket.after = async (asked) => hold(asked);
  const written = await write();
  expect(written).toMatchObject({ put: written.files, removed: 0 });
  const order = puts();
  expect(order.at(-1)).toBe("index.html");
  expect(order).toHaveLength(written.files);
  const page = await read("/ma/granby");
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("No 911 outage is announced for Granby.");
  for (const [at, type, cache] of [
    ["/", "text/html; charset=utf-8", "public, max-age=15"],
    ["/es/", "text/html; charset=utf-8", "public, max-age=15"],
    ["/es/ma/granby", "text/html; charset=utf-8", "public, max-age=15"],
    ["/feed.atom", "application/atom+xml; charset=utf-8", "public, max-age=15"],
    ["/feeds/place/ma/granby.rss", "application/rss+xml; charset=utf-8", "public, max-age=15"],
    ["/embed/ma/granby.json", "application/json; charset=utf-8", "public, max-age=15"],
    ["/embed/ma/granby.html", "text/html; charset=utf-8", "public, max-age=15"],
    ["/numbers.txt", "text/plain; charset=utf-8", "public, max-age=15"],
  ] as const) {
    const answer = await read(at);
    expect(answer.status, at).toBe(200);
    expect(answer.headers.get("content-type"), at).toBe(type);
    expect(answer.headers.get("cache-control"), at).toContain(cache);
    // Pages are packed once for all; what programs read is not.
    expect(answer.headers.get("content-encoding"), at).toBe(
      type.startsWith("text/html") && !at.startsWith("/embed") ? "gzip" : null,
    );
  }
  expect((await read("/ma/nowhere")).status).toBe(404);
  expect(await (await read("/ma/nowhere")).text()).toContain("<form");
  expect(brokenLinks()).toEqual([]);
});

test("nothing changed: one request, and nothing is put", async () => {
  await renew();
  expect(await write()).toMatchObject({ put: 0, removed: 0 });
  expect(bucket.asked.map(({ method }) => method)).toEqual(["GET"]);
});

test("an alert: only what it changes is put, and no page leads to a file that is not there yet", async () => {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  const before = new Map(held);
  await renew();
  const broken: string[] = [];
  let looked = 0;
  bucket.after = async (asked) => {
    hold(asked);
    if (isNightly && (looked += 1) % 20 !== 0) return;
    broken.push(...brokenLinks());
  };
  const { put, files } = await write();
  bucket.after = async (asked) => hold(asked);
  expect(broken).toEqual([]);
  expect(put).toBeLessThan(70);
  expect(put).toBeLessThan(files / 2);
  const order = puts();
  expect(order).toHaveLength(put);
  expect(new Set(order).size).toBe(put);
  // Requests: the ledger read, noted before and after, and one for each file.
  expect(bucket.asked).toHaveLength(put + 3);
  for (const name of order) expect(held.get(name), name).not.toBe(before.get(name));
  for (const [name, text] of before)
    if (!order.includes(name) && name !== LEDGER) expect(held.get(name), name).toBe(text);
  const caps = order.filter((name) => name.startsWith("cap/"));
  const messages = await story.client.message.findMany({ where: { alertId: draft.id } });
  expect(order.slice(0, caps.length).sort()).toEqual(messages.map(({ identifier }) => `cap/${identifier}.xml`).sort());
  expect(order.at(-1)).toBe("index.html");
  for (const { identifier, xml } of messages) {
    const answer = await read(`/cap/${identifier}.xml`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(xml!))).toBe(true);
    expect(answer.headers.get("content-type")).toBe("application/cap+xml; charset=utf-8");
    expect(answer.headers.get("cache-control")).toContain("immutable");
  }
  expect(await (await read("/ma/granby")).text()).toContain("911 is not working in Granby");
});

describe("what ends in the middle", () => {
  const troubles: [string, (answer: Parameters<NonNullable<TestBucket["behave"]>>[1]) => void][] = [
    ["the process dies", (answer) => void answer.destroy()],
    ["the bucket fails", (answer) => answerFault(answer, 503, "SlowDown")],
    ["the bucket says nothing", () => undefined],
  ];
  test.each(casesOf(troubles, 2))(
    "%s: every page is whole, no link is broken, and the next one goes on",
    async (_, trouble) => {
      const [earlier] = await story.client.alert.findMany({
        where: { state: "published" },
        orderBy: { publishedAt: "desc" },
      });
      expect(earlier).toBeDefined();
      const draft = await draftFor(story, dana, await placesNamed(story.client, "Hadley", "Goshen"));
      await submit(story, dana, draft.id);
      await approve(story, luis, draft.id);
      await renew();
      const wanted = listObjects(Pack.open(folder)!.table);
      let taken = 0;
      bucket.behave = ({ method }, answer) => {
        // From then on nothing arrives any more, whoever asks: as after a kill.
        if (method !== "PUT" || taken++ < 12) return taken > 12;
        trouble(answer);
        return true;
      };
      // Long enough for an answer on a busy machine, short enough to wait for one that never comes.
      await expect(write(2000)).rejects.toThrow();
      bucket.behave = null;
      expect(puts().length).toBeGreaterThan(5);
      const whole = [...held].filter(([name]) => name !== LEDGER && /\.html$|^[^.]+$/.test(name));
      for (const [name, text] of whole) expect(text.trimEnd().endsWith("</html>"), name).toBe(true);
      expect(brokenLinks()).toEqual([]);
      const already = new Set(puts());
      const { put } = await write();
      expect(put).toBeGreaterThan(0);
      expect([...held.keys()].filter((name) => name !== LEDGER).sort()).toEqual([...wanted.keys()].sort());
      expect(brokenLinks()).toEqual([]);
      expect(await (await read("/ma/goshen")).text()).toContain("911 is not working in Goshen");
      expect(already.size).toBeGreaterThan(0);
      expect(await write()).toMatchObject({ put: 0, removed: 0 });
    },
  );
});

test("a place that is gone: its pages are removed after the pages that led to them are changed", async () => {
  without = "Belchertown";
  await renew();
  const broken: string[] = [];
  bucket.after = async (asked) => {
    hold(asked);
    broken.push(...brokenLinks());
  };
  const { removed } = await write();
  bucket.after = async (asked) => hold(asked);
  expect(removed).toBeGreaterThan(5);
  expect(broken).toEqual([]);
  const methods = bucket.asked.map(({ method, name }) => (name === LEDGER ? "ledger" : method));
  expect(methods.indexOf("DELETE")).toBeGreaterThan(methods.lastIndexOf("PUT"));
  expect((await read("/ma/belchertown")).status).toBe(404);
  expect(brokenLinks()).toEqual([]);
});

test("an older site takes nothing back, and a ledger of something else removes nothing", async () => {
  const now = Pack.open(folder)!.table.madeAt;
  await renew(new Date(now + 60_000));
  without = null;
  await renew(new Date(now + 120_000));
  await write();
  await renew(new Date(now));
  await expect(write()).rejects.toThrow(/holds a newer site/);
  expect(puts()).toEqual([]);
});

test("a bucket that is not there is said in plain words", async () => {
  await renew(new Date(Date.now() + 600_000));
  const place = { ...PLACE, endpoint: bucket.endpoint, bucket: "nowhere" };
  await expect(writeBucket(folder, place)).rejects.toThrow("There is no bucket of this name at this address.");
  await expect(
    writeBucket(folder, { ...place, bucket: "alerts", key: { ...TEST_KEY, secretAccessKey: "another" } }),
  ).rejects.toThrow("The secret access key does not belong to the access key ID.");
});
