import "server-only";
import { type Actor, can } from "../access/actor";
import { db } from "../platform/db";
import { templateBodySchema } from "./schema";

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
    body: templateBodySchema.parse(row.body),
  }));
}
