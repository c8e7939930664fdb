import "server-only";
import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { log } from "./log";

/**
 * Runs work on files that people give in a process of its own, so that no file,
 * whatever it is, holds up the console: it has its own event loop, a limit of
 * memory and a limit of time, and is ended when it passes either.
 */

export interface JobLimits {
  seconds: number;
  megabytes: number;
}

export type JobResult<Value> = { ok: true; value: Value } | { ok: false; why: Ending | "failed" };
/** Why a process ended: it took too long, it ended itself, as when it has no more memory, or something killed it. */
type Ending = "too-long" | "ended" | "killed";

interface Waiting {
  settle: (result: JobResult<unknown>) => void;
  timer: NodeJS.Timeout;
}

/** How long a process that is not used is kept. */
const IDLE_MS = 600_000;

/** One process that does one job after another. */
class Worker {
  private child: ChildProcess | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly megabytes: number) {}

  get busy(): boolean {
    return this.waiting.size > 0;
  }

  run<Value>(job: string, payload: unknown, seconds: number): Promise<JobResult<Value>> {
    clearTimeout(this.idle);
    const child = (this.child ??= this.start());
    const id = (this.last += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end("too-long"), seconds * 1000);
      this.waiting.set(id, { settle: resolve as Waiting["settle"], timer });
      child.send({ id, job, payload });
    });
  }

  private start(): ChildProcess {
    const root = process.cwd();
    // Asked of the process, so that the bundler does not take the program for a part of the pages.
    const { fork } = process.getBuiltinModule("node:child_process");
    const child = fork(path.join(root, "lib", "cli", "file-worker.ts"), [], {
      cwd: root,
      execArgv: [
        `--max-old-space-size=${this.megabytes}`,
        "--conditions=react-server",
        "--import",
        pathToFileURL(path.join(root, "node_modules", "tsx", "dist", "loader.mjs")).href,
      ],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (message: { id: number; result: JobResult<unknown> }) =>
      this.finish(message.id, message.result),
    );
    child.on("error", (error) => log.error({ event: "file worker", error }));
    child.on("exit", (_, signal) => {
      if (this.child === child) this.end(signal === "SIGKILL" || signal === "SIGTERM" ? "killed" : "ended");
    });
    child.unref();
    child.channel?.unref();
    return child;
  }

  private finish(id: number, result: JobResult<unknown>): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.waiting.delete(id);
    waiting.settle(result);
    if (!this.busy) this.idle = setTimeout(() => this.end("ended"), IDLE_MS).unref();
  }

  /** Ends the process and whatever it was doing; the next job gets a new one. */
  end(why: Ending): void {
    const child = this.child;
    this.child = null;
    child?.kill("SIGKILL");
    for (const id of [...this.waiting.keys()]) this.finish(id, { ok: false, why });
  }
}

const holder = globalThis as { callboxWorkers?: Map<string, Worker> };

/**
 * Runs a job of lib/cli/file-worker.ts.
 * @param options.own whether it gets a process to itself, which ends with it
 */
export async function runJob<Value>(
  job: string,
  payload: unknown,
  limits: JobLimits,
  options: { own?: boolean } = {},
): Promise<JobResult<Value>> {
  if (options.own) {
    const worker = new Worker(limits.megabytes);
    const result = await worker.run<Value>(job, payload, limits.seconds);
    worker.end("ended");
    return result;
  }
  const workers: Map<string, Worker> = (holder.callboxWorkers ??= new Map());
  let worker = workers.get(job);
  if (!worker) workers.set(job, (worker = new Worker(limits.megabytes)));
  return worker.run<Value>(job, payload, limits.seconds);
}
