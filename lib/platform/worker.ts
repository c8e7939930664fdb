import { EventEmitter } from "node:events";
import { type Task as GraphileTask, Logger, run, runMigrations, type Runner } from "graphile-worker";
import { Client } from "pg";
import type { z } from "zod";
import { ConnectionPool } from "./connections";
import { AHEAD, type JobContext, type TaskName } from "./jobs";
import { log } from "./log";
import { withTrace } from "./trace";

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

/** Who holds a job is known by a lock of its session, which ends with the process or its connection. */
const LEASE = 912;
/** How often jobs of workers that are gone are taken back, in milliseconds; and how young a job is left alone. */
const SWEEP_MS = 1000;
const YOUNG = "2 seconds";

/** The sign of life of this process: a connection of its own that holds one lock for each worker in it. */
class Lease {
  private readonly client: Client;
  private waiting: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(databaseUrl: string) {
    this.client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000, keepAlive: true });
  }

  /** @param lost is called when the connection ends: whoever looks then takes these jobs for nobody's */
  async open(lost: (error: Error) => void): Promise<void> {
    this.client.on("error", lost);
    this.client.on("end", () => lost(new Error("The worker lost its connection to the database.")));
    await this.client.connect();
    this.timer = setInterval(() => this.ask(() => this.sweep()).catch(lost), SWEEP_MS);
  }

  /** One query at a time. */
  private ask<Value>(run: () => Promise<Value>): Promise<Value> {
    const next = this.waiting.then(run);
    this.waiting = next.catch(() => undefined);
    return next;
  }

  hold(workerId: string): Promise<unknown> {
    return this.ask(() => this.client.query("select pg_advisory_lock($1, hashtext($2))", [LEASE, workerId]));
  }

  /** Gives back what workers hold whose lock nobody holds: they died, and their jobs are done by others. */
  private async sweep(): Promise<void> {
    const { rows } = await this.client.query<{ id: string }>(`
      with held as (
        select locked_by as id, max(locked_at) as at from (
          select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
          union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null) as locks
        group by 1)
      select id from held where at < now() - interval '${YOUNG}' and not exists (
        select 1 from pg_locks where locktype = 'advisory' and classid = ${LEASE} and granted
          and database = (select oid from pg_database where datname = current_database())
          and objid = (hashtext(held.id)::bigint & 4294967295)::oid)`);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await this.client.query("select graphile_worker.force_unlock_workers($1)", [ids]);
    log.warn({ message: "Took back the jobs of a worker that ended", workers: ids.length });
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.client.removeAllListeners("end");
    await this.client.end().catch(() => undefined);
  }
}

export interface WorkerOptions {
  /** Jobs at once. */
  concurrency?: number;
  /** So many more at once of those that nothing else may hold up (`AHEAD`). */
  ahead?: number;
  /** Tasks by the clock, in UTC; of several workers one adds each. */
  crontab?: string;
}

/**
 * Starts doing jobs, in this process. When it dies, whatever killed it, another
 * one takes its jobs up within seconds.
 */
export async function startWorker(
  databaseUrl: string,
  tasks: Readonly<Record<TaskName, Task>>,
  { concurrency = 4, ahead = 1, crontab = "" }: WorkerOptions = {},
): Promise<RunningWorker> {
  const pool = new ConnectionPool({
    connectionString: databaseUrl,
    max: concurrency + ahead + 3,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies while nothing uses it is replaced by the next.
  pool.on("error", (error) => log.warn({ error, message: "The worker lost a connection to the database" }));
  let lose: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  lost.catch(() => undefined);
  const lease = new Lease(databaseUrl);
  try {
    await lease.open(lose);
  } catch (error) {
    await Promise.all([lease.close(), pool.end()]);
    throw error;
  }
  const events = new EventEmitter();
  events.on(
    "worker:create",
    ({ worker }: { worker: { workerId: string } }) => void lease.hold(worker.workerId).catch(lose),
  );
  const common = {
    pgPool: pool,
    events,
    // A notice wakes it at once; this is for jobs whose time comes, and for a notice that was lost.
    pollInterval: 500,
    noHandleSignals: true,
    logger,
  };
  const listOf = (wanted: (name: TaskName) => boolean) =>
    Object.fromEntries(
      Object.entries(tasks)
        .filter(([name]) => wanted(name as TaskName))
        .map(([name, one]): [string, GraphileTask] => [
          name,
          (payload, { job }) =>
            withTrace({ job: String(job.id), task: name }, async () => {
              try {
                await one.run(payload, {
                  now: new Date(),
                  attempt: job.attempts,
                  last: job.attempts >= job.max_attempts,
                });
              } catch (error) {
                log.warn({ error, attempt: job.attempts, message: "A job failed and is tried again" });
                throw error;
              }
            }),
        ]),
    );
  const runners: Runner[] = [];
  const stop = async () => {
    await Promise.all(runners.map((runner) => runner.stop().catch(() => undefined)));
    await lease.close();
    await pool.end();
  };
  try {
    runners.push(await run({ ...common, concurrency, crontab, taskList: listOf(() => true) }));
    runners.push(await run({ ...common, concurrency: ahead, taskList: listOf((name) => AHEAD.includes(name)) }));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ended: Promise.race([...runners.map(({ promise }) => promise), lost]),
    stop,
  };
}
