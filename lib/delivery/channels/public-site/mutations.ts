import "server-only";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import zlib from "node:zlib";
import { fingerprint } from "../../../record/chain";
import type { SiteFile } from "./files";
import { POLICY } from "./layout";
import { CURRENT, MANIFEST, readManifest, type SiteEntry, type SiteManifest } from "./manifest";

/**
 * Writes the public site as finished files: all of a generation aside, then one
 * rename. Whoever reads has the old one or the new one, whole. A file whose key
 * is that of the generation before is linked, not made again.
 */

/** A page is read a thousand times and written once, but a state waits for it: beyond 5 it takes twice as long for 2 %. */
const QUALITY = 5;
/** Smaller files are sent as they are: they fit one packet anyway. */
const LEAST_COMPRESSED = 1000;
/** Files after which others have a turn. */
const TURN = 50;
/** Generations that stay: the one that is read, and the one before, which someone may be reading. */
const KEPT = 2;

export interface WrittenSite {
  generation: string;
  files: number;
  made: number;
  linked: number;
}

/**
 * @param folder of the site; `current` in it is what is read
 * @param loadMessage stored bytes of a published message
 * @throws when it cannot be written; what is read stays as it was then
 */
export async function writeSite(
  folder: string,
  files: Iterable<SiteFile>,
  loadMessages: (identifiers: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>,
  now: number,
): Promise<WrittenSite> {
  fs.mkdirSync(folder, { recursive: true });
  const before = readManifest(folder);
  const from = before ? fs.realpathSync(path.join(folder, CURRENT)) : "";
  const generation = `site-${now}-${randomBytes(4).toString("hex")}`;
  const target = path.join(folder, generation);
  const entries: Record<string, SiteEntry> = {};
  const folders = new Set<string>();
  const prepare = (file: string) => {
    const parent = path.join(target, path.dirname(file));
    if (folders.has(parent)) return;
    fs.mkdirSync(parent, { recursive: true });
    folders.add(parent);
  };
  let [made, linked] = [0, 0];
  const toMake: SiteFile[] = [];
  try {
    fs.mkdirSync(target);
    for (const file of files) {
      const known = before && Object.hasOwn(before.files, file.path) ? before.files[file.path] : undefined;
      if (known?.key === file.key && link(from, target, file.path, known, prepare)) {
        const { until: _, ...same } = known;
        entries[file.path] = { ...same, ...(file.until ? { until: file.until } : {}) };
        linked += 1;
      } else toMake.push(file);
    }
    const messages = await loadMessages(toMake.flatMap(({ message }) => (message === undefined ? [] : [message])));
    for (const file of toMake) {
      const body = file.message === undefined ? Buffer.from(file.make(), "utf8") : messages.get(file.message);
      if (!body) throw new Error(`The bytes of ${file.path} are not stored.`);
      prepare(file.path);
      entries[file.path] = writeFile(target, file, body);
      made += 1;
      // Other jobs of the worker have their turn.
      if (made % TURN === 0) await setImmediate();
    }
    const manifest: SiteManifest = { format: "callbox-site-1", madeAt: now, policy: POLICY, files: entries };
    fs.writeFileSync(path.join(target, MANIFEST), JSON.stringify(manifest));
    swap(folder, generation);
  } catch (error) {
    fs.rmSync(target, { recursive: true, force: true });
    throw error;
  }
  prune(folder, generation);
  return { generation, files: Object.keys(entries).length, made, linked };
}

/** Links what is the same. @returns false where it cannot, so that it is made again */
function link(
  from: string,
  target: string,
  file: string,
  { compressed }: SiteEntry,
  prepare: (file: string) => void,
): boolean {
  try {
    prepare(file);
    for (const end of compressed ? ["", ".br", ".gz"] : [""]) {
      fs.linkSync(path.join(from, file + end), path.join(target, file + end));
    }
    return true;
  } catch {
    for (const end of ["", ".br", ".gz"]) fs.rmSync(path.join(target, file + end), { force: true });
    return false;
  }
}

function writeFile(target: string, file: SiteFile, body: Uint8Array): SiteEntry {
  const at = path.join(target, file.path);
  const compressed = body.length >= LEAST_COMPRESSED && !file.path.endsWith(".ended.html");
  fs.writeFileSync(at, body);
  if (compressed) {
    // Threads would take three times as long: each makes a window of some megabytes for a page of seven kilobytes.
    const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: QUALITY, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 };
    fs.writeFileSync(`${at}.br`, zlib.brotliCompressSync(body, { params }));
    fs.writeFileSync(`${at}.gz`, zlib.gzipSync(body, { level: 6 }));
  }
  return {
    key: file.key,
    etag: fingerprint(body).slice(0, 32),
    size: body.length,
    compressed,
    ...(file.until ? { until: file.until } : {}),
  };
}

/** One rename: a reader follows the old link or the new one. */
function swap(folder: string, generation: string): void {
  const link = path.join(folder, `.${generation}`);
  fs.symlinkSync(generation, link);
  fs.renameSync(link, path.join(folder, CURRENT));
}

/** Removes older generations, and what a process that died left behind. */
function prune(folder: string, current: string): void {
  const generations = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith("site-"))
    .sort()
    .reverse();
  const kept = new Set([current, ...generations.slice(0, KEPT)]);
  for (const name of generations)
    if (!kept.has(name)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(".site-")) fs.rmSync(path.join(folder, name), { force: true });
  }
}
