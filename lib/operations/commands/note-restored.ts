import "server-only";
import { inTransaction, type PrismaClient } from "../../platform/db";
import type { Manifest } from "../../platform/backup/schema";
import { appendAudit } from "../../record/append";

/** Leaves an entry that the site was put back, so that whoever reads the record knows why it goes on from there. */
export async function noteRestored(client: PrismaClient, { takenAt, head }: Manifest, now: Date): Promise<void> {
  await inTransaction(client, (transaction) =>
    appendAudit(
      transaction,
      {
        actor: null,
        action: "site.restored",
        subject: { type: "site", id: "1" },
        summary: `The site was put back from a backup of ${takenAt}, by the operator of the machine. What happened after entry ${head.seq} is not in it.`,
        data: { takenAt, seq: head.seq, hash: head.hash },
      },
      now,
    ),
  );
}
