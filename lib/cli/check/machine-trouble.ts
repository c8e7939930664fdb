import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Trouble of a machine, made on purpose: a disk that is full, and a clock that jumps. */

export interface SmallDisk {
  /** What stands for the disk here, for whoever reads the figures. */
  kind: string;
  /** Takes all room from what the process writes there. @param pid of the process */
  fill: (pid: number) => void;
  free: (pid: number) => void;
  close: () => void;
}

const SIZE_MB = 160;
const REFILL_MS = 20;

/** Writes to the end of a file until the disk takes not one byte more. */
function takeAll(file: string): void {
  const at = fs.openSync(file, "a");
  try {
    for (let step = 1024 * 1024; step >= 1; step = Math.floor(step / 16)) {
      const piece = Buffer.alloc(step, "x");
      try {
        for (;;) fs.writeSync(at, piece);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    fs.closeSync(at);
  }
}

/**
 * A folder on a disk of its own that can be filled: as root a real file system
 * in memory. Anybody else gets a limit on the size of what the process may
 * write, which the system refuses at the same calls.
 */
export function makeSmallDisk(folder: string): SmallDisk {
  fs.mkdirSync(folder, { recursive: true });
  const size = `size=${SIZE_MB}m,mode=755`;
  const mounted =
    process.getuid?.() === 0 &&
    spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder], { stdio: "ignore" }).status === 0;
  if (mounted) {
    const filler = path.join(folder, ".filler");
    let again: NodeJS.Timeout | undefined;
    return {
      kind: `a disk of ${SIZE_MB} MB`,
      fill: () => {
        takeAll(filler);
        // What someone gives back, as by removing what it could not finish, is gone at once as well.
        again = setInterval(() => takeAll(filler), REFILL_MS);
      },
      free: () => {
        clearInterval(again);
        fs.rmSync(filler, { force: true });
      },
      close: () => void spawnSync("umount", ["-l", folder], { stdio: "ignore" }),
    };
  }
  const limit = (pid: number, bytes: string) => execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
  return {
    kind: "a limit on the size of files (not root, so nothing is mounted)",
    fill: (pid) => void limit(pid, "512"),
    free: (pid) => void limit(pid, "unlimited"),
    close: () => undefined,
  };
}

/** Where Debian keeps the library that tells a program another time. */
const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

export const hasOtherClock = (): boolean => fs.existsSync(LIBRARY);

/** A clock for our processes alone, which can be set while they run. */
export class OtherClock {
  constructor(private readonly file: string) {
    this.set(0);
  }

  /** What a process needs in its environment to go by it. Pauses and timers still take as long as they take. */
  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** Whole, so that nobody reads half of it. @param seconds before the real time, or behind it */
  set(seconds: number): void {
    const aside = `${this.file}.new`;
    fs.writeFileSync(aside, `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}s\n`, { mode: 0o644 });
    fs.renameSync(aside, this.file);
  }
}
