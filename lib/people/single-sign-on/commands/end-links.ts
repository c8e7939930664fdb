import "server-only";
import type { Transaction } from "../../../platform/db";

/** Ends every link of a person, for whoever ends their access or moves the account elsewhere. The caller writes the entry. */
export async function endLinks(transaction: Transaction, personId: string, now: Date): Promise<void> {
  await transaction.linkedSignIn.updateMany({ where: { personId, endedAt: null }, data: { endedAt: now } });
}
