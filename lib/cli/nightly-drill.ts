import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BackupFile } from "../platform/backup/schema";
import { readBackup } from "../platform/backup/take";
import { type Database, openEmbeddedPostgres } from "../platform/embedded-postgres";
import { runJob } from "../platform/file-worker";
import { log } from "../platform/log";
import type { Site, Step } from "./commands/drill";

/**
 * A drill as the worker runs it: the server that the backup is put back into is started beside the site, and the work
 * is done in a process of its own, so that it holds up no delivery and takes no more memory or time than it may.
 */

export interface DrillPayload {
  folder: string;
  site: Site;
  scratch: Pick<Database, "ownerUrl" | "appUrl" | "home">;
}

const LIMITS = { seconds: 4 * 3600, megabytes: 2048 };
/** A database takes more room than its rows do as compressed text; and so much is left to the site, in bytes. */
const GROWTH = 12;
const LEFT_OVER = 1e9;

/** In the folder of backups: where the server of a drill is, until it ended. */
const NOTE = ".drill";
const PREFIX = "callbox-drill-";

/** @throws with sentences of what does not fit, or why the backup can’t be tried */
export async function drillAtNight(
  folder: string,
  site: Site,
  { temporary = os.tmpdir(), open = openEmbeddedPostgres } = {},
): Promise<void> {
  const note = path.join(path.dirname(folder), NOTE);
  await clearScratch(note);
  const { files } = await readBackup(folder);
  await checkRoom(files, temporary);
  const scratch = fs.mkdtempSync(path.join(temporary, PREFIX));
  fs.writeFileSync(note, scratch, { mode: 0o600 });
  // As root the server runs under another account, which must be able to enter.
  fs.chmodSync(scratch, 0o755);
  try {
    const database = await open(path.join(scratch, "site"), "console").catch((error: unknown) => {
      const why = error instanceof Error ? error.message : "unknown";
      throw new Error(`It can’t be tried: no database could be started beside the site to put it back into. ${why}`);
    });
    try {
      const { ownerUrl, appUrl, home } = database;
      const payload: DrillPayload = { folder, site, scratch: { ownerUrl, appUrl, home } };
      const result = await runJob<Step[]>("drill", payload, LIMITS, { own: true });
      if (!result.ok) throw new Error(ENDINGS[result.why]);
      const failed = result.value.filter(({ ok }) => !ok);
      if (failed.length > 0) throw new Error(failed.map(({ step, says }) => `${step}: ${says}`).join(" "));
    } finally {
      await database.stop();
    }
  } finally {
    await clearScratch(note);
  }
}

const ENDINGS = {
  "too-long": "It took longer than four hours and was ended.",
  ended: "It ended before it was done, as when there is too little memory.",
  killed: "Something on this machine ended it before it was done.",
  failed: "It failed; the worker’s log says why.",
} as const;

/** Ends the server of a drill, one whose worker was killed too, and removes all that it put back. */
async function clearScratch(note: string): Promise<void> {
  if (!fs.existsSync(note)) return;
  const scratch = fs.readFileSync(note, "utf8");
  if (path.basename(scratch).startsWith(PREFIX)) {
    const home = path.join(scratch, "site");
    if (fs.existsSync(path.join(home, "postgres", "postmaster.pid")))
      await openEmbeddedPostgres(home, "console").then(
        (left) => left.stop(),
        // A server whose folder is gone ends by itself.
        (error: unknown) => log.warn({ event: "drill left a server", error }),
      );
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  fs.rmSync(note);
}

/** A drill that fills the disk would take the site with it. @throws when there is too little room */
async function checkRoom(files: readonly BackupFile[], temporary: string): Promise<void> {
  const bytes = files.reduce((sum, file) => sum + file.bytes * (file.path.endsWith(".gz") ? GROWTH : 1), 0);
  const { bavail, bsize } = await fs.promises.statfs(temporary);
  if (bavail * bsize >= bytes + LEFT_OVER) return;
  const gigabytes = ((bytes + LEFT_OVER) / 1e9).toFixed(1);
  throw new Error(
    `It can’t be tried: putting it back takes up to ${gigabytes} GB in ${temporary}, and there is less. Make room, or name another folder in TMPDIR.`,
  );
}
