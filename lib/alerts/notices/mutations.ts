import "server-only";
import { loadPeopleWho } from "../../people/data";
import type { Transaction } from "../../platform/db";
import { mailSettings } from "../../platform/env";
import { addJob } from "../../platform/jobs";
import { loadApprovers } from "./data";
import type { NoticeKind } from "./words";

/**
 * Tells people of an alert that waits for them. Everybody sees it in the console
 * at once; where a mail server is set up, an email goes to each of them as well,
 * one job a person, left in the transaction of what they are told about.
 */

interface Waiting {
  id: string;
  agencyId: string;
  contentHash: string;
}

/** How often an email is tried; the last try is some half an hour after the first. */
const TRIES = 8;

/** One notice a person, and one job each where there is a mail server. */
export async function tell(
  transaction: Transaction,
  alert: Waiting,
  kind: NoticeKind,
  people: readonly { id: string }[],
  now: Date,
): Promise<void> {
  const byMail = mailSettings() !== null;
  for (const { id: personId } of people) {
    const key = { alertId: alert.id, personId, kind, contentHash: alert.contentHash };
    // The same content may be sent for approval twice; who was told of it is not told again.
    if (await transaction.notice.findUnique({ where: { alertId_personId_kind_contentHash: key } })) continue;
    const { id } = await transaction.notice.create({
      data: { ...key, at: now, state: byMail ? "waiting" : "console" },
    });
    if (byMail) await addJob(transaction, "send-notice", { id }, { attempts: TRIES });
  }
}

/** Tells those who may approve, and sees to it that alternates are called on when none of them does. */
export async function tellApprovers(transaction: Transaction, alert: Waiting, now: Date): Promise<void> {
  await tell(transaction, alert, "approval", await loadApprovers(transaction, alert), now);
  const { escalationMinutes } = await transaction.agency.findUniqueOrThrow({ where: { id: alert.agencyId } });
  await addJob(
    transaction,
    "escalate",
    { alertId: alert.id, contentHash: alert.contentHash },
    { runAt: new Date(now.getTime() + escalationMinutes * 60_000), key: `escalate ${alert.id}` },
  );
}

/** Tells everybody who reads the agency's alerts that one person asks to release one alone, or did. */
export async function tellEveryone(
  transaction: Transaction,
  alert: Waiting,
  kind: "emergency" | "released",
  exceptId: string,
  now: Date,
): Promise<void> {
  const people = await loadPeopleWho(transaction, "alert:read", alert.agencyId);
  await tell(
    transaction,
    alert,
    kind,
    people.filter(({ id }) => id !== exceptId),
    now,
  );
}
