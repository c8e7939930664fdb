import { z } from "zod";
import { escalate } from "../alerts/notices/commands/escalate";
import { sendNotice } from "../alerts/notices/commands/send-notice";
import { recordReadinessDays } from "../directory/readiness/mutations";
import { connect, inTransaction } from "../platform/db";
import { env, mailSettings } from "../platform/env";
import { addJob, type TaskName } from "../platform/jobs";
import { log } from "../platform/log";
import { startWorker, type Task, task } from "../platform/worker";

/**
 * The process that does what changes left to be done: notices, escalations, the
 * day's readiness. Several of them share the work, on this machine or on others.
 */

/** Jobs at once. */
const CONCURRENCY = 4;
/** The day's readiness, looked at every hour: doing it twice on a day changes nothing. */
const CRONTAB = "7 * * * * readiness-day ?max=3";

async function work(): Promise<void> {
  const { DATABASE_URL, NEXTAUTH_URL } = env();
  const post = { settings: mailSettings(), url: NEXTAUTH_URL.replace(/\/$/, "") };
  const client = connect(DATABASE_URL, { connections: CONCURRENCY });
  const tasks: Record<TaskName, Task> = {
    "send-notice": task(z.object({ id: z.string() }), ({ id }, context) => sendNotice(client, id, post, context)),
    escalate: task(z.object({ alertId: z.string(), contentHash: z.string() }), async (alert, { now }) => {
      await escalate(client, alert, now);
    }),
    "readiness-day": task(z.unknown(), async (_, { now }) => {
      await recordReadinessDays(client, now);
    }),
  };
  const worker = await startWorker(DATABASE_URL, tasks, { concurrency: CONCURRENCY, crontab: CRONTAB });
  await inTransaction(client, (transaction) => addJob(transaction, "readiness-day", {}, { key: "readiness at start" }));
  process.send?.("ready");
  const end = async () => {
    await worker.stop();
    await client.$disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end());
  // The launcher is gone: a worker that nobody watches makes way for one that someone does.
  process.on("disconnect", () => void end());
  await worker.ended;
}

work().catch((error: unknown) => {
  log.error({ event: "worker failed", error });
  process.stderr.write(`${error instanceof Error ? error.message : "The worker failed."}\n`);
  process.exit(1);
});
