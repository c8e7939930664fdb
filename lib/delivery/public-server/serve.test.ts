import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../platform/embedded-postgres";
import { have } from "../../standards/signature/keys-for-tests";
import { writePack } from "../channels/public-site/commands/write-pack";
import { writeTree } from "../channels/public-site/commands/write-tree";
import type { PlacesToFind } from "../channels/public-site/files";
import { plainName } from "../channels/public-site/home-page";
import { SHIPPED_LANGUAGES } from "../../wording/shipped-languages";
import { servePublicSite, type SiteServer } from "./serve";

/** nginx with the configuration that is shipped, beside our own server, over the same files. */

const page = (title: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><p>${"x".repeat(2000)}</p></html>`;
const FILES = {
  "index.html": page("home"),
  "ma/granby.html": page("Granby"),
  "es/ma/granby.html": page("Granby, es"),
  "alerts/index.html": page("alerts"),
  "alerts/A-1.html": page("alert"),
  "find/index.html": page("find"),
  "feed.atom": "<feed/>",
  "feeds/none.atom": "<feed>none</feed>",
  "feeds/none.rss": "<rss>none</rss>",
  "feeds/place/ma/granby.atom": "<feed>granby</feed>",
  "ma/hadley.html": page("Hadley"),
  "cap/A-1-GRANBY.xml": "<alert/>",
  "embed/ma/granby.json": "{}",
  "embed/ma/granby.html": page("embedded"),
  "numbers.txt": "Granby\n",
  "robots.txt": "User-agent: *\n",
  "offline.js": "1;\n",
};

describe("the search, where no script runs", () => {
  let folder: string;
  let own: SiteServer;
  let address: string;
  const place = (path: string, label: string, ...names: string[]) => ({
    path,
    label,
    names: [label, ...names].map(plainName),
  });
  const found: PlacesToFind = {
    site: { name: "Massachusetts", url: "https://numbers.example", demonstration: true },
    languages: SHIPPED_LANGUAGES.flatMap(({ code, name, direction, site }) =>
      site ? [{ code, name, direction, words: site }] : [],
    ),
    places: [
      place("ma/granby", "Granby", "01033", "Hampshire County"),
      place("ma/ludlow", "Ludlow", "01056", "Hampden County"),
      place("ma/manchester", "Manchester-by-the-Sea", "01944", "Manchester", "Essex County"),
      place("ma/south-hadley", "South Hadley", "01075", "01033", "Hampshire County"),
      place("ma/hadley", "Hadley", "01035", "Hampshire County"),
    ],
  };

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-search-"));
    const files = [
      { path: "places.json", key: "places", make: () => JSON.stringify(found) },
      { path: "index.html", key: "home", make: () => page("home") },
    ];
    await writePack(folder, files, async () => new Map(), 1);
    own = await servePublicSite(folder, { host: "127.0.0.1", port: 0 });
    const at = own.server.address();
    address = `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`;
  });
  afterAll(async () => {
    await own.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["granby", ["/ma/granby"]],
    ["  GRANBY ", ["/ma/granby"]],
    ["Manchester by the Sea", ["/ma/manchester"]],
    ["hadley", ["/ma/hadley"]],
    ["hadl", ["South Hadley", "Hadley"]],
    ["01056", ["/ma/ludlow"]],
    ["01056-1234", ["/ma/ludlow"]],
    ["01033", ["Granby", "South Hadley"]],
    ["hampshire county", ["Granby", "South Hadley", "Hadley"]],
    ["90210", []],
    ["<q>", []],
    ["", []],
  ])("%j", async (typed, expected) => {
    const answer = await fetch(`${address}/find/?q=${encodeURIComponent(typed)}`, { redirect: "manual" });
    if (expected.length === 1) {
      expect([answer.status, answer.headers.get("location")]).toEqual([303, expected[0]]);
      return;
    }
    const links = [...(await answer.text()).matchAll(/<li><a href="\/ma\/[^"]*">([^<]*)<\/a>/g)].map(
      (match) => match[1],
    );
    expect([answer.status, links]).toEqual([expected.length === 0 ? 404 : 200, expected]);
  });
});

describe.skipIf(!have("nginx"))("nginx over the same files", () => {
  let folder: string;
  let prefix: string;
  let nginx: ChildProcess;
  let own: SiteServer;
  let [ours, theirs] = ["", ""];

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-served-"));
    prefix = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-nginx-"));
    for (const one of [folder, prefix]) fs.chmodSync(one, 0o755);
    const files = Object.entries(FILES).map(([file, text]) => ({ path: file, key: file, make: () => text }));
    await writePack(folder, files, async () => new Map(), 1);
    await writeTree(folder, path.join(folder, "tree"));
    own = await servePublicSite(folder, { host: "127.0.0.1", port: 0 });
    const address = own.server.address();
    ours = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    const port = await freePort();
    theirs = `http://127.0.0.1:${port}`;
    const config = fs
      .readFileSync("docs/nginx.conf", "utf8")
      .replace("127.0.0.1:8911", `127.0.0.1:${port}`)
      .replace("/var/lib/callbox/tree/current", path.join(folder, "tree", "current"));
    fs.writeFileSync(path.join(prefix, "nginx.conf"), config);
    nginx = spawn("nginx", ["-p", prefix, "-c", path.join(prefix, "nginx.conf"), "-g", "daemon off;"], {
      stdio: "ignore",
    });
    for (let left = 100; left > 0; left -= 1) {
      if (
        await fetch(theirs).then(
          () => true,
          () => false,
        )
      )
        return;
      await pause(50);
    }
    throw new Error("nginx did not start.");
  });
  afterAll(async () => {
    nginx.kill("SIGTERM");
    await own.close();
    for (const one of [folder, prefix]) fs.rmSync(one, { recursive: true, force: true });
  });

  test.each([
    "/",
    "/ma/granby",
    "/es/ma/granby",
    "/alerts/",
    "/alerts/A-1",
    "/find/",
    "/feed.atom",
    "/feeds/place/ma/granby.atom",
    "/feeds/place/ma/hadley.atom",
    "/feeds/place/ma/hadley.rss",
    "/cap/A-1-GRANBY.xml",
    "/embed/ma/granby.json",
    "/embed/ma/granby.html",
    "/numbers.txt",
    "/robots.txt",
    "/offline.js",
    "/ma/nowhere",
    "/keys.json",
    "/cap/nothing.xml",
    "/%2e%2e/%2e%2e/etc/passwd",
  ])("%s is the same", async (at) => {
    const [mine, its] = [await fetch(ours + at), await fetch(theirs + at)];
    expect(its.status).toBe(mine.status);
    if (mine.status !== 200) return;
    expect(await its.text()).toBe(await mine.text());
    for (const name of [
      "content-type",
      "cache-control",
      "x-content-type-options",
      "referrer-policy",
      "access-control-allow-origin",
    ])
      expect(its.headers.get(name), name).toBe(mine.headers.get(name));
    for (const one of [mine, its]) {
      const policy = one.headers.get("content-security-policy");
      if (!at.match(/\.(?!html)/))
        expect(policy).toContain(at.startsWith("/embed/") ? "frame-ancestors *" : "frame-ancestors 'none'");
    }
  });

  test("what was written ahead is what is sent, and a new generation is read at once", async () => {
    const packed = await fetch(`${theirs}/ma/granby`, { headers: { "accept-encoding": "gzip" } });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(await packed.text()).toBe(FILES["ma/granby.html"]);
    const files = Object.entries(FILES).map(([file, text]) => ({
      path: file,
      key: file === "ma/granby.html" ? "another" : file,
      make: () => (file === "ma/granby.html" ? page("Granby, later") : text),
    }));
    await writePack(folder, files, async () => new Map(), 2);
    await writeTree(folder, path.join(folder, "tree"));
    for (let left = 60; ; left -= 1) {
      const now = await (await fetch(`${theirs}/ma/granby`)).text();
      if (now.includes("Granby, later")) break;
      expect(left, "nginx goes on with the old page").toBeGreaterThan(0);
      await pause(50);
    }
  });
});
