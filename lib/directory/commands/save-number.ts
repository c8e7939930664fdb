import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { type NumberForm, sayNumber, SERVICES, MOST_PER_SERVICE } from "../schema";
import { readTelephone } from "../telephone";
import { findNumber, foreign, GONE, recordChange, retire, snapshot } from "./change";

async function isDemonstration(transaction: Transaction): Promise<boolean> {
  return (await transaction.site.findUniqueOrThrow({ where: { id: 1 } })).mode === "demonstration";
}

/**
 * Adds a number, or changes one. Other digits make another entry: the old one is
 * retired with its history, and the new one has yet to be verified.
 */
export async function saveNumber(
  client: PrismaClient,
  changedBy: Actor,
  input: NumberForm,
  now: Date,
): Promise<Result<{ id: string; unverified: boolean }>> {
  return changeAs<{ id: string; unverified: boolean }>(client, changedBy, async (transaction, actor) => {
    const region = await transaction.region.findUnique({ where: { id: input.regionId }, select: { name: true } });
    if (!region) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.regionId);
    if (!agencyId) return foreign(region.name);
    const read = readTelephone(input.telephone, { demonstration: await isDemonstration(transaction) });
    if (!read.ok) return refuse("invalid", "Nothing was changed.", { telephone: read.why });
    const { e164, extension } = read;
    const said = sayNumber(e164, extension);
    const old = input.id ? await findNumber(transaction, input.id) : null;
    if (input.id && (!old || old.regionId !== input.regionId)) return refuse("gone", GONE);
    if (old && input.version !== old.version) {
      return refuse(
        "stale",
        `Somebody changed this number while you were writing. Open ${region.name} again to see it.`,
      );
    }
    const twin = await transaction.directNumber.findFirst({
      where: {
        regionId: input.regionId,
        service: input.service,
        e164,
        extension,
        retiredAt: null,
        ...(old ? { id: { not: old.id } } : {}),
      },
    });
    if (twin) {
      return refuse("twice", "Nothing was changed.", {
        telephone: `${said} is already in the directory for ${region.name}, ${SERVICES[input.service].toLowerCase()}.`,
      });
    }
    const others = await transaction.directNumber.count({
      where: { regionId: input.regionId, service: input.service, retiredAt: null },
    });
    if (!old && others >= MOST_PER_SERVICE) {
      return refuse("too-many", `${region.name} has ${others} numbers of this service already. Retire one first.`);
    }
    const { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference } = input;
    const details = { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference };
    const shared = { regionId: input.regionId, agencyId };
    if (old && old.e164 === e164 && old.extension === extension) {
      const row = await transaction.directNumber.update({
        where: { id: old.id },
        data: { ...details, version: old.version + 1 },
      });
      const summary = `Changed ${said} of ${region.name}.`;
      const change = { before: snapshot(old), after: snapshot(row), summary };
      await recordChange(
        transaction,
        actor,
        { ...shared, numberId: old.id, action: "changed", audit: "number.changed", ...change },
        now,
      );
      return success({ id: old.id, unverified: false });
    }
    if (old) {
      const why = `Replaced by ${said}.`;
      await retire(transaction, actor, old, { ...shared, why, name: region.name }, now);
    }
    const row = await transaction.directNumber.create({
      data: {
        ...details,
        regionId: input.regionId,
        e164,
        extension,
        ownerId: old?.ownerId ?? agencyId,
        isDemonstration: await isDemonstration(transaction),
        replacesId: old?.id ?? null,
      },
    });
    const instead = old ? ` instead of ${sayNumber(old.e164, old.extension)}` : "";
    const summary = `Added ${said} for ${region.name}${instead}; not verified yet.`;
    await recordChange(
      transaction,
      actor,
      { ...shared, numberId: row.id, action: "added", audit: "number.added", after: snapshot(row), summary },
      now,
    );
    return success({ id: row.id, unverified: true });
  });
}
