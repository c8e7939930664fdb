import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import type { Health } from "../platform/health";
import { placeFor, unprivilegedAccount } from "../platform/unprivileged";
import { buildMark, CHECKOUT, childEnv } from "./steps";

/** The console and the worker, each a process of its own with no more rights than it needs. */

export interface OwnProcess {
  process: ChildProcess;
  /** Resolves when it has ended, whatever ended it. */
  ended: Promise<void>;
  stop: () => Promise<void>;
  /** The last it said, for whoever explains why it ended. */
  said: () => string;
}

export interface Served extends OwnProcess {
  url: string;
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
  /** Where the public site is written and read, on which port it is served, and the address people open. */
  public: { folder: string; host: string; port: number; url: string };
  /** Other settings, for a site that a test makes. */
  more?: Record<string, string>;
}

/** Makes the folder of the public site, which the worker writes and nobody else does. */
export function preparePublicFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = unprivilegedAccount("console");
  fs.chownSync(folder, uid, gid);
}

/** Makes the folder of the nightly backups, which the worker writes and nobody else may read. */
export function prepareBackupFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = unprivilegedAccount("console");
  fs.chownSync(folder, uid, gid);
}

/** A process that is told to end has so long for it, in milliseconds. */
const PATIENCE_MS = 8000;

/** Starts one of our files as a process. As root it runs under the account that the console has. */
function spawnOwn(file: string, options: ServeOptions, flags: readonly string[] = []): OwnProcess {
  const account = process.getuid?.() === 0 ? unprivilegedAccount("console") : undefined;
  const place = account ? placeFor(account, CHECKOUT, buildMark()) : { folder: CHECKOUT, node: process.execPath };
  const loader = pathToFileURL(path.join(place.folder, "node_modules", "tsx", "dist", "loader.mjs")).href;
  const child = spawn(place.node, [...flags, "--import", loader, path.join(place.folder, "lib", "cli", file)], {
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
      CALLBOX_PUBLIC: options.public.folder,
      CALLBOX_PUBLIC_URL: options.public.url,
      ...options.more,
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
    if (!hasEnded(child)) child.kill("SIGTERM");
    // What it was doing is left in the database, and done by whoever comes next.
    const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(patience);
  };
  return { process: child, ended, stop, said: () => said };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** @throws when a process ends before it says that it is ready */
async function whenReady(what: string, own: OwnProcess): Promise<OwnProcess> {
  const ready = await new Promise<boolean>((resolve) => {
    own.process.once("message", () => resolve(true));
    void own.ended.then(() => resolve(false));
  });
  if (ready) return own;
  throw new Error(`${what} ended early.\n${own.said()}`);
}

/** Starts the worker and waits until it takes jobs. @throws when it ends before */
export function serveWorker(options: ServeOptions): Promise<OwnProcess> {
  return whenReady(
    "The worker",
    spawnOwn("worker.ts", options, ["--max-semi-space-size=64", "--conditions=react-server"]),
  );
}

/** Serves the public site and waits until it can be read. @throws when it ends before, as where its port is taken */
export function servePublic(options: ServeOptions): Promise<OwnProcess> {
  const { host, port } = options.public;
  return whenReady("The public site", spawnOwn("public-server.ts", { ...options, host, port }));
}

/**
 * Serves the built console and waits until its health page answers.
 * @throws when it ends early or does not answer within a minute
 */
export async function serveConsole(options: ServeOptions): Promise<Served> {
  const served = spawnOwn("console.ts", options);
  const deadline = Date.now() + 60_000;
  const host = options.host === "0.0.0.0" ? "127.0.0.1" : options.host;
  for (;;) {
    if (hasEnded(served.process)) throw new Error(`The console ended early.\n${served.said()}`);
    // A disk that is nearly full is told by the health page; it is no reason not to serve.
    const healthy = await fetch(`http://${host}:${options.port}/api/health`).then(
      async (answer) => ((await answer.json()) as Health).migrations === "current",
      () => false,
    );
    if (healthy) return { ...served, url: options.url };
    if (Date.now() > deadline) {
      await served.stop();
      throw new Error(`The console did not answer within a minute.\n${served.said()}`);
    }
    await pause(100);
  }
}
