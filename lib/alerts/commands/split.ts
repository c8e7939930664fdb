import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { isSplittable, restOf } from "../split";
import { refuseForbidden } from "../allowed/data";
import { loadAlert } from "../data";
import { lockAlert, transition } from "../lifecycle/transition";
import { NOT_FOUND, refuseAs, refuseStep } from "../refusals";
import { contribute, openDraft } from "./draft";

/**
 * Takes the places that hold an alert up out of its draft, into a draft of their
 * own with the same texts and decisions, so that all others need not wait.
 * @returns the draft of the rest, and the version of the draft that goes on
 */
export async function splitAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string; version: number; placeIds: string[] },
  now: Date,
): Promise<Result<{ restId: string; version: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    const refusal = refuseStep(row, actor, "edit", 0);
    if (refusal) return refusal;
    if (row.version !== input.version || row.state !== "draft") return refuseAs("content-changed", row);
    const forbidden = await refuseForbidden(transaction, row, "No draft was made.");
    if (forbidden) return forbidden;
    const rest = new Set(input.placeIds);
    if (!isSplittable(content, rest))
      return refuse("no-places", "These places can’t be taken out of this draft. Nothing was changed.");
    const [kept, taken] = [restOf(content, (id) => !rest.has(id)), restOf(content, (id) => rest.has(id))];
    const version = row.version + 1;
    await transaction.revision.create({ data: { alertId: row.id, version, content: kept, by: actor.name, at: now } });
    await contribute(transaction, row.id, actor, "split the draft", now);
    const lost = await transition(
      transaction,
      actor,
      row,
      "edit",
      {
        data: { content: kept, version, bundle: null, contentHash: null },
        summary: `Took ${formatPlaceCount(rest.size)} out of “${row.title}” so that ${formatPlaceCount(kept.placeIds.length)} need not wait, version ${version}.`,
        event: { version, taken: [...rest].sort() },
        touched: { revision: [`${row.id}:${version}`] },
      },
      now,
    );
    if (lost) return lost;
    const title = `${row.title}: the other ${rest.size}`.slice(0, 120);
    const { id, code, touched } = await openDraft(
      transaction,
      actor,
      {
        agency: row.agency,
        incidentId: row.incidentId,
        templateId: row.templateId,
        purpose: facts.purpose,
        references: row.references.map(({ earlierId }) => earlierId),
        title,
        content: taken,
        capStatus: facts.status,
        timeZone: facts.timeZone,
        // Whoever worked on the one worked on the other.
        contributors: [
          ...row.contributions.map(({ personId, what, at }) => ({ personId, what, at })),
          { personId: actor.personId, what: "split the draft", at: now },
        ],
      },
      now,
    );
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.split",
        subject: { type: "alert", id },
        incidentId: row.incidentId,
        summary: `Prepared “${title}” from “${row.title}”: ${formatPlaceCount(rest.size)} not finished.`,
        data: { code, from: row.id, places: [...rest].sort() },
        touched,
      },
      now,
    );
    return success({ restId: id, version });
  });
}
