import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "../../../../access/actor";
import {
  approve,
  draftFor,
  followUp,
  mark,
  openStory,
  placesNamed,
  save,
  type Story,
  submit,
} from "../../../../alerts/story-for-tests";
import { servePublicSite, type SiteServer } from "../../../public-server/serve";
import { describeFileTrouble } from "../../../../platform/file-trouble";
import { formatNumber } from "../../../../directory/schema";
import { readFeed } from "../../../../standards/feeds/feed";
import { loadBytes, loadSiteFacts } from "../data";
import { listFiles } from "../files";
import { Pack, PACK } from "../pack";
import { writePack } from "./write-pack";

/** The public site from a quiet day to the all-clear, written for real and read through its own server. */

const HOUR = 3_600_000;
let story: Story;
let folder: string;
let dana: Actor;
let luis: Actor;
let server: SiteServer;
let url: string;
let clock: number | null = null;
let alertId: string;
let incidentId: string;
let granby: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-site-"));
  server = await servePublicSite(folder, { host: "127.0.0.1", port: 0, now: () => clock ?? Date.now() });
  const address = server.server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  [granby = ""] = await placesNamed(story.client, "Granby");
});
afterAll(async () => {
  await server.close();
  fs.rmSync(folder, { recursive: true });
  await story.client.$disconnect();
});

const write = async (now = new Date()) => {
  const facts = await loadSiteFacts(story.client, "https://911.example.gov", now);
  const written = await writePack(folder, listFiles(facts), (ids) => loadBytes(story.client, ids), now.getTime());
  // The server looks some forty times a second.
  await pause(150);
  return written;
};
const ask = (at: string, headers: Record<string, string> = {}) => fetch(url + at, { headers, redirect: "manual" });
const read = async (at: string) => (await ask(at)).text();

test("before anything was written, the server says so and goes on", async () => {
  expect((await ask("/")).status).toBe(503);
});

test("on a quiet day every place has its page in every language, and its number for the next time", async () => {
  const { made, kept } = await write();
  expect(kept).toBe(0);
  expect(made).toBeGreaterThan(351 * 4);
  const english = await read("/ma/granby");
  expect(english).toContain("In an emergency dial 911");
  expect(english).toContain("No 911 outage is announced for Granby.");
  expect(english).toContain("413-555-0142");
  expect(english).toContain("Demonstration, not a real outage.");
  expect(await read("/es/ma/granby")).toContain("En una emergencia, marque el 911");
  expect(await read("/numbers.txt")).toContain("Granby, MA: In an emergency dial 911.");
  expect(await read("/robots.txt")).toContain("Sitemap: https://911.example.gov/sitemap.xml");
  expect((await write()).made).toBe(0);
});

test("an alert is on the pages of its places, and nothing else is written", async () => {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  [alertId, incidentId] = [draft.id, draft.incidentId];
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  const { made, kept } = await write();
  expect(kept).toBeGreaterThan(1400);
  // In each language, and what is read in their place once the alert has ended.
  expect(made).toBeLessThan(90);
  const page = await read("/ma/granby");
  expect(page).toContain("<h1>911 is not working in Granby, Massachusetts</h1>");
  expect(page).toMatch(/<a class="number" href="tel:\+14135550142" dir="ltr">413-555-0142<\/a>/);
  expect(page).toMatch(/Valid until \d/);
  // A reader without styles and scripts is told one thing, not both.
  expect(page.replace(/<script[\s\S]*?<\/script>/g, "")).not.toContain("has ended");
  expect(await read("/es/ma/granby")).toContain("<h1>El 911 no funciona en Granby, Massachusetts</h1>");
  const home = await read("/");
  expect(home).toContain("911 is not working in 2 places in Massachusetts");
  expect(home).toContain("Dial 911 there as usual.");
  const json = (await (await ask("/embed/ma/granby.json")).json()) as {
    standing: string;
    numbers: { number: string }[];
  };
  expect(json).toMatchObject({ standing: "out", numbers: [{ number: "413-555-0142" }] });
  // As the directory knows it: a number of an alert is one of its rows.
  const call = await story.client.testCall.findFirstOrThrow({
    where: { number: { e164: "+14135550142", placeId: granby }, result: { startsWith: "right-desk" } },
    orderBy: { calledAt: "desc" },
  });
  expect(json.numbers[0]).toMatchObject({ lastAnsweredAt: call.calledAt.toISOString() });
  expect((await ask("/embed/ma/granby.json")).headers.get("access-control-allow-origin")).toBe("*");
});

test("every linked message is byte for byte the stored one, and the feeds are read by our own reader", async () => {
  const feed = await read("/feed.atom");
  const { feed: parsed } = readFeed(Buffer.from(feed));
  const messages = await story.client.message.findMany({ where: { alertId } });
  expect(parsed?.entries).toHaveLength(messages.length);
  for (const { identifier, xml, sha256 } of messages) {
    expect(feed).toContain(`https://911.example.gov/cap/${identifier}.xml`);
    const answer = await ask(`/cap/${identifier}.xml`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(Buffer.from(xml!))).toBe(true);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(answer.headers.get("content-type")).toBe("application/cap+xml; charset=utf-8");
    expect(answer.headers.get("cache-control")).toContain("immutable");
  }
  for (const at of ["/feed.rss", "/feeds/state/ma.atom", "/feeds/agency/ma911.atom", "/feeds/place/ma/granby.rss"])
    expect((await ask(at)).status, at).toBe(200);
  expect(await read("/feeds/place/ma/boston.atom")).not.toContain("<entry>");
});

test("compressed ahead, asked again for nothing, and never outside its folder", async () => {
  const brotli = await ask("/ma/granby", { "accept-encoding": "br" });
  expect(brotli.headers.get("content-encoding")).toBe("br");
  const gzip = await ask("/ma/granby", { "accept-encoding": "gzip" });
  expect(gzip.headers.get("content-encoding")).toBe("gzip");
  expect(await gzip.text()).toBe(await brotli.text());
  const etag = brotli.headers.get("etag")!;
  const again = await ask("/ma/granby", { "accept-encoding": "br", "if-none-match": etag });
  expect(again.status).toBe(304);
  expect((await ask("/ma/granby/")).headers.get("location")).toBe("/ma/granby");
  for (const at of ["/manifest.json", "/../package.json", "/%2e%2e/%2e%2e/etc/passwd", "/.site", "/ma/nowhere", "/%ff"])
    expect((await ask(at)).status, at).toBe(404);
  expect((await fetch(`${url}/ma/granby`, { method: "POST" })).status).toBe(405);
  const policy = brotli.headers.get("content-security-policy")!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  const page = await (await ask("/ma/granby")).text();
  const hashes = [...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(
    ([, , text]) =>
      `'sha256-${createHash("sha256")
        .update(text ?? "")
        .digest("base64")}'`,
  );
  expect(hashes).toHaveLength(2);
  for (const hash of hashes) expect(policy).toContain(hash);
  expect(page).not.toMatch(/https?:\/\/(?!911\.example\.gov)/);
  const weight = Number((await ask("/ma/granby", { "accept-encoding": "br" })).headers.get("content-length"));
  expect(weight).toBeLessThan(14 * 1024);
});

test.each([
  ["granby", "/ma/granby"],
  ["GRANBY  ", "/ma/granby"],
  ["nantuc", "/ma/nantucket"],
  ["Amherst, Massachusetts", "/ma/amherst"],
  ["W. Springfield, MA", "/ma/west-springfield"],
])("the search without script: %s leads to %s", async (typed, at) => {
  const answer = await ask(`/find/?q=${encodeURIComponent(typed)}`);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(at);
});

test.each([
  ["/MA/Granby", "/ma/granby"],
  ["/ma/Granby/", "/ma/granby"],
  ["/ma/granby.HTML", "/ma/granby"],
  ["/ma/west%20springfield", "/ma/west-springfield"],
  ["/Ma/West_Springfield.html", "/ma/west-springfield"],
  ["/ma/%20granby%20", "/ma/granby"],
  ["/ma/manchester%20by%20the%20sea", "/ma/manchester-by-the-sea"],
  ["/ES/MA/Granby", "/es/ma/granby"],
  ["/ES", "/es/"],
  ["/Alerts", "/alerts/"],
])("an address as people type it: %s leads to %s", async (typed, at) => {
  const answer = await ask(typed);
  expect([answer.status, answer.headers.get("location")]).toEqual([301, at]);
  expect((await ask(at)).status).toBe(200);
});

test.each(["/ma/granbyy", "/MA/", "/ma/%ff", "/ma/..%2fgranby", "/ma//granby", "/%20", "/Granby%0d%0aX-Y: z"])(
  "an address that means no page leads nowhere: %s",
  async (typed) => expect((await ask(typed)).status).toBe(404),
);

test("the search asks when several places fit, and says when none does", async () => {
  const several = await read("/find/?q=north");
  expect(several).toContain("Which place do you mean?");
  expect(several).toContain("/ma/north-brookfield");
  const near = await read("/find/?q=amhurst");
  expect(near).toContain("Did you mean one of these places?");
  expect(near).toContain("/ma/amherst");
  const none = await ask(`/es/find/?q=${encodeURIComponent("<script>x")}`);
  expect(none.status).toBe(404);
  const page = await none.text();
  expect(page).toContain("Aquí ningún lugar tiene ese nombre.");
  expect(page).not.toContain("<script>x");
});

test("a page that outlives its alert says so, though nobody wrote it anew", async () => {
  clock = Date.now() + 3 * HOUR;
  const page = await read("/ma/granby");
  expect(page).toContain("<h1>The alert for Granby has ended</h1>");
  expect(page).not.toContain("911 is not working in Granby, Massachusetts</h1>");
  clock = null;
  // The one that is written anew then says the same.
  const later = new Date(Date.now() + 3 * HOUR);
  await write(later);
  expect(await read("/ma/granby")).toContain("<h1>The alert for Granby has ended</h1>");
  expect(await read("/feed.atom")).not.toContain("<entry>");
  await write();
});

test("an update replaces, an all-clear ends: pages, list and feeds tell them apart", async () => {
  await mark(story, dana, incidentId, [granby], "restored");
  const draft = await followUp(story, dana, { incidentId, purpose: "update" } as never);
  await submit(story, dana, draft);
  await approve(story, luis, draft);
  await write();
  const restored = await read("/ma/granby");
  expect(restored).toContain("<h1>911 works again in Granby</h1>");
  expect(restored).toContain("(replaced)");
  expect(restored).toContain("For the next time");
  expect(await read("/ma/amherst")).toContain("911 is not working in Amherst");
  const archive = await read("/feeds/archive.atom");
  expect(archive).toContain('term="replaced"');
  expect(archive).toContain('term="in-force"');
  expect(await read("/alerts/")).toMatch(/alerts\/MA911-/);
});

test("a newer outage takes the place of an older all-clear, for the people of that place alone", async () => {
  const phones = { audience: "phones", placeId: granby };
  const clear = await story.client.message.findFirstOrThrow({ where: { ...phones, tells: "all-clear" } });
  const inForceAt = async (at: string) =>
    [...(await read(at)).matchAll(/<cap:identifier>([^<]+)</g)].map(([, identifier]) => identifier);
  expect(await inForceAt("/feeds/place/ma/granby.atom")).toContain(clear.identifier);
  const draft = await draftFor(story, dana, [granby], { failure: "partial" });
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  await write();
  const outage = await story.client.message.findFirstOrThrow({ where: { ...phones, alertId: draft.id } });
  const page = await read("/ma/granby");
  expect(page).toContain("<h1>Some 911 calls fail in Granby, Massachusetts</h1>");
  expect(page.match(/>valid now</g)).toHaveLength(1);
  expect(page).toMatch(/911 works again in Granby, Massachusetts[^<]*<\/a\s*>\s*\(replaced\)/);
  const ofPlace = await inForceAt("/feeds/place/ma/granby.atom");
  expect(ofPlace).toContain(outage.identifier);
  expect(ofPlace).not.toContain(clear.identifier);
  // Its message was replaced by none, and goes on to be in force as such.
  expect(await inForceAt("/feed.atom")).toEqual(expect.arrayContaining([outage.identifier, clear.identifier]));
  const { code } = await story.client.alert.findUniqueOrThrow({ where: { id: clear.alertId } });
  expect(await read(`/alerts/${code}`)).toMatch(/911 works again in Granby, Massachusetts[^(]*\(replaced\)/);
  // Once the newer one has ended, nobody is told again that 911 works.
  clock = Date.now() + 3 * HOUR;
  expect(await read("/ma/granby")).toContain("<h1>The alert for Granby has ended</h1>");
  clock = null;
});

test("a text to 911 is offered while both the approved wording and the outage say that texts arrive", async () => {
  const places = await placesNamed(story.client, "Goshen");
  const draft = await draftFor(story, dana, places, { textTo911: "works" });
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  const works = async (id: string) => {
    const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
    return facts.places.find((place) => place.id === id)!.said[0]!.textsWork;
  };
  expect([await works(places[0]!), await works(granby)]).toEqual([true, false]);
  await story.client.incident.update({ where: { id: draft.incidentId }, data: { textTo911: "fails" } });
  expect(await works(places[0]!)).toBe(false);
});

test("of one message for several places each page gives its own number, and so do its data and the plain text", async () => {
  const quiet = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
  const known = quiet.places.filter(({ said, kept }) => said.length === 0 && kept?.lastAnsweredAt);
  const [one, other] = [known[0]!, known.find(({ kept }) => kept!.e164 !== known[0]!.kept!.e164)!];
  const draft = await draftFor(story, dana, [one.id, other.id]);
  await save(story, dana, draft.id, (content) => ({ ...content, grouping: "all" }));
  await submit(story, dana, draft.id);
  expect(await approve(story, luis, draft.id)).toMatchObject({ ok: true });
  const messages = await story.client.message.findMany({ where: { alertId: draft.id, audience: "phones" } });
  expect(messages).toHaveLength(1);
  await write();
  for (const { path: at, kept, label } of [one, other]) {
    const number = formatNumber(kept!);
    const box = /<div class="frame">[\s\S]*?<\/div>/.exec(await read(`/${at}`))?.[0];
    expect([...(box ?? "").matchAll(/href="tel:([^"]+)"/g)].map(([, dialed]) => dialed)).toEqual([kept!.e164]);
    const json = JSON.parse(await read(`/embed/${at}.json`)) as { numbers: { number: string }[] };
    expect(json.numbers.map((given) => given.number)).toEqual([number]);
    const line = (await read("/numbers.txt")).split("\n").find((text) => text.startsWith(`${label}, MA: `)) ?? "";
    expect(line.match(/\d{3}-555-\d{4}/g)).toEqual([number]);
  }
});

test("an exercise is on no page", async () => {
  const draft = await draftFor(story, dana, await placesNamed(story.client, "Hadley"), { mode: "exercise" });
  await submit(story, dana, draft.id);
  await approve(story, luis, draft.id);
  const { code } = await story.client.alert.findUniqueOrThrow({ where: { id: draft.id } });
  await write();
  expect((await ask(`/alerts/${code}`)).status).toBe(404);
  expect(await read("/ma/hadley")).toContain("No 911 outage is announced for Hadley.");
  const pack = Pack.open(folder)!;
  for (const file of Object.keys(pack.table.files)) expect(file).not.toContain(code);
  pack.close();
});

test("each page that is written first leads to what is read once its alert has ended, which is written with it", async () => {
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-first-"));
  const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
  await writePack(elsewhere, listFiles(facts), (ids) => loadBytes(story.client, ids), Date.now(), { pagesFirst: true });
  const pack = Pack.open(elsewhere)!;
  const led = Object.values(pack.table.files).flatMap(({ until }) => until?.instead ?? []);
  expect(led).toEqual(expect.arrayContaining(["index.ended.html", "es/ma/amherst.ended.html", "numbers.ended.txt"]));
  for (const name of led) expect(pack.find(name), name).toBeDefined();
  expect(pack.find("feed.atom")).toBeUndefined();
  pack.close();
  fs.rmSync(elsewhere, { recursive: true });
});

test("a translation that stays as it was until the next time goes on to lead to what is read after its end", async () => {
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-later-"));
  const page = { path: "ht/ma/granby.html", follows: true };
  const ended = { path: "ht/ma/granby.ended.html", follows: true, key: "over", make: () => "over" };
  const out = { ...page, key: "out", make: () => "out", until: { at: 10, instead: ended.path } };
  await writePack(elsewhere, [out, ended], async () => new Map(), 1);
  await writePack(elsewhere, [{ ...page, key: "quiet", make: () => "quiet" }], async () => new Map(), 2, {
    pagesFirst: true,
  });
  const pack = Pack.open(elsewhere)!;
  expect(pack.find(page.path)?.until).toEqual(out.until);
  expect(pack.read(pack.find(ended.path)!.raw).toString("utf8")).toBe("over");
  pack.close();
  fs.rmSync(elsewhere, { recursive: true });
});

test("the pages of the languages an alert is written in do not wait for others, nor for feeds, which stay as they were until then", async () => {
  const rewrite = async (options?: { pagesFirst: boolean }) => {
    const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
    const changed = { ...facts, demonstration: !facts.demonstration };
    return writePack(folder, listFiles(changed), (ids) => loadBytes(story.client, ids), Date.now(), options);
  };
  const followed = ["ma/granby.html", "ht/ma/granby.html", "feed.atom"];
  const keysOf = () => {
    const pack = Pack.open(folder)!;
    const keys = followed.map((name) => pack.find(name)!.key);
    pack.close();
    return keys;
  };
  const before = keysOf();
  const first = await rewrite({ pagesFirst: true });
  expect(first.later).toBeGreaterThan(351 * 4);
  const between = keysOf();
  expect(between.map((key, at) => key === before[at])).toEqual([false, true, true]);
  // Brotli follows as well; until then those who take it are sent gzip.
  const formsOf = () => {
    const pack = Pack.open(folder)!;
    const { br, gzip } = pack.find("ma/granby.html")!;
    pack.close();
    return [br !== undefined, gzip !== undefined];
  };
  expect(formsOf()).toEqual([false, true]);
  const sent = async () => (await ask("/ma/granby", { "accept-encoding": "gzip, br" })).headers.get("content-encoding");
  await expect.poll(sent).toBe("gzip");
  const second = await rewrite();
  expect(second.later).toBe(0);
  expect(second.pressed).toBeGreaterThan(351 * 2);
  expect(second.made + second.pressed).toBeLessThanOrEqual(first.later);
  expect(formsOf()).toEqual([true, true]);
  await expect.poll(sent).toBe("br");
  const after = keysOf();
  expect(after.map((key, at) => key === between[at])).toEqual([true, false, false]);
});

test("what cannot be written leaves what is read as it was", async () => {
  const before = Pack.markOf(folder);
  const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
  const files = [...listFiles(facts), { path: "broken.html", key: "x", make: () => "", message: "nowhere" }];
  await expect(writePack(folder, files, (ids) => loadBytes(story.client, ids), Date.now())).rejects.toThrow(
    "are not stored",
  );
  expect(Pack.markOf(folder)).toBe(before);
  expect(fs.readdirSync(folder)).toEqual([PACK]);
  expect((await ask("/ma/granby")).status).toBe(200);
});

describe("a disk that takes no more", () => {
  /** The soft limit on how large a file of this process may be: a disk that is full for it alone. */
  const limitFiles = (bytes: number | "unlimited") =>
    execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);

  test.each([
    ["after half of it", (size: number) => Math.floor(size / 2)],
    // What is taken over stands elsewhere than what is made, and the table is some digits longer or shorter.
    ["shortly before the end, where it still takes a part", (size: number) => size - 20_000],
  ])("%s: nothing is put in place, and what was read is read", async (_, limitOf) => {
    const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
    const write = () =>
      writePack(folder, listFiles({ ...facts, name: "Another name" }), (ids) => loadBytes(story.client, ids), 1);
    const before = Pack.markOf(folder);
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-size-"));
    await writePack(elsewhere, listFiles({ ...facts, name: "Another name" }), (ids) => loadBytes(story.client, ids), 1);
    const { size } = fs.statSync(path.join(elsewhere, PACK));
    fs.rmSync(elsewhere, { recursive: true });
    limitFiles(limitOf(size));
    const trouble: unknown = await write().then(
      () => null,
      (error: unknown) => error,
    );
    limitFiles("unlimited");
    expect(describeFileTrouble(trouble)).toContain("What was there before is still served");
    expect(Pack.markOf(folder)).toBe(before);
    expect(fs.readdirSync(folder)).toEqual([PACK]);
    expect((await ask("/ma/granby")).status).toBe(200);
    // With room again it is written as if nothing had been.
    await write();
    // The server looks some forty times a second.
    await pause(150);
    expect(Pack.markOf(folder)).not.toBe(before);
    expect(await read("/")).toContain("Another name");
  });

  test("a folder that can only be read", async () => {
    const facts = await loadSiteFacts(story.client, "https://911.example.gov", new Date());
    const before = Pack.markOf(folder);
    fs.chmodSync(folder, 0o555);
    const root = process.getuid?.() === 0;
    // Root may write anywhere, so it is not root that tries.
    if (root) process.seteuid?.(65534);
    const trouble: unknown = await writePack(
      folder,
      listFiles(facts),
      (ids) => loadBytes(story.client, ids),
      Date.now(),
    ).then(
      () => null,
      (error: unknown) => error,
    );
    if (root) process.seteuid?.(0);
    fs.chmodSync(folder, 0o755);
    expect(describeFileTrouble(trouble)).toMatch(/may not write there/);
    expect(Pack.markOf(folder)).toBe(before);
    expect((await ask("/ma/granby")).status).toBe(200);
  });
});
