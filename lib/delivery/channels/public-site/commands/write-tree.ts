import "server-only";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { Pack, type SiteEntry } from "../pack";

/**
 * Lays the pack of the public site out as files, for nginx, a CDN or anything
 * that serves files: all of a generation aside, then one rename of the link
 * `current`. What did not change is linked to the generation before.
 */

/** Files after which other jobs of the process have a turn. */
const TURN = 50;
/** Generations that stay: the one that is read, and the one before, which someone may be reading. */
const KEPT = 2;
export const CURRENT = "current";
const KEYS = "keys.json";

const FORMS = [
  ["raw", ""],
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

function readKeys(folder: string): Record<string, string> {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, KEYS), "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}

/**
 * @param folder of the site, where its pack is; the tree is in `tree` beside it unless `to` names another place
 * @throws when it cannot be written; what is read stays as it was then
 */
export async function writeTree(folder: string, to: string): Promise<{ files: number; linked: number }> {
  const pack = Pack.open(folder);
  if (!pack) throw new Error("There is no site to lay out yet.");
  fs.mkdirSync(to, { recursive: true });
  const from = path.join(to, CURRENT);
  const before = readKeys(from);
  const generation = `site-${Date.now()}-${randomBytes(4).toString("hex")}`;
  const target = path.join(to, generation);
  const made = new Set<string>();
  let linked = 0;
  try {
    fs.mkdirSync(target);
    const entries = Object.entries(pack.table.files);
    for (const [index, [name, entry]] of entries.entries()) {
      const parent = path.join(target, path.dirname(name));
      if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
      made.add(parent);
      if (Object.hasOwn(before, name) && before[name] === entry.key && link(from, target, name, entry)) linked += 1;
      else
        for (const [form, end] of FORMS)
          if (entry[form]) fs.writeFileSync(path.join(target, name + end), pack.read(entry[form]));
      if (index % TURN === 0) await setImmediate();
    }
    const keys = Object.fromEntries(entries.map(([name, { key }]) => [name, key]));
    fs.writeFileSync(path.join(target, KEYS), JSON.stringify(keys));
    const aside = path.join(to, `.${generation}`);
    fs.symlinkSync(generation, aside);
    fs.renameSync(aside, from);
    prune(to, generation);
    return { files: entries.length, linked };
  } catch (error) {
    fs.rmSync(target, { recursive: true, force: true });
    throw error;
  } finally {
    pack.close();
  }
}

/** Links what is the same. @returns false where it cannot, so that it is written again */
function link(from: string, target: string, name: string, entry: SiteEntry): boolean {
  const ends = FORMS.filter(([form]) => entry[form]).map(([, end]) => end);
  try {
    for (const end of ends) fs.linkSync(path.join(from, name + end), path.join(target, name + end));
    return true;
  } catch {
    for (const end of ends) fs.rmSync(path.join(target, name + end), { force: true });
    return false;
  }
}

/** Removes older generations, and what a process that died left behind. */
function prune(folder: string, current: string): void {
  const names = fs.readdirSync(folder);
  const generations = names
    .filter((name) => name.startsWith("site-"))
    .sort()
    .reverse();
  const kept = new Set([current, ...generations.slice(0, KEPT)]);
  for (const name of names) {
    if ((name.startsWith("site-") && !kept.has(name)) || name.startsWith(".site-"))
      fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
