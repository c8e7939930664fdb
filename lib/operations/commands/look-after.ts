import "server-only";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { addJob } from "../../platform/jobs";
import { log } from "../../platform/log";
import { WORKER_BEAT } from "../../platform/heartbeat";
import { loadFacts } from "../data";
import { type Condition, judge } from "../status";

/** A part that needs someone for less than this may be over before anybody reads of it, in milliseconds. */
const SETTLED_MS = 90_000;

export interface Change {
  label: string;
  good: boolean;
  says: string;
  todo: string | null;
}

/**
 * The worker's look at the installation, every minute: it shows that it is
 * alive, and leaves an email to administrators for each part that needs someone,
 * once, and for one that is good again.
 * @param mail whether there is a mail server; without one nobody is written to
 */
export async function lookAfter(client: PrismaClient, options: { mail: boolean }, now: Date): Promise<Change[]> {
  await client.$executeRaw`
    insert into "Heartbeat" (id, at) values (${WORKER_BEAT}, now()) on conflict (id) do update set at = now()`;
  const conditions = judge(await loadFacts(client, now));
  return inTransaction(client, async (transaction) => {
    // Two workers never tell the same change.
    await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(911913)) as lock`;
    const changes = await noteChanges(transaction, conditions, now);
    if (changes.length === 0) return changes;
    for (const { label, good, says } of changes)
      log[good ? "info" : "warn"]({ event: good ? "good again" : "needs attention", part: label, says });
    if (options.mail) await leaveMail(transaction, changes, now);
    return changes;
  });
}

/** Notes how each part stands. @returns what people are to be told of */
async function noteChanges(transaction: Transaction, conditions: readonly Condition[], now: Date): Promise<Change[]> {
  const known = new Map((await transaction.condition.findMany()).map((row) => [row.name, row]));
  const changes: Change[] = [];
  for (const { name, label, state, says, todo } of conditions) {
    const before = known.get(name);
    const told = before?.toldAt ?? null;
    if (before?.state !== state) {
      // Whoever was told that it needs someone is told that it no longer does.
      if (state === "good" && told) changes.push({ label, good: true, says, todo });
      const data = { state, since: now, toldAt: null };
      await transaction.condition.upsert({ where: { name }, create: { name, ...data }, update: data });
    } else if (state === "attention" && !told && now.getTime() - before.since.getTime() >= SETTLED_MS) {
      changes.push({ label, good: false, says, todo });
      await transaction.condition.update({ where: { name }, data: { toldAt: now } });
    }
  }
  return changes;
}

/** One email to each administrator of an agency at the top, left in the transaction that notes the change. */
async function leaveMail(transaction: Transaction, changes: readonly Change[], now: Date): Promise<void> {
  const people = await transaction.person.findMany({
    where: { disabledAt: null, memberships: { some: { role: "administrator", agency: { parentId: null } } } },
    select: { id: true },
  });
  for (const { id } of people)
    await addJob(transaction, "send-alarm", {
      personId: id,
      at: now.toISOString(),
      changes: changes.map((change) => ({ ...change })),
    });
}
