import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import type { Health } from "../platform/health";
import { placeFor, unprivilegedAccount } from "../platform/unprivileged";
import { buildMark, CHECKOUT, childEnv } from "./steps";

/** The console as a process of its own, with no more rights than it needs. */

export interface Served {
  url: string;
  process: ChildProcess;
  /** Resolves when it has ended, whatever ended it. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}

export interface ServeOptions {
  databaseUrl: string;
  secret: string;
  host: string;
  port: number;
  /** The address people open. */
  url: string;
  /** The data folder, whose disk the health page looks at. */
  home: string;
  show: boolean;
}

/**
 * Serves the built console and waits until its health page answers. As root it
 * runs under the account that the database runs under.
 * @throws when it ends early or does not answer within a minute
 */
export async function serveConsole(options: ServeOptions): Promise<Served> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount("console") : undefined;
  const place = account ? placeFor(account, CHECKOUT, buildMark()) : { folder: CHECKOUT, node: process.execPath };
  const loader = pathToFileURL(path.join(place.folder, "node_modules", "tsx", "dist", "loader.mjs")).href;
  const child = spawn(place.node, ["--import", loader, path.join(place.folder, "lib", "cli", "console.ts")], {
    cwd: place.folder,
    ...account,
    // Not in our process group: Ctrl-C reaches only the launcher, which ends this in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: childEnv({
      NODE_ENV: "production",
      DATABASE_URL: options.databaseUrl,
      NEXTAUTH_SECRET: options.secret,
      NEXTAUTH_URL: options.url,
      CALLBOX_DATA: options.home,
      HOST: options.host,
      PORT: String(options.port),
      ...(account ? { HOME: "/", TMPDIR: "/tmp" } : {}),
    }),
  });
  let said = "";
  const take = (chunk: Buffer) => {
    said = (said + chunk).slice(-4000);
    // Log lines are JSON; what next says for itself is of no use to people here.
    if (options.show)
      for (const line of String(chunk).split("\n")) if (line.startsWith("{")) process.stderr.write(`${line}\n`);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  };
  const deadline = Date.now() + 60_000;
  const host = options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The console ended early.\n${said}`);
    // A disk that is nearly full is told by the health page; it is no reason not to serve.
    const healthy = await fetch(`http://${host}:${options.port}/api/health`).then(
      async (answer) => ((await answer.json()) as Health).migrations === "current",
      () => false,
    );
    if (healthy) return { url: options.url, process: child, ended, stop };
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The console did not answer within a minute.\n${said}`);
    }
    await pause(100);
  }
}
