import { Logger, run, runMigrations } from "graphile-worker";
import { Pool } from "pg";
import type { z } from "zod";
import type { JobContext, TaskName } from "./jobs";
import { log } from "./log";

/** Runs the jobs that changes left in the database. Any number of such processes share them. */

export interface Task {
  run: (payload: unknown, context: JobContext) => Promise<void>;
}

/** A task whose payload is checked before it runs. A failure is tried again later. */
export function task<Schema extends z.ZodType>(
  schema: Schema,
  run: (payload: z.infer<Schema>, context: JobContext) => Promise<void>,
): Task {
  return { run: (payload, context) => run(schema.parse(payload), context) };
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The library's own lines, among ours; what it says of each job is of no use to people. */
const logger = new Logger(() => (level, message) => log[LEVELS[level as keyof typeof LEVELS] ?? "debug"]({ message }));

/** Makes or renews the tables jobs are kept in. Needs the rights of the owner. */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger });
}

export interface RunningWorker {
  /** Resolves when it has ended by itself; rejects with what ended it. */
  ended: Promise<void>;
  /** Lets what it does end, and takes up nothing new. */
  stop: () => Promise<void>;
}

/**
 * Starts doing jobs, in this process.
 * @param options.concurrency jobs at once
 * @param options.crontab tasks by the clock, in UTC; of several workers one adds each
 */
export async function startWorker(
  databaseUrl: string,
  tasks: Readonly<Record<TaskName, Task>>,
  { concurrency = 4, crontab = "" }: { concurrency?: number; crontab?: string } = {},
): Promise<RunningWorker> {
  const pool = new Pool({ connectionString: databaseUrl, max: concurrency + 2, connectionTimeoutMillis: 10_000 });
  // A connection that dies while nothing uses it is replaced by the next.
  pool.on("error", (error) => log.warn({ error, message: "The worker lost a connection to the database" }));
  const runner = await run({
    pgPool: pool,
    concurrency,
    crontab,
    // A notice wakes it at once; this is for jobs whose time comes, and for a notice that was lost.
    pollInterval: 1000,
    noHandleSignals: true,
    logger,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, one]) => [
        name,
        async (payload, { job }) => {
          try {
            await one.run(payload, {
              now: new Date(),
              attempt: job.attempts,
              last: job.attempts >= job.max_attempts,
            });
          } catch (error) {
            log.warn({ error, task: name, attempt: job.attempts, message: "A job failed and is tried again" });
            throw error;
          }
        },
      ]),
    ),
  });
  return {
    ended: runner.promise,
    stop: async () => {
      await runner.stop().catch(() => undefined);
      await pool.end();
    },
  };
}
