import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * Who looks after the database of a data folder. One process at a time owns it,
 * starts the server and stops it; others join, and stop nothing. The owner's
 * file names the process and when it began, so that one that was killed is
 * known to be gone even when its number was given to another.
 */

export interface Owner {
  pid: number;
  /** When that process began, as the system says it. */
  began: string | null;
  kind: "console" | "command";
  /** Port of its console, once it has one. */
  port?: number;
}

/** When a process began, or null where it is gone or the system does not say. */
function processBegan(pid: number): string | null {
  try {
    // The 22nd field, counted behind the name, which may hold anything.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    if (process.platform === "linux") return null;
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, and there all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const isThere = ({ pid, began }: Pick<Owner, "pid" | "began">) =>
  isAlive(pid) && (began === null || processBegan(pid) === began);

/** Writes a file whole or not at all, also when the machine stops in between. */
export function writeWhole(file: string, text: string): void {
  const making = `${file}.${process.pid}.new`;
  const handle = fs.openSync(making, "w", 0o600);
  try {
    fs.writeSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(making, file);
}

export interface Lock {
  /** The one whose place this process took, if that one was killed. */
  instead: Owner | null;
  /** Notes the port of the console. */
  setPort: (port: number) => void;
  release: () => void;
}

/** What stands in the file of an owner that ended as it should. */
interface Released {
  released: true;
}

const NAME = /^owner\.lock\.(\d+)$/;

/** The number of the newest lock file; each owner makes the next one. */
function newest(home: string): number {
  return Math.max(0, ...fs.readdirSync(home).map((name) => Number(NAME.exec(name)?.[1] ?? 0)));
}

/**
 * Takes the folder, or says who has it. Each owner makes a file with the next
 * number, which only one of many that try can; the number never goes back, so
 * nobody can mistake the lock of another for that of the one who was killed.
 * @returns the lock, or who has it
 */
export function takeLock(home: string, kind: Owner["kind"]): Lock | Owner {
  const mine: Owner = { pid: process.pid, began: processBegan(process.pid), kind };
  const making = path.join(home, `owner.lock.${process.pid}.new`);
  fs.writeFileSync(making, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const last = newest(home);
      const before = last === 0 ? null : readLock(path.join(home, `owner.lock.${last}`));
      if (before && isThere(before)) return before;
      const file = path.join(home, `owner.lock.${last + 1}`);
      try {
        fs.linkSync(making, file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
        throw error;
      }
      // The one before stays: reading a folder while names come and go may miss
      // both the old and the new, and a count that began again would be a second owner.
      if (newest(home) !== last + 1) {
        fs.rmSync(file, { force: true });
        continue;
      }
      for (let old = last - 1; old > 0 && fs.existsSync(path.join(home, `owner.lock.${old}`)); old -= 1) {
        fs.rmSync(path.join(home, `owner.lock.${old}`), { force: true });
      }
      return {
        instead: before,
        setPort: (port) => writeWhole(file, JSON.stringify({ ...mine, port })),
        release: () => writeWhole(file, JSON.stringify({ released: true } satisfies Released)),
      };
    }
  } finally {
    fs.rmSync(making, { force: true });
  }
  throw new Error(`${home} is taken over by others again and again. Try once more.`);
}

/** Who made a lock file; null when that one released it, or it says nothing. */
function readLock(file: string): Owner | null {
  try {
    const read = JSON.parse(fs.readFileSync(file, "utf8")) as Owner | Released;
    return "pid" in read ? read : null;
  } catch {
    return null;
  }
}

export const isLock = (taken: Lock | Owner): taken is Lock => "release" in taken;

/** Says that this process uses a database that another one owns. @returns what ends it */
export function joinOwner(home: string): () => void {
  const folder = path.join(home, "users");
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, String(process.pid));
  fs.writeFileSync(file, processBegan(process.pid) ?? "");
  return () => fs.rmSync(file, { force: true });
}

/** Whether another process that joined is still at work. */
export function hasUsers(home: string): boolean {
  const folder = path.join(home, "users");
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder).some((name) => {
    const began = fs.readFileSync(path.join(folder, name), "utf8");
    if (isThere({ pid: Number(name), began: began || null })) return true;
    fs.rmSync(path.join(folder, name), { force: true });
    return false;
  });
}
