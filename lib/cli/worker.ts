import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { recheckAllReady } from "../alerts/ready/commands/recheck";
import { escalate } from "../alerts/notices/commands/escalate";
import { sendNotice } from "../alerts/notices/commands/send-notice";
import { deliver } from "../delivery/commands/deliver";
import { layOut, nextEnd, renewSite, upload } from "../delivery/commands/write-site";
import { readLeft, writeLeft } from "../exchange/commands/take-up";
import { recordReadinessDays } from "../directory/readiness/mutations";
import { backUpWhenDue } from "../operations/commands/back-up";
import { lookAfter } from "../operations/commands/look-after";
import { alarmSchema, sendAlarm } from "../operations/commands/send-alarm";
import { tryBackupWhenDue } from "../operations/commands/try-backup";
import { connect, inTransaction } from "../platform/db";
import {
  backupSettings,
  checkpointSettings,
  env,
  mailSettings,
  publicBucket,
  publicFolder,
  publicTree,
  publicUrl,
  signingSettings,
} from "../platform/env";
import { addJob, BUCKET_QUEUE, SITE_QUEUE, type TaskName } from "../platform/jobs";
import { log } from "../platform/log";
import { isLost } from "../platform/trouble";
import { type RunningWorker, startWorker, type Task, task } from "../platform/worker";
import { drillAtNight } from "./nightly-drill";

/**
 * The process that does what changes left to be done: deliveries, the public
 * site, notices, escalations, imports, the day's readiness, backups. Several of them share the work, on this machine or on others.
 */

/** Jobs at once. Most of them wait for someone's answer. */
const CONCURRENCY = 16;
/** And so many of those that nothing holds up: the public site, notices. */
const CONCURRENCY_AHEAD = 2;
const CONNECTIONS = 8;
/**
 * The day's readiness, looked at every hour: doing it twice on a day changes
 * nothing. The public pages every ten minutes, for numbers that changed. Ready
 * drafts at night, when nobody waits for the database. How the installation
 * stands every minute. The backup of the night at the first full hour after it
 * is due; one that failed is tried again in the next. After it, in the same job, the drill.
 */
const CRONTAB = `7 * * * * readiness-day ?max=3
23 7 * * * check-ready-drafts ?max=3
*/10 * * * * write-site ?queue=${SITE_QUEUE}&max=3
* * * * * look-after ?max=1
20 * * * * back-up ?queue=backup:0&max=1`;

const leftImport = z.object({ id: z.string(), session: z.string() });

/** How often a worker without a database looks for one, in milliseconds, and how long what it was doing may take to end. */
const LOOK_MS = 500;
const ENDING_MS = 45_000;

async function work(): Promise<void> {
  const { DATABASE_URL, NEXTAUTH_SECRET, NEXTAUTH_URL } = env();
  const mail = mailSettings();
  const post = { settings: mail, url: NEXTAUTH_URL.replace(/\/$/, "") };
  const client = connect(DATABASE_URL, { connections: CONNECTIONS });
  const site = { folder: publicFolder(), url: publicUrl(), tree: publicTree(), bucket: publicBucket() };
  const siteFiles = {
    secret: NEXTAUTH_SECRET,
    signing: signingSettings(),
    publicFolder: site.folder,
    checkpoints: checkpointSettings().folder,
  };
  const liveSite = { appUrl: DATABASE_URL, publicFolder: site.folder, checkpoints: siteFiles.checkpoints };
  // A wrong setting is said at the start, not in the night.
  backupSettings();
  const writeSite = async (options: { pagesFirst?: boolean } = {}) => {
    const now = new Date();
    const { files, made, later } = await renewSite(client, site, now, options);
    if (later > 0)
      await inTransaction(client, (transaction) =>
        addJob(transaction, "write-site", {}, { key: "write-site rest", queue: SITE_QUEUE }),
      );
    const end = await nextEnd(client, now);
    if (end) {
      await inTransaction(client, (transaction) =>
        addJob(
          transaction,
          "write-site",
          {},
          { runAt: end, key: `write-site ${end.toISOString()}`, queue: SITE_QUEUE },
        ),
      );
    }
    // After the pack, which our own server reads: this takes longer and holds nobody up.
    if (site.tree !== undefined)
      await inTransaction(client, (transaction) =>
        addJob(transaction, "lay-out-site", {}, { key: "lay-out-site", queue: SITE_QUEUE }),
      );
    if (site.bucket !== null)
      await inTransaction(client, (transaction) =>
        addJob(transaction, "upload-site", {}, { key: "upload-site", queue: BUCKET_QUEUE }),
      );
    return `${made} of ${files} files written`;
  };
  const deliverOne = task(z.object({ id: z.string() }), async ({ id }) => {
    await deliver(client, id, {
      mail,
      // People wait for the pages in the languages the alert is written in; the rest follows in a job of its own.
      writeSite: () => writeSite({ pagesFirst: true }),
      publicUrl: site.url,
      secret: NEXTAUTH_SECRET,
    });
  });
  const tasks: Record<TaskName, Task> = {
    "send-notice": task(z.object({ id: z.string() }), ({ id }, context) => sendNotice(client, id, post, context)),
    escalate: task(z.object({ alertId: z.string(), contentHash: z.string() }), async (alert, { now }) => {
      await escalate(client, alert, now);
    }),
    deliver: deliverOne,
    "deliver-site": deliverOne,
    "write-site": task(z.unknown(), async () => {
      await writeSite();
    }),
    "lay-out-site": task(z.unknown(), () => layOut(site)),
    "upload-site": task(z.unknown(), () => upload(site)),
    "read-import": task(leftImport, (left, context) => readLeft(client, left, context)),
    "write-import": task(leftImport, (left, context) => writeLeft(client, left, context)),
    "back-up": task(z.unknown(), async (_, { now }) => {
      const settings = backupSettings();
      if (!settings) return;
      await backUpWhenDue(client, DATABASE_URL, settings, siteFiles, now);
      await tryBackupWhenDue(client, settings, (folder) => drillAtNight(folder, liveSite), new Date());
    }),
    "look-after": task(z.unknown(), async (_, { now }) => {
      await lookAfter(client, { mail: mail !== null }, now);
    }),
    "send-alarm": task(alarmSchema, (alarm) => sendAlarm(client, alarm, post)),
    "readiness-day": task(z.unknown(), async (_, { now }) => {
      await recordReadinessDays(client, now);
    }),
    "check-ready-drafts": task(z.unknown(), async (_, { now }) => {
      await recheckAllReady(client, now);
    }),
  };
  let worker: RunningWorker | undefined;
  const end = async () => {
    await worker?.stop();
    await client.$disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end());
  // The launcher is gone: a worker that nobody watches makes way for one that someone does.
  process.on("disconnect", () => void end());
  // Where the database is switched over to another server, it goes on there.
  for (let first = true; ; await pause(LOOK_MS)) {
    try {
      worker = await startWorker(DATABASE_URL, tasks, {
        concurrency: CONCURRENCY,
        ahead: CONCURRENCY_AHEAD,
        crontab: CRONTAB,
      });
      await inTransaction(client, async (transaction) => {
        await addJob(transaction, "readiness-day", {}, { key: "readiness at start" });
        // Whoever turns the machine off at night has them checked in the morning.
        await addJob(transaction, "check-ready-drafts", {}, { key: "check-ready-drafts at start" });
        await addJob(transaction, "look-after", {}, { key: "look after at start" });
        await addJob(transaction, "write-site", {}, { key: "write-site at start", queue: SITE_QUEUE });
      });
      if (first) process.send?.("ready");
      first = false;
      await worker.ended;
      return;
    } catch (error) {
      if (!isLost(error)) throw error;
      log.warn({ error, message: "The worker lost the database and looks for it" });
      // What it held is nobody's now and may be taken up elsewhere, so nothing of it goes on beside that for long.
      const ended = await Promise.race([worker?.stop().then(() => true), pause(ENDING_MS, false, { ref: false })]);
      if (ended === false) throw error;
      worker = undefined;
    }
  }
}

work().catch((error: unknown) => {
  log.error({ event: "worker failed", error });
  process.stderr.write(`${error instanceof Error ? error.message : "The worker failed."}\n`);
  process.exit(1);
});
