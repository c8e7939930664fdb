import "server-only";
import fs from "node:fs/promises";
import path from "node:path";
import type { Reader } from "../../platform/db";
import { checkpointKey, signCheckpoint, writeCheckpoint } from "../../record/checkpoint";

/** Where checkpoints are kept and what signs them. */
export interface CheckpointSettings {
  folder: string;
  /** The site's secret. */
  secret: string;
}

/** Written aside and moved, so that nobody who copies the folder gets half a file. */
async function writeAside(file: string, bytes: string | Buffer): Promise<void> {
  const making = `${file}.${process.pid}.new`;
  await fs.writeFile(making, bytes, { mode: 0o644 });
  await fs.rename(making, file);
}

const fileOf = (seq: number) => String(seq).padStart(10, "0");

/**
 * Signs how far the record reaches now, and keeps it in a folder: `entry.txt`,
 * `entry.sig`, and the public key once. Doing it twice at the same entry
 * changes nothing. What is in the folder is meant to be copied elsewhere.
 * @returns the path of the checkpoint, without its ending; null while there is no record
 */
export async function keepCheckpoint(
  client: Reader,
  { folder, secret }: CheckpointSettings,
  now: Date,
): Promise<string | null> {
  const last = await client.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const site = await client.site.findUnique({ where: { id: 1 }, select: { name: true } });
  if (!last || !site) return null;
  const stem = path.join(folder, fileOf(Number(last.seq)));
  await fs.mkdir(folder, { recursive: true });
  const known = await fs.access(`${stem}.sig`).then(
    () => true,
    () => false,
  );
  if (known) return stem;
  const text = writeCheckpoint({ site: site.name, seq: Number(last.seq), hash: last.hash, at: now });
  await writeAside(path.join(folder, "key.pem"), checkpointKey(secret));
  await writeAside(`${stem}.txt`, text);
  await writeAside(`${stem}.sig`, signCheckpoint(text, secret));
  return stem;
}

/** The last checkpoint of this process: of which entry, and when. */
export interface Kept {
  seq: bigint;
  at: Date;
}

const HOUR_MS = 3_600_000;

/**
 * Keeps a checkpoint when the last one is an hour old, or an alert was published since.
 * @returns the last checkpoint there is now
 */
export async function keepWhenDue(
  client: Reader,
  settings: CheckpointSettings,
  kept: Kept | null,
  now: Date,
): Promise<Kept | null> {
  const published = await client.auditEvent.findFirst({
    where: { action: "alert.published", ...(kept ? { seq: { gt: kept.seq } } : {}) },
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  if (kept && !published && now.getTime() - kept.at.getTime() < HOUR_MS) return kept;
  const last = await client.auditEvent.findFirst({ orderBy: { seq: "desc" }, select: { seq: true } });
  if (!last || !(await keepCheckpoint(client, settings, now))) return kept;
  return { seq: last.seq, at: now };
}
