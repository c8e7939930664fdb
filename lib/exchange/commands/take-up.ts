import "server-only";
import { mintForJob } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { type JobResult, runJob } from "../../platform/file-worker";
import type { JobContext } from "../../platform/jobs";
import { applyImport } from "./apply";
import { failImport } from "./begin";
import { readImport } from "./read";

/**
 * What a worker does of an import. Each may be done again from the beginning
 * after whatever killed the one before: rows of an earlier reading are replaced,
 * and writing is one transaction.
 */

/** What a person left to be done: the import, and the key of the session it was left in. */
export interface LeftImport {
  id: string;
  session: string;
}

/** Seconds and megabytes that reading one file may take. */
const LIMITS = { seconds: 180, megabytes: 1500 };
/** A file whose reader is killed so often is taken for what kills it. */
const MOST_KILLED = 3;
const TOO_LARGE = "The file needs more memory than there is for reading one. Split it.";
const OURS = "Something went wrong on our side. Try again.";

/**
 * Has a file read, in a process of its own, whose memory and time are limited.
 * @throws when it is to be tried again
 */
export async function readLeft(client: PrismaClient, left: LeftImport, context: JobContext): Promise<void> {
  const result: JobResult<void> = await runJob<void>("import", left, LIMITS, { own: true });
  if (result.ok) return;
  if (result.why === "too-long")
    return failImport(client, left.id, "Reading the file took more than three minutes, so it was given up. Split it.");
  if (result.why === "ended") return failImport(client, left.id, TOO_LARGE);
  if (result.why === "killed" && context.attempt >= MOST_KILLED) return failImport(client, left.id, TOO_LARGE);
  if (context.last || (result.why === "failed" && context.attempt >= MOST_KILLED))
    return failImport(client, left.id, OURS);
  throw new Error(`Reading an import: ${result.why}.`);
}

/** Reads a file that waits in the database. Runs in the process of its own. */
export async function readWaiting(client: PrismaClient, { id, session }: LeftImport): Promise<void> {
  const row = await client.directoryImport.findUnique({ where: { id } });
  if (row?.state !== "reading") return;
  const actor = await mintForJob(client, session);
  if (!actor) return failImport(client, id, "You were signed out before the file was read. Sign in and give it again.");
  const bytes: Uint8Array[] = [];
  // One by one: an answer is twice as long on its way as it is here.
  for (let position = 0; ; position += 1) {
    const slice = await client.importSlice.findUnique({ where: { importId_position: { importId: id, position } } });
    if (!slice) break;
    bytes.push(slice.bytes);
  }
  await readImport(client, { actor, agencyId: row.agencyId }, id, Buffer.concat(bytes));
}

/** Writes what a preview showed, once, or says in the import why not. @throws when it is to be tried again */
export async function writeLeft(
  client: PrismaClient,
  { id, session }: LeftImport,
  { now, last }: JobContext,
): Promise<void> {
  const row = await client.directoryImport.findUnique({ where: { id } });
  // The one before was killed after its commit.
  if (row?.state !== "writing") return;
  const actor = await mintForJob(client, session);
  if (!actor) return release(client, id, "You were signed out before it was written, so nothing was. Save it again.");
  try {
    const result = await applyImport(client, { actor, agencyId: row.agencyId }, id, now);
    if (!result.ok) await release(client, id, result.message);
  } catch (error) {
    if (!last) throw error;
    await release(client, id, `${OURS} Nothing was written.`);
  }
}

/** Gives an import that was not written back to whoever decides about it. */
async function release(client: PrismaClient, id: string, problem: string): Promise<void> {
  await client.directoryImport.updateMany({ where: { id, state: "writing" }, data: { state: "read", problem } });
}
