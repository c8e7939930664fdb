import "server-only";
import type { Transaction } from "../../../platform/db";

/**
 * Ends what a person asked for of channels and sign-in providers and nobody confirmed,
 * for whoever ends that person's access. The caller writes the entry.
 * @returns names of what they were about
 */
export async function endAsks(transaction: Transaction, personId: string): Promise<string[]> {
  const channels = { askedById: personId, state: { not: "live" } };
  const providers = { askedById: personId, state: { not: "on" } };
  const rows = [
    ...(await transaction.channel.findMany({ where: channels, select: { name: true } })),
    ...(await transaction.signInProvider.findMany({ where: providers, select: { name: true } })),
  ];
  const data = { askedById: null, askedBy: null, askedAt: null };
  await transaction.channel.updateMany({ where: channels, data });
  await transaction.signInProvider.updateMany({ where: providers, data });
  return rows.map(({ name }) => name);
}
