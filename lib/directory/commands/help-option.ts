import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { agenciesCovering } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import type { PrismaClient } from "../../platform/db";
import { FIRST_LANGUAGE, type Localized } from "../../platform/language";
import { refuse, type Result, success } from "../../platform/result";
import { loadTranslations, saveTranslations } from "../../platform/translations";
import { appendAudit } from "../../record/append";
import { HELP_OPTION_KINDS, type HelpOptionForm } from "../schema";
import { foreign } from "./change";

/** Adds another way to get help, or changes one. */
export async function saveHelpOption(
  client: PrismaClient,
  changedBy: Actor,
  input: HelpOptionForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const place = await transaction.place.findUnique({ where: { id: input.placeId }, select: { name: true } });
    if (!place) return refuse("gone", "This place is not in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), input.placeId);
    if (!agencyId) return foreign(place.name);
    const { id, wording: words, ...fields } = input;
    const data = { ...fields, wording: words[FIRST_LANGUAGE] ?? "" };
    const old = id
      ? await transaction.helpOption.findFirst({ where: { id, placeId: input.placeId, retiredAt: null } })
      : null;
    if (id && !old) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const row = old
      ? await transaction.helpOption.update({ where: { id: old.id }, data })
      : await transaction.helpOption.create({ data });
    const before = old && (await loadTranslations(transaction, "help-option", [old.id]));
    await saveTranslations(transaction, "help-option", row.id, "wording", words);
    const describe = ({ kind, works, hours, preference }: typeof row, wording: Localized) => ({
      kind,
      works,
      hours,
      wording,
      preference,
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: old ? "help-option.changed" : "help-option.added",
        subject: { type: "place", id: input.placeId },
        summary: `${old ? "Changed" : "Added"} for ${place.name}: ${HELP_OPTION_KINDS[input.kind]}, ${row.works ? "works" : "does not work"}; “${row.wording}”.`,
        data: {
          helpOptionId: row.id,
          after: describe(row, words),
          ...(old && before ? { before: describe(old, before.of(old.id, "wording", old.wording)) } : {}),
        },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success({ id: row.id });
  });
}

/** Takes another way to get help out of use. */
export async function retireHelpOption(
  client: PrismaClient,
  changedBy: Actor,
  input: { id: string },
  now: Date,
): Promise<Result<null>> {
  return changeAs(client, changedBy, async (transaction, actor) => {
    const row = await transaction.helpOption.findFirst({
      where: { id: input.id, retiredAt: null },
      include: { place: { select: { name: true } } },
    });
    if (!row) return refuse("gone", "This entry is no longer in the directory. Nothing was changed.");
    const [agencyId] = await agenciesCovering(transaction, agenciesFor(actor, "directory:edit"), row.placeId);
    if (!agencyId) return foreign(row.place.name);
    await transaction.helpOption.update({ where: { id: row.id }, data: { retiredAt: now } });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId,
        action: "help-option.retired",
        subject: { type: "place", id: row.placeId },
        summary: `Retired for ${row.place.name}: “${row.wording}”.`,
        data: { helpOptionId: row.id },
        touched: { helpOption: [row.id] },
      },
      now,
    );
    return success(null);
  });
}
