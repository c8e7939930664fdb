import path from "node:path";
import { launcherEnv, signingSettings } from "../../platform/env";
import type { SiteFiles } from "../../platform/backup/take";
import { fromHere, misuse } from "../input-files";
import { checkpointFolder, type OpenDatabase, openDatabase, sessionSecret } from "../steps";

/** `callbox backup`: everything a site is made of, in one folder that is whole or not there. */

/** Where the parts of this site are that are not in its database. */
export function filesOfSite(database: Pick<OpenDatabase, "home">): SiteFiles {
  return {
    secret: sessionSecret(database.home),
    signing: signingSettings(),
    publicFolder: launcherEnv().publicFolder ?? path.join(database.home, "public"),
    checkpoints: checkpointFolder(),
  };
}

/** @returns 0 when it is made, 2 when no folder is named */
export async function backup(folder: string | undefined, options: { json: boolean }): Promise<number> {
  if (!folder) return misuse("Name the folder to make: callbox backup DIR.");
  const { takeBackup } = await import("../../platform/backup/take");
  const target = fromHere(folder);
  const began = Date.now();
  const database = await openDatabase();
  try {
    const made = await takeBackup(database.ownerUrl, filesOfSite(database), target);
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = made.files.reduce((sum, file) => sum + file.bytes, 0);
    const head = `${made.head.seq}:${made.head.hash}`;
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ folder: target, takenAt: made.takenAt, head, rows, bytes, files: made.files.length, seconds })}\n`
        : `Backed up ${rows} rows and ${made.files.length} files (${(bytes / 1e6).toFixed(1)} MB) in ${seconds.toFixed(1)} s: ${target}\n` +
            `Last entry ${head}\nIt holds the site's secret keys: encrypt it before it leaves this machine (docs/backup.md).\n`,
    );
    return 0;
  } finally {
    await database.stop();
  }
}
