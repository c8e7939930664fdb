import type { Prisma, Transaction } from "./db";

/**
 * Work for later, written in the transaction of the change it belongs to: a
 * change that is rolled back leaves none, and one that is kept loses none,
 * whatever process dies. The worker (lib/cli/worker.ts) does it.
 */

/** Every kind of work there is; the worker has one function for each. */
export const TASKS = [
  "send-notice",
  "escalate",
  "readiness-day",
  "check-ready-drafts",
  "deliver",
  "deliver-site",
  "write-site",
  "lay-out-site",
  "upload-site",
  "read-import",
  "write-import",
  "back-up",
  "look-after",
  "send-alarm",
] as const;
export type TaskName = (typeof TASKS)[number];

/** The queue that all jobs share that write the public site, the delivery of an alert to it among them. */
export const SITE_QUEUE = "public-site:0";
/**
 * What people in danger read or officials wait for is not held up by channels that never answer: workers keep room
 * for it (`WorkerOptions.ahead`).
 */
export const AHEAD: readonly TaskName[] = ["deliver-site", "write-site", "send-notice", "escalate", "send-alarm"];
/** The delivery of an alert to the public site is a task of its own. */
export const taskOf = (task: TaskName, queue: string | undefined): TaskName =>
  task === "deliver" && queue === SITE_QUEUE ? "deliver-site" : task;

/** Jobs that write the bucket wait for each other, and hold up nothing else. */
export const BUCKET_QUEUE = "public-bucket:0";

export interface JobOptions {
  /** Not before this moment. */
  runAt?: Date;
  /** A job that still waits under the same key is replaced. */
  key?: string;
  /** Jobs of one queue are done one after the other. */
  queue?: string;
  /** How often it is tried; pauses grow from a second to some minutes. */
  attempts?: number;
}

/** Adds one job, to be done after this transaction is kept. */
export async function addJob(
  transaction: Transaction,
  task: TaskName,
  payload: Prisma.InputJsonObject,
  { runAt, key, queue, attempts = 10 }: JobOptions = {},
): Promise<void> {
  await transaction.$queryRaw`
    select 1 as added from graphile_worker.add_job(${taskOf(task, queue)}::text, payload := ${JSON.stringify(payload)}::json,
      run_at := coalesce(${runAt ?? null}::timestamptz, now()), job_key := ${key ?? null}::text,
      queue_name := ${queue ?? null}::text, max_attempts := ${attempts}::int)`;
}

/** What one job is given beside its payload. */
export interface JobContext {
  now: Date;
  /** 1 for the first try. */
  attempt: number;
  /** Whether it is not tried again after this. */
  last: boolean;
}
