import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { PRISMA } from "../steps";

/** What an upgrade is tried on: databases as landed versions left them, and a public site that is read all the while. */

const FIXTURES = path.join(PRISMA, "fixtures");

/** The commits that were landed, of which a database is kept; the oldest first, by the last migration they knew. */
export function listLandings(): string[] {
  const throughOf = (name: string) =>
    (JSON.parse(gunzipSync(fs.readFileSync(path.join(FIXTURES, name))).toString("utf8")) as { through: string })
      .through;
  return fs
    .readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".json.gz"))
    .map((name) => ({ commit: name.replace(".json.gz", ""), through: throughOf(name) }))
    .sort((left, right) => left.through.localeCompare(right.through))
    .map(({ commit }) => commit);
}

/** The commit that first served a public site, and still keeps its pages here. */
export const FIRST_SITE = "940ec36";

/** Lays out the public site as the first version that had one wrote it. @param file where it is served from */
export function layFirstSite(file: string): void {
  fs.writeFileSync(file, gunzipSync(fs.readFileSync(path.join(FIXTURES, `${FIRST_SITE}.pack.gz`))));
}

export interface Read {
  answers: number;
  /** What was asked for in vain, with why. */
  failures: string[];
  /** The longest anybody waited for a page, in milliseconds. */
  slowestMs: number;
}

/** Residents who read so many pages at a time. */
const LANES = 4;
/** A page that takes longer is one that was not there, in milliseconds. */
const PATIENCE_MS = 5000;
/** Between two pages of one resident: the machine has other work, too. */
const BREATH_MS = 5;

/** Reads pages of a public site without pause. @returns what ends it, with how it went */
export function readWithoutPause(url: string, pages: readonly string[]): () => Promise<Read> {
  const read: Read = { answers: 0, failures: [], slowestMs: 0 };
  let going = true;
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    for (let turn = lane; going; turn += 1) {
      const page = pages[turn % pages.length] ?? "/";
      const began = performance.now();
      try {
        const answer = await fetch(`${url}${page}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
        const { byteLength } = await answer.arrayBuffer();
        if (answer.status === 200 && byteLength > 0) read.answers += 1;
        else read.failures.push(`${page} answered ${answer.status} with ${byteLength} bytes`);
      } catch (error) {
        read.failures.push(`${page}: ${String(error)}`);
      }
      read.slowestMs = Math.max(read.slowestMs, performance.now() - began);
      await pause(BREATH_MS);
    }
  });
  return async () => {
    going = false;
    await Promise.all(lanes);
    return read;
  };
}
