import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { folderOf, type SiteFacts } from "../../delivery/channels/public-site/facts";
import { Pack } from "../../delivery/channels/public-site/pack";
import { freePort } from "../../platform/embedded-postgres";
import type { ScratchSite } from "../scratch-site";
import { CHECKOUT } from "../steps";
import { type Figure, median } from "./measure";

/** The public side: from the press to what people read, the site written anew, and its server beside nginx. */

const READABLE_LIMIT_MS = 1000;
const WRITE_LIMIT_MS = 5000;
const RUNS = 5;
/** Ten segments of TCP, in bytes. */
const ONE_ROUND_TRIP = 14 * 1024;
const SECONDS = 5;
const CONNECTIONS = 64;

/** From the press that approves 351 places until the last of their messages is on the public site. */
async function measureReadable(site: ScratchSite): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const story = await import("../../alerts/story-for-tests");
  const [client, owner] = [connect(site.databaseUrl), connect(site.ownerUrl)];
  const open = story.toStory(client, { ownerUrl: site.ownerUrl, appUrl: site.databaseUrl });
  const [whole, after]: [number[], number[]] = [[], []];
  let messages = 0;
  try {
    const [dana, luis] = [await open.actor("dana"), await open.actor("luis")];
    const rows = await client.place.findMany({
      where: { kind: "municipality", id: { startsWith: "25" } },
      select: { id: true },
    });
    for (let run = 0; run < RUNS; run += 1) {
      const draft = await story.draftFor(
        open,
        dana,
        rows.map(({ id }) => id),
      );
      const blocked = await story.blockedPlaces(open, draft.id);
      await story.save(open, dana, draft.id, (content) => ({
        ...content,
        numbers: Object.fromEntries(
          blocked.map((id) => [id, { choice: "no-number" as const, reason: "Nobody verified a number here" }]),
        ),
      }));
      await story.submit(open, dana, draft.id);
      // What follows the alert before is not what this one waits for: minutes lie between two.
      for (;;) {
        const [left] = await owner.$queryRaw<{ jobs: number }[]>`
          select count(*)::int as jobs from graphile_worker.jobs where locked_at is not null or run_at <= now()`;
        if (left?.jobs === 0) break;
        await pause(50);
      }
      const began = performance.now();
      const result = await story.approve(open, luis, draft.id);
      if (!result.ok) throw new Error(result.message);
      const approved = performance.now();
      const alert = await client.alert.findUniqueOrThrow({
        where: { id: draft.id },
        select: { code: true, messages: { select: { identifier: true } } },
      });
      messages = alert.messages.length;
      for (;;) {
        const answer = await fetch(`${site.publicUrl}/alerts/${alert.code}`);
        const body = await answer.text();
        if (answer.ok && alert.messages.every(({ identifier }) => body.includes(`/cap/${identifier}.xml`))) break;
        if (performance.now() - began > 60_000) throw new Error("It is not on the public site after a minute.");
        await pause(10);
      }
      whole.push(performance.now() - began);
      after.push(performance.now() - approved);
    }
  } finally {
    await Promise.all([client.$disconnect(), owner.$disconnect()]);
  }
  const limit = { name: "the limit", milliseconds: READABLE_LIMIT_MS, times: 1 };
  return [
    {
      name: `from the stored approval to the last of ${messages} messages on the public site`,
      milliseconds: median(after),
      runs: RUNS,
      against: limit,
    },
    { name: "the same from the press, approval included", milliseconds: median(whole), runs: RUNS },
  ];
}

/** The places of the demonstration again and again, each time under another name. */
function manyPlaces(facts: SiteFacts, count: number): SiteFacts {
  const places = Array.from({ length: count }, (_, index) => {
    const place = facts.places[index % facts.places.length]!;
    const turn = Math.floor(index / facts.places.length);
    return turn === 0
      ? place
      : {
          ...place,
          id: `${place.id}-${turn}`,
          path: `${place.path}-${turn}`,
          name: `${place.name} ${turn}`,
          label: `${place.label} ${turn}`,
        };
  });
  return { ...facts, places };
}

/** The whole site written, and written again after one change that is in every page. */
async function measureWriting(databaseUrl: string, scratch: string): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const { loadBytes, loadSiteFacts } = await import("../../delivery/channels/public-site/data");
  const { listFiles } = await import("../../delivery/channels/public-site/files");
  const { writePack } = await import("../../delivery/channels/public-site/commands/write-pack");
  const client = connect(databaseUrl);
  const figures: Figure[] = [];
  try {
    // The limit is for the languages an alert is written in; those of the pages alone follow in a second job.
    for (const [count, translated] of [
      [351, false],
      [3500, false],
      [351, true],
      [3500, true],
    ] as const) {
      const folder = path.join(scratch, `written-${count}-${translated}`);
      const write = async (change: (facts: SiteFacts) => SiteFacts) => {
        const now = new Date();
        const began = performance.now();
        const read = await loadSiteFacts(client, "http://localhost", now);
        const languages = read.languages.filter(({ translation }) => translated || translation === undefined);
        const facts = change(manyPlaces({ ...read, languages }, count));
        places = facts;
        const written = await writePack(folder, listFiles(facts), (ids) => loadBytes(client, ids), now.getTime());
        return { ...written, milliseconds: performance.now() - began };
      };
      let places: SiteFacts | undefined;
      const first = await write((facts) => facts);
      const same = await write((facts) => facts);
      const all = await write((facts) => ({ ...facts, name: `${facts.name} again` }));
      const limit = translated ? {} : { against: { name: "the limit", milliseconds: WRITE_LIMIT_MS, times: 1 } };
      figures.push(
        {
          name: `the site of ${count} places in ${places?.languages.length ?? 0} languages written, all of it`,
          milliseconds: first.milliseconds,
          runs: 1,
          ...limit,
          note: `${first.made} files; the heaviest place page ${places ? heaviest(folder, places) : ""} bytes compressed`,
        },
        {
          name: "the same with one change that is in every page",
          milliseconds: all.milliseconds,
          runs: 1,
          ...limit,
          note: `${all.made} made, ${all.kept} kept`,
        },
        {
          name: "the same with nothing changed",
          milliseconds: same.milliseconds,
          runs: 1,
          note: `${same.kept} kept`,
        },
      );
      fs.rmSync(folder, { recursive: true });
    }
  } finally {
    await client.$disconnect();
  }
  return figures;
}

/**
 * Bytes of the heaviest page of a place, as gzip and as Brotli.
 * @throws above 14 KB, which is what one round trip carries
 */
function heaviest(folder: string, facts: SiteFacts): string {
  const pack = Pack.open(folder);
  if (!pack) throw new Error("No site was written.");
  const pages = facts.places.flatMap(({ path: at }) =>
    facts.languages.flatMap((language) => pack.find(`${folderOf(facts, language)}${at}.html`) ?? []),
  );
  const most = (kind: "gzip" | "br") => Math.max(...pages.map((entry) => (entry[kind] ?? entry.raw)[1]));
  const [gzip, brotli] = [most("gzip"), most("br")];
  pack.close();
  if (gzip > ONE_ROUND_TRIP) throw new Error(`A page of a place weighs ${gzip} bytes.`);
  return `gzip ${gzip}, Brotli ${brotli}`;
}

const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

interface Load {
  perSecond: number;
  p99: number;
}

/** Requests a second and the 99th percentile in milliseconds, as wrk counts them. */
function wrk(url: string, seconds = SECONDS): Load {
  const { stdout } = spawnSync(
    "wrk",
    ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency", "-H", "Accept-Encoding: gzip", url],
    { encoding: "utf8" },
  );
  const [, value = "0", unit = "ms"] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0),
    p99: Number(value) * (unit === "us" ? 0.001 : unit === "s" ? 1000 : 1),
  };
}

/** The public server beside nginx over the same files, taking turns. */
async function measureServing(site: ScratchSite, scratch: string): Promise<Figure[]> {
  if (!has("wrk") || !has("nginx")) {
    return [
      { name: "the public server beside nginx: not measured, wrk or nginx is not here", milliseconds: 0, runs: 0 },
    ];
  }
  const port = await freePort();
  const { writeTree } = await import("../../delivery/channels/public-site/commands/write-tree");
  const tree = path.join(scratch, "tree");
  await writeTree(site.publicFolder, tree);
  const prefix = path.join(scratch, "nginx");
  fs.mkdirSync(prefix, { recursive: true });
  const config = fs
    .readFileSync(path.join(CHECKOUT, "docs", "nginx.conf"), "utf8")
    .replace("/var/lib/callbox/tree/current", path.join(tree, "current"))
    .replace("127.0.0.1:8911", `127.0.0.1:${port}`)
    .replace("worker_processes auto", "worker_processes 1");
  fs.writeFileSync(path.join(prefix, "nginx.conf"), config);
  const nginx = spawn("nginx", ["-p", prefix, "-c", path.join(prefix, "nginx.conf"), "-g", "daemon off;"], {
    stdio: "ignore",
  });
  try {
    await pause(500);
    const page = "/ma/granby";
    const [ours, theirs]: [Load[], Load[]] = [[], []];
    // As every figure here: after one that warms up.
    for (const url of [`${site.publicUrl}${page}`, `http://127.0.0.1:${port}${page}`]) wrk(url, 2);
    for (let run = 0; run < RUNS; run += 1) {
      ours.push(wrk(`${site.publicUrl}${page}`));
      theirs.push(wrk(`http://127.0.0.1:${port}${page}`));
    }
    const of = (loads: Load[], pick: (load: Load) => number) => median(loads.map(pick));
    const [rate, their] = [of(ours, ({ perSecond }) => perSecond), of(theirs, ({ perSecond }) => perSecond)];
    return [
      {
        name: "a thousand pages from the public server, 64 connections",
        milliseconds: 1_000_000 / rate,
        runs: RUNS,
        against: { name: "nginx with one worker", milliseconds: 1_000_000 / their, times: 2 },
        note: `${Math.round(rate)} against ${Math.round(their)} a second, ratio ${(rate / their).toFixed(2)}; 99th percentile ${of(ours, ({ p99 }) => p99).toFixed(1)} against ${of(theirs, ({ p99 }) => p99).toFixed(1)} ms`,
      },
    ];
  } finally {
    nginx.kill("SIGTERM");
  }
}

export async function measurePublic(site: ScratchSite, scratch: string): Promise<Figure[]> {
  return [
    ...(await measureReadable(site)),
    ...(await measureWriting(site.databaseUrl, scratch)),
    ...(await measureServing(site, scratch)),
  ];
}
