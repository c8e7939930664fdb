import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { placeFor, unprivilegedAccount } from "./unprivileged";

/** Giving up root's rights needs root to begin with. */
describe.skipIf(process.getuid?.() !== 0)("as root", () => {
  test("the console runs under another account than the database, where there are two", () => {
    const accounts = fs.readFileSync("/etc/passwd", "utf8");
    const two = /^postgres:/m.test(accounts) && /^nobody:/m.test(accounts);
    expect(unprivilegedAccount("console").uid === unprivilegedAccount("database").uid).toBe(!two);
    expect(unprivilegedAccount("console").uid).not.toBe(0);
  });

  test("a checkout that is closed to the account is served from a copy that is not", () => {
    const account = unprivilegedAccount("console");
    const checkout = fs.mkdtempSync(path.join(os.tmpdir(), "callbox closed "));
    for (const file of [
      "package.json",
      ".next/BUILD_ID",
      "node_modules/next/package.json",
      "node_modules/tsx/package.json",
      "lib/a.ts",
      "prisma/a.sql",
      "docs/people/a.md",
      "next.config.ts",
      "proxy.ts",
      "tsconfig.json",
    ]) {
      fs.mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
      fs.writeFileSync(path.join(checkout, file), file, { mode: 0o600 });
    }
    fs.chmodSync(checkout, 0o700);
    const mark = `${process.pid}`.padStart(16, "0");
    const { folder } = placeFor(account, checkout, mark);
    try {
      expect(folder).not.toBe(checkout);
      const read = spawnSync("cat", [path.join(folder, "lib/a.ts")], { ...account, encoding: "utf8", cwd: "/" });
      expect(read.stdout).toBe("lib/a.ts");
      // The console shows them as help.
      expect(fs.existsSync(path.join(folder, "docs/people/a.md"))).toBe(true);
      // The original stays closed.
      expect(fs.statSync(path.join(checkout, "lib/a.ts")).mode & 0o777).toBe(0o600);
      expect(placeFor(account, checkout, mark).folder).toBe(folder);
      const next = placeFor(account, checkout, `x${mark}`);
      expect(fs.existsSync(folder)).toBe(false);
      fs.rmSync(next.folder, { recursive: true, force: true });
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.rmSync(checkout, { recursive: true, force: true });
    }
  });

  test("a checkout that is open to it is served where it is", () => {
    const open = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-open-"));
    for (const file of [
      "package.json",
      ".next/BUILD_ID",
      "node_modules/next/package.json",
      "node_modules/tsx/package.json",
    ]) {
      fs.mkdirSync(path.dirname(path.join(open, file)), { recursive: true });
      fs.writeFileSync(path.join(open, file), "x");
    }
    fs.chmodSync(open, 0o755);
    expect(placeFor(unprivilegedAccount("console"), open, "y").folder).toBe(open);
    fs.rmSync(open, { recursive: true, force: true });
  });
});
