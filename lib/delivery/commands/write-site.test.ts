import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { isNightly } from "../../platform/nightly-for-tests";
import { addChannel } from "../channel-for-tests";
import { Pack, PACK } from "../channels/public-site/pack";
import { servePublicSite, type SiteServer } from "../public-server/serve";
import { deliver } from "./deliver";
import { renewSite } from "./write-site";

/** The same job many times: the same bytes, identifiers and ETags, in the site and at a channel. */

const TIMES = isNightly ? 10 : 3;

let story: Story;
let folder: string;
let drop: string;
let server: SiteServer;
let url: string;
let alertId: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-same-"));
  drop = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-drop-"));
  server = await servePublicSite(folder, { host: "127.0.0.1", port: 0 });
  const address = server.server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  await addChannel(story.client, {
    id: "drop",
    kind: "file-drop",
    name: "Drop",
    state: "live",
    settings: { folder: drop },
  });
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  alertId = (await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"))).id;
  await submit(story, dana, alertId);
  await approve(story, luis, alertId);
});
afterAll(async () => {
  await server.close();
  for (const one of [folder, drop]) fs.rmSync(one, { recursive: true, force: true });
  await story.client.$disconnect();
});

const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const site = () => ({ folder, url: "https://911.example.gov" });

/** Every address that matters, as a reader gets it. */
async function readAll() {
  const messages = await story.client.message.findMany({ where: { alertId }, orderBy: { identifier: "asc" } });
  const { code } = await story.client.alert.findUniqueOrThrow({ where: { id: alertId } });
  const read: Record<string, string> = {};
  for (const at of [
    "/",
    "/es/",
    "/ma/granby",
    "/ma/boston",
    `/alerts/${code}`,
    "/feed.atom",
    "/feed.rss",
    "/feeds/place/ma/granby.atom",
    "/numbers.txt",
    "/embed/ma/granby.json",
    ...messages.map(({ identifier }) => `/cap/${identifier}.xml`),
  ]) {
    const answer = await fetch(url + at);
    expect(answer.status, at).toBe(200);
    read[at] = `${answer.headers.get("etag")} ${sum(Buffer.from(await answer.arrayBuffer()))}`;
  }
  return read;
}

/** Every file of the site as it is written now, with its ETag. */
function listWritten() {
  const pack = Pack.open(folder)!;
  const written = Object.entries(pack.table.files).map(([name, { etag, raw }]) => [name, etag, sum(pack.read(raw))]);
  pack.close();
  return written.map((one) => one.join(" ")).sort();
}

test(`the site written ${TIMES} times is the same, byte for byte and ETag for ETag`, async () => {
  const began = Date.now();
  await renewSite(story.client, site(), new Date(began));
  await vi.waitFor(async () => expect((await fetch(`${url}/feed.atom`)).status).toBe(200), { timeout: 5000 });
  const [first, written] = [await readAll(), listWritten()];
  for (let time = 2; time <= TIMES; time += 1) {
    const { made } = await renewSite(story.client, site(), new Date(began + time * 1000));
    expect(made).toBe(0);
    expect(listWritten()).toEqual(written);
  }
  expect(await readAll()).toEqual(first);
});

test("made anew from nothing, at the same moment, it is the same as well", async () => {
  const now = new Date();
  const sums = new Set<string>();
  for (let time = 0; time < 2; time += 1) {
    fs.rmSync(path.join(folder, PACK));
    await renewSite(story.client, site(), now);
    sums.add(sum(fs.readFileSync(path.join(folder, PACK))));
  }
  expect(sums.size).toBe(1);
});

test("a delivery run ten times, at once and one after the other: one file with the same bytes, the same identifier", async () => {
  const post = {
    mail: null,
    writeSite: async () => "",
    publicUrl: url,
    secret: "a secret of at least thirty-two characters",
  };
  const before = await story.client.message.findMany({ where: { alertId }, orderBy: { identifier: "asc" } });
  const deliveries = await story.client.delivery.findMany({ where: { alertId, channelId: "drop" } });
  expect(deliveries).toHaveLength(before.length);
  for (let time = 0; time < 10; time += 1) {
    await Promise.all(deliveries.map(({ id }) => deliver(story.client, id, post)));
    // As if the worker had died before it noted that it was done.
    await story.client.delivery.updateMany({ where: { alertId, channelId: "drop" }, data: { state: "stored" } });
  }
  expect(fs.readdirSync(drop).sort()).toEqual(before.map(({ identifier }) => `${identifier}.xml`));
  for (const { identifier, sha256 } of before)
    expect(sum(fs.readFileSync(path.join(drop, `${identifier}.xml`)))).toBe(sha256);
  const keys = await story.client.delivery.findMany({ where: { alertId, channelId: "drop" }, select: { key: true } });
  expect(keys.map(({ key }) => key).sort()).toEqual(before.map(({ identifier }) => `drop:${identifier}`));
  const after = await story.client.message.findMany({ where: { alertId }, orderBy: { identifier: "asc" } });
  expect(after.map(({ identifier, sha256 }) => [identifier, sha256])).toEqual(
    before.map(({ identifier, sha256 }) => [identifier, sha256]),
  );
});
