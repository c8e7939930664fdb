import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { Localized } from "../../platform/language";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { saveTranslations } from "../../platform/translations";
import { LEAST_REASON, type NumberForm, formatNumber, SERVICES, MOST_PER_SERVICE, type Service } from "../schema";
import { readNumber } from "../phone-number";
import { findNumber, foreign, GONE, recordChange, retire, snapshot } from "./change";

async function isDemonstration(transaction: Transaction): Promise<boolean> {
  return (await transaction.site.findUniqueOrThrow({ where: { id: 1 } })).mode === "demonstration";
}

/** What someone emptied is not said any more. */
async function clearDesks(transaction: Transaction, numberId: string, words: Localized): Promise<void> {
  const emptied = Object.keys(words).filter((language) => words[language] === "");
  await transaction.translation.updateMany({
    where: { subject: "number", subjectId: numberId, field: "desk", language: { in: emptied } },
    data: { text: "" },
  });
}

/**
 * Adds a number, or changes one. Other digits or another service make another
 * entry: the old one is retired with its history, and the new one has yet to be
 * verified. That a town hall answered says nothing of a dispatch desk.
 */
export async function saveNumber(
  client: PrismaClient,
  changedBy: Actor,
  input: NumberForm,
  now: Date,
): Promise<Result<{ id: string; unverified: boolean }>> {
  return changeAs<{ id: string; unverified: boolean }>(client, changedBy, async (transaction, actor) => {
    const place = await transaction.place.findUnique({ where: { id: input.placeId }, select: { name: true } });
    if (!place) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.placeId);
    if (!agencyId) return foreign(place.name);
    const reason = input.reason ?? "";
    const sure = reason.length >= LEAST_REASON;
    const read = readNumber(input.phone, { demonstration: await isDemonstration(transaction), sure });
    if (!read.ok) {
      const fields: Record<string, string> = { phone: read.why };
      if (read.unknown) fields.reason = "If the number is right, say how you know, in at least 10 characters.";
      return refuse("invalid", "Nothing was changed.", fields);
    }
    const { e164, extension } = read;
    const said = formatNumber({ e164, extension });
    const old = input.id ? await findNumber(transaction, input.id) : null;
    if (input.id && (!old || old.placeId !== input.placeId)) return refuse("gone", GONE);
    if (old && input.version !== old.version) {
      return refuse(
        "stale",
        `Someone else changed this number while you were editing. Open ${place.name} again to see it.`,
      );
    }
    const twin = await transaction.directNumber.findFirst({
      where: {
        placeId: input.placeId,
        service: input.service,
        e164,
        extension,
        retiredAt: null,
        ...(old ? { id: { not: old.id } } : {}),
      },
    });
    if (twin) {
      return refuse("twice", "Nothing was changed.", {
        phone: `${said} is already in the directory for ${place.name}, ${SERVICES[input.service].toLowerCase()}.`,
      });
    }
    const others = await transaction.directNumber.count({
      where: { placeId: input.placeId, service: input.service, retiredAt: null },
    });
    if (old?.service !== input.service && others >= MOST_PER_SERVICE) {
      return refuse("too-many", `${place.name} has ${others} numbers of this service already. Retire one first.`);
    }
    const { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference } = input;
    const details = { service, desk, hours, lines, languages, takesTexts, sharedWith911, preference };
    const shared = { placeId: input.placeId, agencyId };
    const sameDigits = old?.e164 === e164 && old.extension === extension;
    if (old && sameDigits && old.service === service) {
      const row = await transaction.directNumber.update({
        where: { id: old.id },
        data: { ...details, version: old.version + 1 },
      });
      const summary = `Changed ${said} of ${place.name}.`;
      await saveTranslations(transaction, "number", old.id, "desk", input.deskIn ?? {});
      await clearDesks(transaction, old.id, input.deskIn ?? {});
      const words = input.deskIn ? { deskIn: input.deskIn } : {};
      const change = { before: snapshot(old), after: { ...snapshot(row), ...words }, summary };
      await recordChange(
        transaction,
        actor,
        { ...shared, numberId: old.id, action: "changed", audit: "number.changed", ...change },
        now,
      );
      return success({ id: old.id, unverified: false });
    }
    if (old) {
      const why = sameDigits ? `Entered anew for ${SERVICES[service].toLowerCase()}.` : `Replaced by ${said}.`;
      await retire(transaction, actor, old, { ...shared, why, name: place.name }, now);
    }
    const row = await transaction.directNumber.create({
      data: {
        ...details,
        placeId: input.placeId,
        e164,
        extension,
        ownerId: old?.ownerId ?? agencyId,
        isDemonstration: await isDemonstration(transaction),
        replacesId: old?.id ?? null,
      },
    });
    await saveTranslations(transaction, "number", row.id, "desk", input.deskIn ?? {});
    const was = old && (sameDigits ? SERVICES[old.service as Service].toLowerCase() : formatNumber(old));
    const instead = was ? ` instead of ${was}` : "";
    const summary = `Added ${said} for ${place.name}${sameDigits ? `, ${SERVICES[service].toLowerCase()}` : ""}${instead}; not verified yet.`;
    await recordChange(
      transaction,
      actor,
      {
        ...shared,
        numberId: row.id,
        action: "added",
        audit: "number.added",
        after: { ...snapshot(row), ...(sure ? { reason } : {}) },
        summary: sure ? `${summary} ${reason}` : summary,
      },
      now,
    );
    return success({ id: row.id, unverified: true });
  });
}
