import "server-only";
import type { Actor } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { addJob } from "../../platform/jobs";
import { refuse, type Result, success } from "../../platform/result";
import { fingerprint } from "../../record/chain";

/**
 * What an import leaves for a worker, on this machine or another: its file to be
 * read, and its rows to be written. Both are in the database before the person
 * is answered, so no restart of a console or a worker loses them.
 */

/** So much of a file is one row, in bytes. */
const SLICE = 4 * 1024 * 1024;
/** More files than this do not wait to be read; each has up to 64 MB. */
const MOST_WAITING = 20;
/** An import that has waited for so long waits for nobody, in milliseconds. */
const FORGOTTEN_MS = 3_600_000;
/** How often each is tried. A worker that is killed counts as one time. */
const ATTEMPTS = 20;

/** Takes the one file of an import, and leaves it to be read. */
export function leaveFile(
  client: PrismaClient,
  actor: Actor,
  id: string,
  bytes: Uint8Array,
  now: Date,
): Promise<Result<{ size: number }>> {
  return changeAs(
    client,
    actor,
    async (transaction) => {
      const waiting = await transaction.directoryImport.count({
        where: { state: "reading", sha256: { not: null }, at: { gt: new Date(now.getTime() - FORGOTTEN_MS) } },
      });
      if (waiting >= MOST_WAITING) return refuse("busy", "Too many files are being read. Try again later.");
      const { count } = await transaction.directoryImport.updateMany({
        where: { id, state: "reading", sha256: null },
        data: { sha256: fingerprint(bytes), size: bytes.length },
      });
      if (count === 0) return refuse("gone", "This import has its file already, or was dropped.");
      for (let at = 0; at < Math.max(1, bytes.length); at += SLICE) {
        await transaction.importSlice.create({
          data: { importId: id, position: at / SLICE, bytes: Uint8Array.from(bytes.subarray(at, at + SLICE)) },
        });
      }
      // One at a time, of all workers: reading takes a core and some hundred megabytes.
      const job = { key: `read-import ${id}`, queue: "read-import", attempts: ATTEMPTS };
      await addJob(transaction, "read-import", { id, session: actor.sessionKey }, job);
      return success({ size: bytes.length });
    },
    { ms: 60_000 },
  );
}

/** Leaves an import to be written as its preview shows it. */
export function leaveWriting(client: PrismaClient, actor: Actor, id: string): Promise<Result<null>> {
  return changeAs(client, actor, async (transaction) => {
    const { count } = await transaction.directoryImport.updateMany({
      where: { id, state: "read" },
      data: { state: "writing", problem: null },
    });
    if (count === 0)
      return refuse("gone", "This import is not waiting any more: it was applied or dropped. Nothing was written.");
    const job = { key: `write-import ${id}`, queue: "write-import", attempts: ATTEMPTS };
    await addJob(transaction, "write-import", { id, session: actor.sessionKey }, job);
    return success(null);
  });
}
