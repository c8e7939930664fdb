import "server-only";
import { appendAudit } from "../../record/append";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { log } from "../../platform/log";
import { recordRefused, type SignInLine } from "../sign-in/commands/history";

/**
 * Refused sign-ins, summed up: strangers can make thousands, and each entry in
 * the record takes the one lock of all writers. They are counted in memory and
 * written as one entry per agency a few seconds later. A console that is killed
 * loses the count of those seconds, never an entry.
 */

interface Sum {
  since: Date;
  wrong: number;
  throttled: number;
  /** By single sign-on: not linked here, or a person who left. */
  unlinked: number;
  accounts: Set<string>;
  places: Set<string>;
  /** What the people asked for see of it in their own history. */
  lines: (Omit<SignInLine, "outcome"> & { at: Date })[];
}

const sums = new Map<string | null, Sum>();
const PAUSE_MS = 10_000;
/** Beyond this many, accounts and places are no longer told apart. */
const MOST = 1000;
let timer: NodeJS.Timeout | undefined;

/**
 * Counts one.
 * @param refusal.agencyId home agency of the person asked for, null when there is no such person
 * @param refusal.account a hash of the account
 * @param refusal.place where from, as the policy keeps it
 * @param refusal.line whose history it belongs to; nobody's when there is no such person
 */
export function countRefusal(
  client: PrismaClient,
  refusal: {
    agencyId: string | null;
    kind: "wrong" | "throttled" | "unlinked";
    account: string;
    place: string;
    line?: { personId: string; method: string; browser: string };
  },
  now: Date,
): void {
  let sum = sums.get(refusal.agencyId);
  if (!sum)
    sums.set(
      refusal.agencyId,
      (sum = { since: now, wrong: 0, throttled: 0, unlinked: 0, accounts: new Set(), places: new Set(), lines: [] }),
    );
  sum[refusal.kind] += 1;
  if (sum.accounts.size < MOST) sum.accounts.add(refusal.account);
  if (refusal.place && sum.places.size < MOST) sum.places.add(refusal.place);
  if (refusal.line && sum.lines.length < MOST) sum.lines.push({ ...refusal.line, address: refusal.place, at: now });
  timer ??= setTimeout(
    () => void writeRefusals(client, new Date()).catch((error: unknown) => log.error({ event: "refusals", error })),
    PAUSE_MS,
  ).unref();
}

const count = (many: number, one: string) => `${many.toLocaleString("en-US")} ${one}${many === 1 ? "" : "s"}`;

/** Writes what was counted since the last time: one entry per agency. */
export async function writeRefusals(client: PrismaClient, now: Date): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const taken = [...sums];
  sums.clear();
  if (taken.length === 0) return;
  await recordRefused(
    client,
    taken.flatMap(([, { lines }]) => lines),
  );
  await inTransaction(client, async (transaction) => {
    for (const [agencyId, { since, wrong, throttled, unlinked, accounts, places }] of taken) {
      await appendAudit(
        transaction,
        {
          actor: null,
          agencyId,
          action: "sign-in.refused",
          subject: { type: "sign-in", id: "refused" },
          summary:
            `Refused ${count(wrong + throttled + unlinked, "sign-in")} for ${count(accounts.size, "account")}` +
            `${places.size > 0 ? ` from ${count(places.size, "network")}` : ""}: ` +
            `${wrong} with a wrong email or password, ${throttled} after too many attempts` +
            `${unlinked > 0 ? `, ${unlinked} by single sign-on that opens no account` : ""}.`,
          data: {
            since: since.toISOString(),
            wrong,
            throttled,
            ...(unlinked > 0 ? { unlinked } : {}),
            accounts: accounts.size,
            places: [...places].slice(0, 20),
          },
        },
        now,
      );
    }
  });
}
