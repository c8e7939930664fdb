import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { casesOf } from "./nightly-for-tests";

/** What must never happen to someone's data folder, tried on real ones. */

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-folder-"));
  fs.chmodSync(home, 0o755);
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(home, ...parts);
const everything = () =>
  fs
    .readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => !/owner\.lock|users/.test(name))
    .sort();

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

const OTHER = `
  import { openEmbeddedPostgres } from "./lib/platform/embedded-postgres.ts";
  const [home, kind] = process.argv.slice(-2);
  const database = await openEmbeddedPostgres(home, kind);
  process.stdout.write("open");
  await new Promise((resolve) => process.stdin.once("data", resolve));
  await database.stop();
  process.exit(0);`;

/** Another process on the same folder, which keeps it until it is told to end. */
async function other(kind: "console" | "command") {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", OTHER, home, kind],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const opened = await Promise.race([
    new Promise((resolve) => child.stdout.once("data", resolve)),
    ended.then(() => null),
  ]);
  if (opened === null) throw new Error("The other process ended early.");
  return { pid: child.pid!, kill: () => child.kill("SIGKILL"), end: () => child.stdin.write("x"), ended };
}

describe("a folder with something damaged in it is left as it is", () => {
  async function made() {
    const database = await openEmbeddedPostgres(home);
    await database.stop();
  }

  const damages: [string, () => void, RegExp][] = [
    ["the whole cluster gone", () => fs.rmSync(at("postgres"), { recursive: true }), /holds no database/],
    ["database.json cut short", () => fs.writeFileSync(at("database.json"), '{"port":'), /database\.json is damaged/],
    ["database.json empty", () => fs.writeFileSync(at("database.json"), ""), /database\.json is damaged/],
    ["database.json of something else", () => fs.writeFileSync(at("database.json"), "[]"), /database\.json is damaged/],
    ["database.json gone", () => fs.rmSync(at("database.json")), /database\.json .*missing/],
    ["PG_VERSION gone", () => fs.rmSync(at("postgres", "PG_VERSION")), /holds no database/],
  ];
  test.each(casesOf(damages, 2))("%s", async (_, damage, words) => {
    await made();
    damage();
    const before = everything();
    const text = fs.existsSync(at("database.json")) ? fs.readFileSync(at("database.json"), "utf8") : null;
    await expect(openEmbeddedPostgres(home, "console")).rejects.toThrow(words);
    expect(everything()).toEqual(before);
    if (text !== null) expect(fs.readFileSync(at("database.json"), "utf8")).toBe(text);
  });
});

test("a first start that was killed half-way is begun again; nothing was kept yet", async () => {
  const database = await openEmbeddedPostgres(home);
  const json = JSON.parse(fs.readFileSync(at("database.json"), "utf8")) as object;
  expect(database.untouched).toBe(true);
  await database.stop();
  fs.renameSync(at("postgres"), at("postgres.making"));
  fs.writeFileSync(at("database.json"), JSON.stringify({ ...json, making: true }));
  const again = await openEmbeddedPostgres(home);
  expect(await ask(again.ownerUrl, "select 1 as one")).toEqual({ one: 1 });
  again.markTouched();
  await again.stop();
  const third = await openEmbeddedPostgres(home);
  expect(third.untouched).toBe(false);
  await third.stop();
});

describe("nobody stops what another process looks after", () => {
  test("a command joins a console's database and leaves it running", async () => {
    const running = await other("console");
    const command = await openEmbeddedPostgres(home, "command");
    expect(await ask(command.appUrl, "select 1 as one")).toEqual({ one: 1 });
    await command.stop();
    expect(await ask(command.appUrl, "select 1 as one")).toEqual({ one: 1 });
    running.end();
    expect(await running.ended).toBe(0);
    await expect(ask(command.appUrl, "select 1")).rejects.toThrow();
  });

  test("a second console on the folder is refused, and harms nobody", async () => {
    const running = await other("console");
    await expect(openEmbeddedPostgres(home, "console")).rejects.toThrow(`process ${running.pid}`);
    const command = await openEmbeddedPostgres(home, "command");
    expect(await ask(command.appUrl, "select 1 as one")).toEqual({ one: 1 });
    await command.stop();
    running.end();
    await running.ended;
  });

  test("a command leaves the server of a launcher that was killed; the next console takes it over", async () => {
    const running = await other("console");
    running.kill();
    await running.ended;
    const command = await openEmbeddedPostgres(home, "command");
    await command.stop();
    expect(await ask(command.appUrl, "select 1 as one")).toEqual({ one: 1 });
    const next = await openEmbeddedPostgres(home, "console");
    expect(next.lock?.instead?.pid ?? running.pid).toBe(running.pid);
    await next.stop();
    await expect(ask(command.appUrl, "select 1")).rejects.toThrow();
  });

  test("a command that started the server waits for one that joined it", async () => {
    const first = await other("command");
    const joined = await openEmbeddedPostgres(home, "command");
    first.end();
    for (let look = 0; look < 5; look += 1) expect(await ask(joined.appUrl, "select 1 as one")).toEqual({ one: 1 });
    await joined.stop();
    expect(await first.ended).toBe(0);
  });
});

test("a server that was killed is started again at the same address, with everything that was acknowledged", async () => {
  const database = await openEmbeddedPostgres(home, "console");
  await ask(database.ownerUrl, "create table kept as select 7 as seven");
  const pid = Number(fs.readFileSync(at("postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  await database.failed();
  await database.restart();
  expect(await ask(database.ownerUrl, "select seven from kept")).toEqual({ seven: 7 });
  await database.stop();
});
