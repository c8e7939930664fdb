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
export function processBegan(pid: number): string | null {
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

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Owner;
  } catch {
    return null;
  }
}

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

/** @returns the lock, or who has it */
export function takeLock(home: string, kind: Owner["kind"]): Lock | Owner {
  const file = path.join(home, "owner.lock");
  const mine: Owner = { pid: process.pid, began: processBegan(process.pid), kind };
  let instead: Owner | null = null;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const making = `${file}.${process.pid}.new`;
    fs.writeFileSync(making, JSON.stringify(mine), { mode: 0o600 });
    try {
      // A link is made by one process only, however many try.
      fs.linkSync(making, file);
      return describeLock(file, mine, instead);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(making, { force: true });
    }
    const other = readOwner(file);
    if (other && isThere(other)) return other;
    instead = other ?? instead;
    setAside(file, other);
  }
  throw new Error(`${file} can't be taken over. Delete it if no Callbox is running on this folder.`);
}

/** Takes away the lock of a process that is gone; if somebody took it over in the same moment, theirs is put back. */
function setAside(file: string, gone: Owner | null): void {
  const aside = `${file}.${process.pid}.gone`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const taken = readOwner(aside);
  if (taken && (taken.pid !== gone?.pid || taken.began !== gone.began) && isThere(taken)) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // A third one has it now.
    }
  }
  fs.rmSync(aside, { force: true });
}

function describeLock(file: string, mine: Owner, instead: Owner | null): Lock {
  const isMine = () => readOwner(file)?.pid === mine.pid;
  return {
    instead,
    setPort: (port) => {
      if (isMine()) writeWhole(file, JSON.stringify({ ...mine, port }));
    },
    release: () => {
      if (isMine()) fs.rmSync(file, { force: true });
    },
  };
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
