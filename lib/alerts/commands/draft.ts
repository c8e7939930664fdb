import "server-only";
import { randomInt } from "node:crypto";
import type { Transaction } from "../../platform/db";
import type { Bundle } from "../bundle";

export const VALID_MINUTES = 120;
export const UPDATE_MINUTES = 60;

export async function contribute(
  transaction: Transaction,
  alertId: string,
  actor: { personId: string },
  what: string,
  now: Date,
) {
  await transaction.contribution.createMany({
    data: [{ alertId, personId: actor.personId, what, at: now }],
    skipDuplicates: true,
  });
}

/** Letters and digits that are not mistaken for one another, for identifiers. */
const UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The identifier stem of a new alert: agency, day, its number on that day, and
 * five random characters. Without these a database restored from a backup would
 * give out an identifier again that was published before.
 */
export async function mintCode(
  transaction: Transaction,
  agencyCode: string,
  agencyId: string,
  timeZone: string,
  now: Date,
) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now).replaceAll("-", "");
  const stem = `${agencyCode}-${day}`;
  const count = await transaction.alert.count({ where: { agencyId, code: { startsWith: `${stem}-` } } });
  const random = Array.from({ length: 5 }, () => UNMISTAKABLE[randomInt(UNMISTAKABLE.length)]).join("");
  return `${stem}-${String(count + 1).padStart(2, "0")}-${random}`;
}

export async function createMessages(transaction: Transaction, alertId: string, bundle: Bundle): Promise<void> {
  await transaction.message.createMany({
    data: bundle.messages.map(({ regionId, audience, identifier }) => ({ alertId, regionId, audience, identifier })),
  });
}
