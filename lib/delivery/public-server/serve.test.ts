import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../platform/embedded-postgres";
import { isNightly } from "../../platform/nightly-for-tests";
import { have } from "../../standards/signature/keys-for-tests";
import { writePack } from "../channels/public-site/commands/write-pack";
import { writeTree } from "../channels/public-site/commands/write-tree";
import type { PlacesToFind } from "../channels/public-site/files";
import { homePage } from "../channels/public-site/home-page";
import { plainName } from "../channels/public-site/search";
import { SITES } from "../channels/public-site/states-for-tests";
import { SHIPPED_LANGUAGES } from "../../wording/shipped-languages";
import { servePublicSite, type SiteServer } from "./serve";

/** nginx with the configuration that is shipped, beside our own server, over the same files. */

const page = (title: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><p>${"x".repeat(2000)}</p></html>`;
const FILES = {
  "index.html": page("home"),
  // As it is written, with what it may do.
  "first/index.html": homePage(SITES["a quiet day"], SITES["a quiet day"].languages[0]!),
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

/** What is asked for and not there. */
const ABSENT = new Set([
  "/ma/nowhere",
  "/keys.json",
  "/cap/nothing.xml",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/.git/HEAD",
  "/ma/",
  "/site.pack",
]);

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
    ...ABSENT,
  ])("%s is the same", async (at) => {
    const [mine, its] = [await fetch(ours + at), await fetch(theirs + at)];
    expect(its.status).toBe(mine.status);
    // A folder is no list, and what lies beside the site is not served: neither the checkout nor the files it is packed in.
    expect(mine.status === 200, at).toBe(!ABSENT.has(at));
    if (mine.status !== 200) return;
    expect(mine.headers.get("content-type")).toMatch(
      /^(?:text\/(?:html|plain|javascript|css)|application\/(?:atom\+xml|rss\+xml|cap\+xml|xml|json)); ?charset=utf-8$/,
    );
    expect(mine.headers.get("referrer-policy")).toBe("no-referrer");
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

  test("a page runs its own script and style behind nginx, and no other", async () => {
    const answer = await fetch(`${theirs}/first/`);
    const text = await answer.text();
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)" \/>/.exec(text)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    for (const one of [policy, answer.headers.get("content-security-policy")!]) expect(one).not.toContain("unsafe");
    const inline = [...text.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)];
    expect(inline.map(([, kind]) => kind)).toEqual(["style", "script"]);
    for (const [, kind, body] of inline) {
      const hash = createHash("sha256").update(body!).digest("base64");
      expect(policy).toMatch(new RegExp(`${kind}-src [^;]*'sha256-${hash.replace(/[+/]/g, "\\$&")}'`));
      expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf(`<${kind}>`));
    }
    const frame = (await fetch(`${theirs}/embed/ma/granby.html`)).headers.get("content-security-policy")!;
    expect(frame).toContain("default-src 'none'");
    expect(frame).not.toContain("script-src");
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

/** By day some thousand reads, at night a hundred thousand. */
const READS = isNightly ? 100_000 : 3000;

test(`${READS} reads at once, while the site is replaced: each is one generation, whole`, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-atomic-"));
  const tree = path.join(folder, "tree");
  const names = ["index.html", "feed.atom", "feed.rss", "ma/granby.html", "numbers.txt", "cap/A-1.xml"];
  // A text that tells by itself whether it is whole: its generation, something to fill it, and the sum of both.
  const make = (generation: number, name: string) => {
    const text = `${generation} ${name} ${String(generation % 10).repeat(4000 + (generation % 7) * 1500)}`;
    return `${text}\n${createHash("sha256").update(text).digest("hex")}\n`;
  };
  const generationOf = (body: string): number => {
    const [text = "", sum] = body.split("\n");
    return createHash("sha256").update(text).digest("hex") === sum ? Number(text.split(" ")[0]) : NaN;
  };
  let generation = 0;
  const replace = async () => {
    generation += 1;
    const files = names.map((name) => ({ path: name, key: `${generation}`, make: () => make(generation, name) }));
    await writePack(folder, files, async () => new Map(), generation);
    await writeTree(folder, tree);
  };
  await replace();
  const own = await servePublicSite(folder, { host: "127.0.0.1", port: 0 });
  const address = own.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  const ask = (at: string) =>
    new Promise<string>((resolve, reject) => {
      http
        .get({ host: "127.0.0.1", port, path: at, agent }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
          answer.on("error", reject);
        })
        .on("error", reject);
    });
  const partial: string[] = [];
  const seen = new Set<number>();
  let [left, reading] = [READS, true];
  const reader = async (from: number) => {
    for (let last = 0, turn = from; left > 0; turn += 1) {
      left -= 1;
      const name = names[turn % names.length]!;
      const body = await ask(`/${name === "index.html" ? "" : name.replace(/\.html$/, "")}`);
      const read = generationOf(body);
      seen.add(read);
      // Whole, and never older than what this reader had before.
      if (!(read >= last)) partial.push(`${name}: ${body.slice(0, 80)}`);
      last = read;
      if (turn % 10 === 0) {
        const file = await fs.promises.readFile(path.join(tree, "current", name), "utf8");
        if (Number.isNaN(generationOf(file))) partial.push(`${name} in the tree: ${file.slice(0, 80)}`);
      }
    }
  };
  const readers = Promise.all(Array.from({ length: 50 }, (_, from) => reader(from))).finally(() => (reading = false));
  while (reading) {
    await replace();
    await pause(20);
  }
  await readers;
  agent.destroy();
  await own.close();
  fs.rmSync(folder, { recursive: true, force: true });
  expect(partial).toEqual([]);
  expect(seen.size, "generations that were read").toBeGreaterThan(3);
}, 600_000);
