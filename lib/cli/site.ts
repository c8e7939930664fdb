import { type ChildProcess, spawn } from "node:child_process";
import { binOf, CHECKOUT, childEnv } from "./steps";

/** The console as a process of its own. */

export interface Served {
  url: string;
  process: ChildProcess;
  stop: () => Promise<void>;
}

export interface ServeOptions {
  databaseUrl: string;
  secret: string;
  host: string;
  port: number;
  /** The address people open. */
  url: string;
  show: boolean;
}

/**
 * Serves the built console and waits until its health page answers.
 * @throws when it ends early or does not answer within a minute
 */
export async function serveConsole(options: ServeOptions): Promise<Served> {
  const child = spawn(process.execPath, [binOf("next"), "start", "-H", options.host, "-p", String(options.port)], {
    cwd: CHECKOUT,
    // Not in our process group: Ctrl-C reaches only the launcher, which ends this in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: childEnv({
      NODE_ENV: "production",
      DATABASE_URL: options.databaseUrl,
      NEXTAUTH_SECRET: options.secret,
      NEXTAUTH_URL: options.url,
    }),
  });
  let said = "";
  const take = (chunk: Buffer) => {
    said = (said + chunk).slice(-4000);
    // Log lines are JSON; what next says for itself is of no use to people here.
    if (options.show)
      for (const line of String(chunk).split("\n")) if (line.startsWith("{")) process.stderr.write(`${line}\n`);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  const deadline = Date.now() + 60_000;
  const local = `http://${options.host === "0.0.0.0" ? "127.0.0.1" : options.host}:${options.port}/api/health`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The console ended early.\n${said}`);
    const healthy = await fetch(local).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return { url: options.url, process: child, stop };
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`The console did not answer within a minute.\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
