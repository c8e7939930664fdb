import "server-only";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { sitePublicHex } from "../../record/site-key";
import { seal, unseal } from "../../record/site-secret";
import { loadSealed, type Sealed } from "../data";

/**
 * Another secret for the site, as when the old one may be known or whoever ran
 * the machine has left. All that is sealed is opened with the old one and sealed
 * with the new one, in one transaction: everything, or nothing.
 */

export interface Rekeyed {
  /** What was sealed anew: channels, apps for one-time codes, providers of single sign-on. */
  sealed: number;
  /** Sessions that ended. */
  sessions: number;
  /** People whose recovery codes are void: they are kept as keyed hashes, which nobody can make anew. */
  withoutCodes: number;
  /** Public keys of checkpoints, 64 hex digits: what was signed before verifies with the first. */
  checkpointKeys: { before: string; after: string };
}

/**
 * Two people confirm where a channel leads, and a code counts once: here nothing of that changes, only under which
 * key it is sealed, so what keeps it stands aside for the transaction.
 */
async function standAside(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`alter table "Channel" disable trigger a_channel_goes_live_by_two_people`;
  await transaction.$executeRaw`alter table "SignInProvider" disable trigger a_provider_is_turned_on_by_two_people`;
  await transaction.$executeRaw`alter table "Authenticator" disable trigger a_one_time_code_works_once`;
}

async function standGuard(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`alter table "Channel" enable trigger a_channel_goes_live_by_two_people`;
  await transaction.$executeRaw`alter table "SignInProvider" enable trigger a_provider_is_turned_on_by_two_people`;
  await transaction.$executeRaw`alter table "Authenticator" enable trigger a_one_time_code_works_once`;
}

/** Where each kind of sealed text is kept. */
const KEEP: Readonly<Record<Sealed["kind"], (transaction: Transaction, id: string, text: string) => Promise<unknown>>> =
  {
    channel: (transaction, id, secrets) => transaction.channel.update({ where: { id }, data: { secrets } }),
    provider: (transaction, id, secrets) => transaction.signInProvider.update({ where: { id }, data: { secrets } }),
    app: (transaction, personId, secret) => transaction.authenticator.update({ where: { personId }, data: { secret } }),
  };

/**
 * @param owner connected as the owner of the tables, while no console and no worker runs
 * @throws when the old secret does not open what is sealed; nothing is changed then
 */
export async function rekey(owner: PrismaClient, secrets: { from: string; to: string }, now: Date): Promise<Rekeyed> {
  return inTransaction(owner, async (transaction) => {
    await standAside(transaction);
    const all = await loadSealed(transaction);
    for (const { kind, id, about, sealed } of all)
      await KEEP[kind](transaction, id, seal(secrets.to, about, unseal(secrets.from, about, sealed)));
    const sealed = all.length;
    const people = await transaction.recoveryCode.findMany({
      where: { usedAt: null },
      distinct: ["personId"],
      select: { personId: true },
    });
    await transaction.recoveryCode.deleteMany({});
    const ended = await transaction.session.updateMany({ where: { revokedAt: null }, data: { revokedAt: now } });
    await standGuard(transaction);
    const checkpointKeys = {
      before: sitePublicHex(secrets.from, "checkpoints"),
      after: sitePublicHex(secrets.to, "checkpoints"),
    };
    const top = await transaction.agency.findFirstOrThrow({ where: { parentId: null }, orderBy: { id: "asc" } });
    await appendAudit(
      transaction,
      {
        actor: null,
        agencyId: top.id,
        action: "site.rekeyed",
        subject: { type: "site", id: "1" },
        summary:
          `The secret of the site was changed on the command line: ${sealed} sealed secrets sealed anew, ` +
          `${ended.count} sessions ended, recovery codes of ${people.length} people void. ` +
          `Checkpoints from here on are signed with another key.`,
        data: {
          sealed,
          sessions: ended.count,
          withoutCodes: people.length,
          checkpointKeyBefore: checkpointKeys.before,
          checkpointKeyAfter: checkpointKeys.after,
          kitKeyBefore: sitePublicHex(secrets.from, "offline kit"),
          kitKeyAfter: sitePublicHex(secrets.to, "offline kit"),
        },
      },
      now,
    );
    return { sealed, sessions: ended.count, withoutCodes: people.length, checkpointKeys };
  });
}
