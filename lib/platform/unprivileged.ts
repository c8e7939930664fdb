import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** The account that the database and the console run under when this is started as root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Where the machine has two accounts that will do, the console gets another one than the database: whoever takes
 * over the console is then not the owner of the database's files.
 * @throws when the machine has none
 */
export function unprivilegedAccount(who: "database" | "console"): Account {
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of who === "database" ? ["postgres", "nobody"] : ["nobody", "postgres"]) {
    const fields = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    "Callbox gives up root's rights for its database and its console, and this machine has neither a postgres nor a nobody account.",
  );
}

/** Whether an account may read these files, and run this Node. */
function mayRead(account: Account, files: readonly string[]): boolean {
  const script = "for (const file of process.argv.slice(1)) require('node:fs').accessSync(file, 4)";
  return spawnSync(process.execPath, ["-e", script, ...files], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/** What the console needs of a checkout. */
const NEEDED = [
  ".next",
  "docs",
  "lib",
  "node_modules",
  "prisma",
  "package.json",
  "next.config.ts",
  "proxy.ts",
  "tsconfig.json",
];

export interface Place {
  folder: string;
  node: string;
}

/**
 * A folder the account can serve the console from: the checkout itself, or where
 * that is closed to it, a copy. Files anybody may read are linked, not copied.
 * @param mark of the build; copies of earlier builds of this checkout are deleted
 */
export function placeFor(account: Account, checkout: string, mark: string): Place {
  const probe = ["package.json", ".next/BUILD_ID", "node_modules/next/package.json", "node_modules/tsx/package.json"];
  if (
    mayRead(
      account,
      probe.map((file) => path.join(checkout, file)),
    )
  )
    return { folder: checkout, node: process.execPath };
  const base = "/var/lib/callbox";
  const own = `console-${createHash("sha256").update(checkout).digest("hex").slice(0, 8)}-`;
  const target = path.join(base, `${own}${mark.slice(0, 16)}`);
  if (!fs.existsSync(target)) {
    const making = `${target}.${process.pid}`;
    for (const name of NEEDED) copyReadable(path.join(checkout, name), path.join(making, name));
    fs.copyFileSync(process.execPath, path.join(making, "node"));
    fs.chmodSync(path.join(making, "node"), 0o755);
    try {
      fs.renameSync(making, target);
    } catch {
      // Another start made the same copy first.
      fs.rmSync(making, { recursive: true, force: true });
    }
  }
  for (const name of fs.readdirSync(base)) {
    if (name.startsWith(own) && path.join(base, name) !== target) {
      fs.rmSync(path.join(base, name), { recursive: true, force: true });
    }
  }
  const node = mayRead(account, []) ? process.execPath : path.join(target, "node");
  return { folder: target, node };
}

function copyReadable(from: string, to: string): void {
  const stat = fs.lstatSync(from);
  if (stat.isSymbolicLink()) {
    fs.symlinkSync(fs.readlinkSync(from), to);
  } else if (stat.isDirectory()) {
    fs.mkdirSync(to, { recursive: true, mode: 0o755 });
    for (const name of fs.readdirSync(from)) {
      if (name !== "cache" || path.basename(from) !== ".next") copyReadable(path.join(from, name), path.join(to, name));
    }
  } else if (stat.isFile()) {
    if ((stat.mode & 0o004) !== 0) {
      try {
        return fs.linkSync(from, to);
      } catch {
        // Another file system: copied below.
      }
    }
    fs.copyFileSync(from, to);
    fs.chmodSync(to, (stat.mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
