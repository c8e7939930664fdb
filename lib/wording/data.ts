import "server-only";
import { type Actor, can } from "../access/actor";
import { db, type Reader } from "../platform/db";
import { type LanguageWords, languageWordsSchema } from "./languages";
import { readTemplate } from "./schema";

/** The languages of the site, the one officials write first. */
export async function listLanguages(client: Reader = db()): Promise<LanguageWords[]> {
  const rows = await client.language.findMany({ orderBy: { position: "asc" } });
  return rows.map(({ words }) => languageWordsSchema.parse(words));
}

/** Approved wordings, the newest version of each first. */
export async function listTemplates(actor: Actor) {
  if (!can(actor, "template:read")) return [];
  const rows = await db().template.findMany({ orderBy: [{ key: "asc" }, { version: "desc" }] });
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    version: row.version,
    name: row.name,
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt.getTime(),
    body: readTemplate(row.body),
  }));
}
