import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ConnectionPool, DatabaseWatch, isLostSince } from "./connections";
import { connect, inTransaction, type PrismaClient } from "./db";
import { type Database, openEmbeddedPostgres } from "./embedded-postgres";
import { DatabaseSwitching, describeTrouble } from "./trouble";

/** A database that goes away and comes back, here or on another server, seen through a proxy as HAProxy is one. */

/** Leads to one server or to none, and cuts what goes through it. */
class Relay {
  private readonly open = new Set<net.Socket>();
  private readonly server = net.createServer((near) => {
    if (this.to === null) return near.destroy();
    const far = net.connect(this.to, "127.0.0.1");
    for (const socket of [near, far]) {
      this.open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  to: number | null = null;

  listen(): Promise<number> {
    return new Promise((resolve) =>
      this.server.listen(0, "127.0.0.1", () => resolve((this.server.address() as net.AddressInfo).port)),
    );
  }
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }
  close(): void {
    this.server.close();
    this.cut();
  }
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-switching-"));
const portOf = (url: string) => Number(new URL(url).port);
const through = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href;

let primary: Database;
let standby: Database;
let relay: Relay;
let url: string;
let client: PrismaClient;

beforeAll(async () => {
  fs.chmodSync(scratch, 0o755);
  const [one, two] = [path.join(scratch, "one"), path.join(scratch, "two")];
  await (await openEmbeddedPostgres(one)).stop();
  execFileSync("cp", ["-a", one, two]);
  fs.writeFileSync(path.join(two, "postgres", "standby.signal"), "");
  primary = await openEmbeddedPostgres(one);
  standby = await openEmbeddedPostgres(two);
  relay = new Relay();
  url = through(primary.ownerUrl, await relay.listen());
  relay.to = portOf(primary.ownerUrl);
  client = connect(url, { connections: 2, switchMs: 2500 });
  await client.$executeRaw`create table kept (what text)`;
  await client.$executeRawUnsafe(`create function dawdle() returns trigger language plpgsql as
    'begin perform pg_sleep(1.5); return null; end'`);
  await client.$executeRawUnsafe(`create constraint trigger dawdle after insert on kept deferrable initially deferred
    for each row when (new.what = 'slow to commit') execute function dawdle()`);
});
afterEach(() => {
  relay.to = portOf(primary.ownerUrl);
});
afterAll(async () => {
  relay.close();
  await client.$disconnect();
  await primary.stop();
  await standby.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

const keep = (what: string) =>
  inTransaction(client, (transaction) => transaction.$executeRaw`insert into kept values (${what})`);
const isKept = async (what: string) =>
  (await client.$queryRaw<unknown[]>`select 1 from kept where what = ${what}`).length > 0;
const after = (ms: number, run: () => void) => setTimeout(run, ms);

describe("a server with no room for another connection", () => {
  const pools: ConnectionPool[] = [];
  const open = (patience?: number) => {
    pools.push(new ConnectionPool({ connectionString: primary.appUrl, max: 1 }, patience));
    return pools.at(-1)!;
  };
  const allow = (count: number) =>
    client.$executeRawUnsafe(`alter role ${new URL(primary.appUrl).username} connection limit ${count}`);
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await allow(-1);
  });

  test("is waited for until someone gives theirs back, and does not count as gone", async () => {
    await allow(1);
    const began = performance.now();
    const held = await open().connect();
    after(400, () => held.release(true));
    const other = await open().connect();
    expect(performance.now() - began).toBeGreaterThan(350);
    expect(isLostSince(began)).toBe(false);
    // Where nobody does, that is said.
    const refused: unknown = await open(300)
      .connect()
      .catch((error: unknown) => error);
    other.release(true);
    expect(refused).toMatchObject({ code: "53300" });
    expect(describeTrouble(refused)).toContain("no room for another connection");
  });
});

describe("a connection that breaks", () => {
  test("while nobody uses it is replaced, for a read and for a change", async () => {
    await keep("before");
    relay.cut();
    expect(await isKept("before")).toBe(true);
    relay.cut();
    await keep("after");
    expect(await isKept("after")).toBe(true);
  });

  test("under a read, which is asked once more", async () => {
    const began = performance.now();
    after(300, () => relay.cut());
    expect(await client.$queryRaw`select 7 as seven, pg_sleep(1)::text as slept`).toMatchObject([{ seven: 7 }]);
    expect(isLostSince(began)).toBe(true);
  });

  test("under a statement that writes, which is not", async () => {
    after(300, () => relay.cut());
    await expect(
      client.$queryRaw`insert into kept select 'once' from (select pg_sleep(1)) as slow returning 1`,
    ).rejects.toThrow();
    // The server does not know yet that nobody waits.
    await expect
      .poll(
        () =>
          client.$queryRaw`select count(*)::int as count from pg_stat_activity where query like 'insert%' and state = 'active'`,
      )
      .toEqual([{ count: 0 }]);
    expect(await client.$queryRaw`select count(*)::int as count from kept where what = 'once'`).not.toEqual([
      { count: 2 },
    ]);
  });

  test("in the middle of a change: nothing was changed, and that is said", async () => {
    const change = inTransaction(client, async (transaction) => {
      await transaction.$executeRaw`insert into kept values ('half')`;
      relay.cut();
      await transaction.$executeRaw`insert into kept values ('half')`;
    });
    const error = await change.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(DatabaseSwitching);
    expect(describeTrouble(error)).toMatch(/switched over.*try again in a few seconds/);
    expect(await isKept("half")).toBe(false);
  });

  test("under the commit: nothing can be said for certain, and that is said", async () => {
    after(700, () => relay.cut());
    const error = await keep("slow to commit").catch((one: unknown) => one);
    expect(describeTrouble(error)).toMatch(/nothing can be said for certain/);
  });
});

describe("no server", () => {
  test("for a moment: a change waits for it", async () => {
    relay.to = null;
    relay.cut();
    after(1500, () => (relay.to = portOf(primary.ownerUrl)));
    await keep("waited");
    expect(await isKept("waited")).toBe(true);
  });

  test("for longer: it is said in plain words, and a client that asks how it is does not wait", async () => {
    relay.to = null;
    relay.cut();
    const asking = connect(url, { connections: 1, ms: 4000 });
    const began = Date.now();
    const error = await asking.$queryRaw`select 1 as one`.catch((one: unknown) => one);
    expect(Date.now() - began).toBeLessThan(2000);
    expect(describeTrouble(error)).toMatch(
      /^The database is being switched over or restarted\. Nothing you typed is lost/,
    );
    await asking.$disconnect();
    const late = await keep("never").catch((one: unknown) => one);
    expect(describeTrouble(late)).toMatch(/^The database is being switched over/);
    relay.to = portOf(primary.ownerUrl);
    expect(await isKept("never")).toBe(false);
  });
});

test("a standby is never kept a connection to, and the primary is found again", async () => {
  expect(await standbyReads()).toBe(true);
  relay.to = portOf(standby.ownerUrl);
  relay.cut();
  after(1500, () => {
    relay.to = portOf(primary.ownerUrl);
    relay.cut();
  });
  await keep("on the primary");
  expect(await isKept("on the primary")).toBe(true);
  // Only the standby there: said in plain words, although it would read.
  relay.to = portOf(standby.ownerUrl);
  relay.cut();
  const error = await client.$queryRaw`select 1 as one`.catch((one: unknown) => one);
  expect(describeTrouble(error)).toMatch(/^The database is being switched over/);
});

/** The counterpart: a plain connection to it reads as if all were well. */
async function standbyReads(): Promise<boolean> {
  const { Client } = await import("pg");
  const plain = new Client(standby.ownerUrl);
  await plain.connect();
  const { rows } = await plain.query<{ standby: boolean }>("select pg_is_in_recovery() as standby");
  await expect(plain.query("create table nothing ()")).rejects.toMatchObject({ code: "25006" });
  await plain.end();
  return rows[0]?.standby === true;
}

test("the watch says at once what is so", async () => {
  const watch = new DatabaseWatch(url);
  const soon = { timeout: 10_000, interval: 20 };
  expect(await watch.answers()).toBe(true);
  for (const to of [null, portOf(standby.ownerUrl)]) {
    relay.to = to;
    relay.cut();
    await expect.poll(() => watch.answers(), soon).toBe(false);
    relay.to = portOf(primary.ownerUrl);
    await expect.poll(() => watch.answers(), soon).toBe(true);
  }
});

test("a clock that is set back while the database is gone does not keep it gone", async () => {
  const watch = new DatabaseWatch(url);
  relay.to = null;
  relay.cut();
  expect(await watch.answers()).toBe(false);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  try {
    relay.to = portOf(primary.ownerUrl);
    await expect.poll(() => watch.answers(), { timeout: 5000, interval: 20 }).toBe(true);
    // Since then it is there, whatever the clock says of when it was lost.
    expect(isLostSince(performance.now())).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test("a commit that its standby never confirmed is not taken for kept", async () => {
  await client.$executeRawUnsafe("alter system set synchronous_standby_names = 'nobody'");
  await client.$queryRaw`select pg_reload_conf() as reloaded`;
  const pool = new ConnectionPool({ connectionString: url, max: 1 });
  try {
    await expect
      .poll(() => client.$queryRaw`show synchronous_standby_names`, { timeout: 10_000 })
      .toEqual([{ synchronous_standby_names: "nobody" }]);
    // Not every process of the server knows of the standby at once; from then on a change waits until it is canceled.
    const change = () =>
      pool.query("insert into kept values ('in one place')").then(
        () => "kept",
        (error: Error) => error.message,
      );
    const cancel = () =>
      client.$queryRaw`select pg_cancel_backend(pid) as canceled from pg_stat_activity where wait_event = 'SyncRep'`;
    const canceling = setInterval(() => void cancel().catch(() => undefined), 100);
    try {
      await expect.poll(change, { timeout: 20_000 }).toMatch(/second server/);
    } finally {
      clearInterval(canceling);
    }
  } finally {
    await client.$executeRawUnsafe("alter system reset synchronous_standby_names");
    await client.$queryRaw`select pg_reload_conf() as reloaded`;
    await pool.end();
  }
});
