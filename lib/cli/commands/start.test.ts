import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { decode } from "next-auth/jwt";
import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { freePort } from "../../platform/embedded-postgres";
import { isNightly } from "../../platform/nightly-for-tests";

/**
 * A whole installation under fire: the console, the worker, the database and the
 * launcher are killed at random moments while people sign in. Long, so it belongs to the
 * nightly run, which says how many kills.
 */
const KILLS = Number(process.env.CALLBOX_KILL_RUNS ?? 0);

interface Installation {
  home: string;
  url: string;
  launcher: ChildProcess;
  output: () => string;
}

function run(args: string[], home: string, port: number): { child: ChildProcess; output: () => string } {
  const env = { ...process.env, CALLBOX_DATA: home, PORT: String(port), DATABASE_URL: undefined, NODE_OPTIONS: "" };
  const child = spawn(process.execPath, ["lib/cli/launch.mjs", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  return { child, output: () => said };
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", resolve);
  });

async function install(): Promise<Installation> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-fire-"));
  fs.chmodSync(home, 0o755);
  const port = await freePort();
  const { child, output } = run(["start"], home, port);
  const url = `http://localhost:${port}`;
  while (!output().includes("Callbox is ready")) {
    if (child.exitCode !== null) throw new Error(output());
    await pause(200);
  }
  return { home, url, launcher: child, output };
}

/** Signs in over HTTP. @returns the session's cookie when the console acknowledged it */
async function signIn(url: string): Promise<string | null> {
  try {
    const first = await fetch(`${url}/api/auth/csrf`);
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const { csrfToken } = (await first.json()) as { csrfToken: string };
    const body = new URLSearchParams({
      csrfToken,
      email: "mei@callbox.example",
      password: DEMONSTRATION_PASSWORD,
      json: "true",
    });
    const answer = await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      body,
      headers: { cookie, origin: url },
      redirect: "manual",
    });
    await answer.text();
    const session = answer.headers.getSetCookie().find((one) => one.startsWith("next-auth.session-token="));
    return session ? session.split(";")[0]!.split("=")[1]! : null;
  } catch {
    return null;
  }
}

const pidsOf = (pattern: string) =>
  fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").includes(pattern);
      } catch {
        return false;
      }
    })
    .map(Number);

const childrenOf = (parent: number) =>
  fs.existsSync(`/proc/${parent}/task/${parent}/children`)
    ? fs.readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number)
    : [];

/** Processes of this installation alone: others may run on the machine. */
function victims({ home, launcher }: Installation): Record<string, number | undefined> {
  const [main] = childrenOf(launcher.pid!);
  const consoles = new Set(pidsOf("lib/cli/console.ts"));
  const workers = new Set(pidsOf("lib/cli/worker.ts"));
  return {
    launcher: main,
    console: main === undefined ? undefined : childrenOf(main).find((pid) => consoles.has(pid)),
    worker: main === undefined ? undefined : childrenOf(main).find((pid) => workers.has(pid)),
    database: pidsOf(`-D ${path.join(home, "postgres")} `)[0],
  };
}

/** @param killed until another process stands in its place: what is about to end may still answer for a moment */
async function backAgain(site: Installation, killed?: { who: string; pid: number }): Promise<number> {
  const { url, output, launcher } = site;
  const began = Date.now();
  for (;;) {
    const now = killed ? victims(site) : {};
    if (
      killed &&
      (now.launcher === undefined ||
        now.console === undefined ||
        now.worker === undefined ||
        now[killed.who] === killed.pid)
    ) {
      if (launcher.exitCode !== null) throw new Error(`The launcher gave up.\n${output()}`);
      if (Date.now() - began > 90_000) throw new Error(`It is not back after 90 seconds.\n${output().slice(-2000)}`);
      await pause(50);
      continue;
    }
    const healthy = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return Date.now() - began;
    if (launcher.exitCode !== null) throw new Error(`The launcher gave up.\n${output()}`);
    if (Date.now() - began > 90_000) throw new Error(`It is not back after 90 seconds.\n${output().slice(-2000)}`);
    await pause(50);
  }
}

describe.skipIf(KILLS === 0 || process.platform !== "linux")("killed at random moments", () => {
  test(`${KILLS} times: it comes back by itself, and nothing that was acknowledged is lost`, async () => {
    const site = await install();
    const acknowledged: string[] = [];
    let going = true;
    const writers = Array.from({ length: 3 }, async () => {
      while (going) {
        const session = await signIn(site.url);
        if (session) acknowledged.push(session);
        else await pause(100);
      }
    });
    const killed = { console: 0, worker: 0, database: 0, launcher: 0 };
    let slowest = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const who = (["console", "worker", "database", "launcher"] as const)[kill % 4]!;
      await pause(Math.random() * 1500);
      const pid = victims(site)[who];
      if (pid === undefined) {
        kill -= 1;
        continue;
      }
      process.kill(pid, "SIGKILL");
      killed[who] += 1;
      slowest = Math.max(slowest, await backAgain(site, { who, pid }));
      // Eight ends a minute are as many as a watchman takes for accidents.
      await pause(7000);
      if (kill % 25 === 5) {
        const second = run(["start"], site.home, await freePort());
        expect(await ended(second.child)).toBe(1);
        expect(second.output()).toContain("is running on this data folder already");
      }
    }
    going = false;
    await Promise.all(writers);
    await backAgain(site);
    const checked = run(["verify-log"], site.home, 3000);
    expect(await ended(checked.child)).toBe(0);
    expect(checked.output()).toContain("Unbroken");
    const { port, appPassword } = JSON.parse(fs.readFileSync(path.join(site.home, "database.json"), "utf8")) as {
      port: number;
      appPassword: string;
    };
    const secret = fs.readFileSync(path.join(site.home, "session-secret"), "utf8");
    const client = new Client(`postgresql://callbox_app:${appPassword}@127.0.0.1:${port}/callbox`);
    await client.connect();
    const { rows } = await client.query<{ id: string }>(`select id from "Session"`);
    await client.end();
    const kept = new Set(rows.map(({ id }) => id));
    const lost: string[] = [];
    for (const token of acknowledged) {
      const { sessionId } = (await decode({ token, secret })) as unknown as { sessionId: string };
      if (!kept.has(createHash("sha256").update(sessionId).digest("hex"))) lost.push(sessionId);
    }
    site.launcher.kill("SIGTERM");
    expect(await ended(site.launcher)).toBe(0);
    expect(victims(site).database).toBeUndefined();
    fs.rmSync(site.home, { recursive: true, force: true });
    process.stderr.write(
      `${acknowledged.length} sign-ins acknowledged, ${lost.length} lost; killed ${JSON.stringify(killed)}; back after at most ${slowest} ms\n`,
    );
    expect(lost).toEqual([]);
    expect(killed.console + killed.worker + killed.database + killed.launcher).toBe(KILLS);
    expect(acknowledged.length).toBeGreaterThan(KILLS);
  });
});

describe.skipIf(!isNightly || process.platform !== "linux")("stopped through npm", () => {
  test.each(["SIGTERM", "SIGKILL"] as const)("%s ends console, worker, public server and database", async (signal) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-stop-"));
    fs.chmodSync(home, 0o755);
    const port = await freePort();
    const env = { ...process.env, CALLBOX_DATA: home, PORT: String(port), DATABASE_URL: undefined, NODE_OPTIONS: "" };
    const npm = spawn("npm", ["start"], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
    while (!said.includes("Callbox is ready")) {
      if (npm.exitCode !== null) throw new Error(said);
      await pause(200);
    }
    const descendants = (parent: number): number[] =>
      childrenOf(parent).flatMap((child) => [child, ...descendants(child)]);
    const started = [...descendants(npm.pid!), ...pidsOf(`-D ${path.join(home, "postgres")} `)];
    expect(started.length).toBeGreaterThanOrEqual(6);
    npm.kill(signal);
    const began = Date.now();
    const left = () => started.filter((pid) => fs.existsSync(`/proc/${pid}/exe`));
    while (left().length > 0 && Date.now() - began < 20_000) await pause(100);
    expect(left()).toEqual([]);
    process.stderr.write(`${signal} to npm: ${started.length} processes ended in ${Date.now() - began} ms\n`);
    fs.rmSync(home, { recursive: true, force: true });
  });
});
