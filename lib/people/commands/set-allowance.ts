import "server-only";
import { type Actor, can } from "../../access/actor";
import {
  ALLOWED_CHANNELS,
  ALLOWED_PURPOSES,
  type AllowedChannel,
  type AllowedPurpose,
  formatWhoMay,
} from "../../access/allowance/allowance";
import { loadAllowance } from "../../access/allowance/data";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import type { AllowanceForm } from "../agency-schema";
import { refuseUnconfirmed } from "../sign-in/commands/confirm";

/** What of one list an agency gains and loses. */
function compare<Name extends string>(before: readonly string[], after: readonly Name[]) {
  return {
    gained: before.filter((name) => !(after as readonly string[]).includes(name)),
    lost: after.filter((name) => !before.includes(name)),
  };
}

/**
 * Sets what an agency, with those below it, may publish and where. Whoever
 * administers it may withhold more; allowing more is for an administrator of the
 * agency above, of the top one for its own, after proof of who it is.
 */
export async function setAllowance(
  client: PrismaClient,
  by: Actor,
  input: AllowanceForm,
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    await transaction.$queryRaw`select id from "Agency" where id = ${input.agencyId} for no key update`;
    const before = await transaction.agency.findUnique({
      where: { id: input.agencyId },
      include: { parent: { select: { id: true, name: true } } },
    });
    if (!before || !can(actor, "people:manage", before.id)) {
      return refuse("not-permitted", "You do not administer this agency. Nothing was changed.");
    }
    const purposes = compare<AllowedPurpose>(before.withheldPurposes, input.withheldPurposes);
    const channels = compare<AllowedChannel>(before.withheldChannels, input.withheldChannels);
    const gained = [...purposes.gained, ...channels.gained];
    if (gained.length + purposes.lost.length + channels.lost.length === 0) {
      return refuse("same", "This is how it is already. Nothing was changed.");
    }
    if (gained.length > 0) {
      const above = before.parent ?? before;
      if (!can(actor, "people:manage", above.id)) {
        const says = `Only an administrator of ${above.name} can allow ${before.name} more. Nothing was changed.`;
        return refuse("not-permitted", says);
      }
      if (before.parent) {
        const allowance = await loadAllowance(transaction, before.parent.id);
        const withheld = gained
          .map((name) => ({ name, withheld: allowance.purposes[name] ?? allowance.channels[name] }))
          .find((one) => one.withheld);
        if (withheld?.withheld) {
          const says = `${before.parent.name} is not allowed this itself (${nameOf(withheld.name)}), so it can’t allow it. ${formatWhoMay(withheld.withheld)}`;
          return refuse("withheld", `${says} Nothing was changed.`, { [withheld.name]: says });
        }
      }
      const unconfirmed = refuseUnconfirmed(actor, now);
      if (unconfirmed) return unconfirmed;
    }
    await transaction.agency.update({
      where: { id: before.id },
      data: { withheldPurposes: input.withheldPurposes, withheldChannels: input.withheldChannels },
    });
    const lost = [...purposes.lost, ...channels.lost];
    const list = (names: readonly string[]) => names.map(nameOf).join(", ");
    const parts = [
      ...(lost.length > 0 ? [`not allowed any more: ${list(lost)}`] : []),
      ...(gained.length > 0 ? [`allowed again: ${list(gained)}`] : []),
    ];
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: before.id,
        action: "agency.allowance",
        subject: { type: "agency", id: before.id },
        summary: `Changed what ${before.name} may publish; ${parts.join("; ")}.`,
        data: {
          before: { withheldPurposes: before.withheldPurposes, withheldChannels: before.withheldChannels },
          after: { withheldPurposes: input.withheldPurposes, withheldChannels: input.withheldChannels },
        },
        touched: { agency: [before.id] },
      },
      now,
    );
    return success(null);
  });
}

function nameOf(name: string): string {
  const names: ReadonlyMap<string, string> = new Map(Object.entries({ ...ALLOWED_PURPOSES, ...ALLOWED_CHANNELS }));
  return names.get(name) ?? name;
}
