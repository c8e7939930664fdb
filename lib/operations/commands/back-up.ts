import "server-only";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findOutlived, nameBackup, type Retention } from "../../platform/backup/retention";
import { type SiteFiles, takeBackup } from "../../platform/backup/take";
import type { PrismaClient } from "../../platform/db";
import { describeFileTrouble } from "../../platform/file-trouble";
import { log } from "../../platform/log";
import { describeTrouble } from "../../platform/trouble";
import { startOfBackupDay } from "../status";

/** Where nightly backups go, and which are kept. */
export interface BackupSettings extends Retention {
  folder: string;
}

/** What a worker that was killed left half written is removed after so long, in milliseconds. */
const LEFTOVER_MS = 86_400_000;

/**
 * Makes the backup of this night unless it is there, and removes those that are
 * kept no longer. A failure is noted, for the status page and its alarm, and
 * tried again an hour later.
 * @returns what it came to
 */
export async function backUpWhenDue(
  client: PrismaClient,
  databaseUrl: string,
  settings: BackupSettings,
  site: SiteFiles,
  now: Date,
): Promise<"was made before" | "made" | "failed"> {
  const tonight = startOfBackupDay(now);
  if (await client.backupRun.findFirst({ where: { state: "made", startedAt: { gte: tonight } }, select: { id: true } }))
    return "was made before";
  // Jobs of this queue are done one after the other, so whoever still runs was killed.
  await client.backupRun.updateMany({
    where: { state: "running" },
    data: { state: "failed", endedAt: now, problem: "The worker ended while it made this backup." },
  });
  const name = nameBackup(now);
  const { id } = await client.backupRun.create({
    data: { startedAt: now, state: "running", name, machine: os.hostname() },
  });
  try {
    await fs.promises.mkdir(settings.folder, { recursive: true, mode: 0o700 });
    const { files } = await takeBackup(databaseUrl, site, path.join(settings.folder, name));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    await client.backupRun.update({ where: { id }, data: { state: "made", endedAt: new Date(), bytes } });
  } catch (error) {
    log.error({ event: "backup failed", error });
    const said =
      describeTrouble(error) ?? describeFileTrouble(error) ?? (error instanceof Error ? error.message : "unknown");
    await client.backupRun.update({
      where: { id },
      data: { state: "failed", endedAt: new Date(), problem: said.slice(0, 500) },
    });
    return "failed";
  }
  await removeOutlived(settings, now);
  return "made";
}

/** A backup half written, or half removed, by a worker that was killed meanwhile. */
const LEFTOVER = /^(\d{4}-\d{2}-\d{2}T[\d-]{8}Z\.partial-\d+|\.\d{4}-\d{2}-\d{2}T[\d-]{8}Z(\.partial-\d+)?\.removed)$/;

/** Removes backups that are kept no longer, and what was left half written or half removed; nothing else. */
async function removeOutlived({ folder, ...retention }: BackupSettings, now: Date): Promise<void> {
  const names = await fs.promises.readdir(folder);
  const outlived = findOutlived(names, retention);
  for (const name of names.filter((one) => LEFTOVER.test(one))) {
    // It was meant to go, with the site's keys in it, and nobody writes to it.
    if (name.endsWith(".removed")) {
      await fs.promises.rm(path.join(folder, name), { recursive: true, force: true });
      continue;
    }
    const { mtimeMs } = await fs.promises.stat(path.join(folder, name));
    if (now.getTime() - mtimeMs > LEFTOVER_MS) outlived.push(name);
  }
  for (const name of outlived) {
    // Under another name first: one that is half removed is not taken for a whole one.
    const going = path.join(folder, `.${name}.removed`);
    await fs.promises.rename(path.join(folder, name), going);
    await fs.promises.rm(going, { recursive: true, force: true });
  }
}
