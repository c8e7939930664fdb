import "server-only";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { appendAudit } from "../../record/append";
import { MULTILINGUAL_KEY, type MultilingualBody, multilingualBodySchema } from "../../wording/multilingual";

/**
 * Keeps regulated texts as a new version, beside those that were loaded before.
 * A file that is the newest version already changes nothing.
 * @param by who loads it, as the record names them
 * @returns the version they are now, and whether it is new
 */
export async function importMultilingual(
  client: PrismaClient,
  body: MultilingualBody,
  by: string,
  now: Date,
): Promise<{ version: number; isNew: boolean }> {
  const checked = multilingualBodySchema.parse(body);
  return inTransaction(client, async (transaction) => {
    // Two files at once take turns, so that no version is given out twice.
    await transaction.$queryRaw`select 1 as locked from (select pg_advisory_xact_lock(911, 1)) as lock`;
    const newest = await transaction.template.findFirst({
      where: { key: MULTILINGUAL_KEY },
      orderBy: { version: "desc" },
    });
    if (newest) {
      const { file, source } = multilingualBodySchema.parse(newest.body);
      if (file.sha256 === checked.file.sha256 && source === checked.source)
        return { version: newest.version, isNew: false };
    }
    const version = (newest?.version ?? 0) + 1;
    const id = `${MULTILINGUAL_KEY}-${version}`;
    await transaction.template.create({
      data: {
        id,
        key: MULTILINGUAL_KEY,
        version,
        name: "Regulated texts in many languages",
        body: checked,
        approvedBy: by,
        approvedAt: now,
      },
    });
    await appendAudit(
      transaction,
      {
        actor: null,
        action: "template.imported",
        subject: { type: "template", id },
        summary: `Loaded regulated texts, version ${version}: ${checked.texts.map(({ language }) => language).join(", ")}. Source: ${checked.source}. File ${checked.file.name}, SHA-256 ${checked.file.sha256}.`,
        touched: { template: [id] },
      },
      now,
    );
    return { version, isNew: true };
  });
}
