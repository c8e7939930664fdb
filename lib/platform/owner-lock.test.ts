import { fork, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isNightly } from "./nightly-for-tests";
import { hasUsers, isLock, joinOwner, type Owner, takeLock, writeWhole } from "./owner-lock";

/** Each takes half a second of a processor to begin. */
const PROCESSES = isNightly ? 12 : 4;

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-lock-"));
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const file = () => path.join(home, "owner.lock.4");
const dead = (): Owner => ({ pid: 2 ** 22 - 3, began: "1", kind: "console", port: 3123 });

describe("the lock of a data folder", () => {
  test("has one holder, who is named to everybody else", () => {
    const lock = takeLock(home, "console");
    if (!isLock(lock)) throw new Error("not taken");
    expect(takeLock(home, "command")).toMatchObject({ pid: process.pid, kind: "console" });
    lock.setPort(3000);
    expect(takeLock(home, "console")).toMatchObject({ port: 3000 });
    lock.release();
    expect(isLock(takeLock(home, "command"))).toBe(true);
  });

  test("of a process that was killed is taken over, with the port people know", () => {
    fs.writeFileSync(file(), JSON.stringify(dead()));
    const lock = takeLock(home, "console");
    expect(isLock(lock) && lock.instead).toMatchObject({ port: 3123 });
  });

  test("never counts from the start again, whoever looks while it changes hands", () => {
    for (let owner = 0; owner < 4; owner += 1) {
      const lock = takeLock(home, "command");
      if (!isLock(lock)) throw new Error("not taken");
      lock.release();
    }
    expect(fs.readdirSync(home).sort()).toEqual(["owner.lock.3", "owner.lock.4"]);
  });

  test("of a number that another process has now is taken over too", () => {
    fs.writeFileSync(file(), JSON.stringify({ ...dead(), pid: process.ppid, began: "0" }));
    expect(isLock(takeLock(home, "console"))).toBe(true);
  });

  test("that is damaged is taken over", () => {
    fs.writeFileSync(file(), "{");
    expect(isLock(takeLock(home, "command"))).toBe(true);
  });

  test(`has one holder when ${PROCESSES} processes take over at once`, async () => {
    fs.writeFileSync(file(), JSON.stringify(dead()));
    const script = path.join(home, "take.ts");
    fs.writeFileSync(
      script,
      `import { isLock, takeLock } from ${JSON.stringify(path.resolve("lib/platform/owner-lock.ts"))};
       process.once("message", () => process.send!(isLock(takeLock(${JSON.stringify(home)}, "command"))));
       // Stays until all have tried: the lock of one that left is rightly taken over.
       setInterval(() => {}, 1000);
       process.send!("ready");`,
    );
    const children = Array.from({ length: PROCESSES }, () =>
      fork(script, [], { execArgv: ["--import", "tsx"], cwd: path.resolve(".") }),
    );
    const next = (child: (typeof children)[number]) => new Promise((resolve) => child.once("message", resolve));
    await Promise.all(children.map(next));
    const answers = children.map(next);
    for (const child of children) child.send("go");
    const taken = await Promise.all(answers);
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => new Promise((resolve) => child.once("exit", resolve))));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});

test("who joined is known until it leaves or is killed", async () => {
  expect(hasUsers(home)).toBe(false);
  const leave = joinOwner(home);
  expect(hasUsers(home)).toBe(true);
  leave();
  expect(hasUsers(home)).toBe(false);
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  fs.mkdirSync(path.join(home, "users"), { recursive: true });
  fs.writeFileSync(path.join(home, "users", String(other.pid)), "");
  expect(hasUsers(home)).toBe(true);
  other.kill("SIGKILL");
  await new Promise((resolve) => other.once("exit", resolve));
  expect(hasUsers(home)).toBe(false);
});

test("a file is there whole, and nothing else is left", () => {
  const target = path.join(home, "x.json");
  writeWhole(target, "one");
  writeWhole(target, "two");
  expect(fs.readFileSync(target, "utf8")).toBe("two");
  expect(fs.statSync(target).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(home)).toEqual(["x.json"]);
});
