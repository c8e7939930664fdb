import "server-only";
import os from "node:os";
import path from "node:path";
import type { PrismaClient } from "../../platform/db";
import { describeFileTrouble } from "../../platform/file-trouble";
import { log } from "../../platform/log";
import { findProven } from "../data";
import { startOfBackupDay } from "../status";

/** Puts a backup back beside the site. @throws with sentences of what does not fit, or why it can’t be tried */
export type Prove = (folder: string) => Promise<void>;

const DAY_MS = 86_400_000;
const MOST_SAID = 1000;

/**
 * Tries the newest backup, where none was proven to work for as many nights as are set. One that failed is not tried
 * twice: that of the next night is. What it came to stands in the row of the backup, for the status page, its alarm
 * and the metrics.
 */
export async function tryBackupWhenDue(
  client: PrismaClient,
  { folder, drillDays }: { folder: string; drillDays: number },
  prove: Prove,
  now: Date,
): Promise<"not due" | "works" | "failed"> {
  if (drillDays === 0) return "not due";
  const newest = await client.backupRun.findFirst({ where: { state: "made" }, orderBy: { startedAt: "desc" } });
  // Only whoever made it surely has its folder.
  if (!newest || newest.drilledAt || newest.machine !== os.hostname()) return "not due";
  const proven = await findProven(client);
  const nights = proven?.drilledAt
    ? (startOfBackupDay(now).getTime() - startOfBackupDay(proven.drilledAt).getTime()) / DAY_MS
    : Infinity;
  if (nights < drillDays) return "not due";
  // Written first: a machine that can’t bear a drill is not brought down by it every hour.
  const { count } = await client.backupRun.updateMany({
    where: { id: newest.id, drilledAt: null },
    data: { drilledAt: now, drillProblem: "The worker ended while it tried it." },
  });
  if (count === 0) return "not due";
  const began = performance.now();
  const problem = await prove(path.join(folder, newest.name)).then(
    () => null,
    (error: unknown) => {
      log.error({ event: "drill failed", error });
      return describeFileTrouble(error) ?? (error instanceof Error ? error.message : "unknown");
    },
  );
  await client.backupRun.update({
    where: { id: newest.id },
    data: {
      drillSeconds: Math.round(performance.now() - began) / 1000,
      drillProblem: problem?.slice(0, MOST_SAID) ?? null,
    },
  });
  return problem === null ? "works" : "failed";
}
