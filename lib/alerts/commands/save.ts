import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import type { PlaceFacts } from "../../directory/place-facts";
import { formatNumber } from "../../directory/schema";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { wordingOwner } from "../choose-wording";
import { loadAlert } from "../data";
import { choosePlaces, planMessages } from "../plan";
import { lockAlert, transition } from "../lifecycle/transition";
import { NOT_FOUND, refuseStep } from "../refusals";
import type { AlertContent, saveAlertSchema } from "../schema";
import { contribute } from "./draft";

/** The earlier content when a save collides, so that both texts can stand side by side. */
export interface Collision {
  version: number;
  by: string;
  /** Whether that is the name of who saves now: most often the same person, in another tab. */
  ownName: boolean;
  title: string;
  content: AlertContent;
  /** Whether it waits for approval, so that another save would take it back. */
  submitted: boolean;
}

/** What was newly decided about numbers, in words for the record: an override is read there afterwards. */
function formatDecisions(places: readonly PlaceFacts[], before: AlertContent, after: AlertContent): string[] {
  return places.flatMap(({ id, name, numbers }) => {
    const [old, choice] = [before.numbers[id], after.numbers[id]];
    if (JSON.stringify(old) === JSON.stringify(choice)) return [];
    if (!choice) return [`${name}: the decision was taken back.`];
    if (choice.choice === "no-number") return [`${name}: no number, because: ${choice.reason}`];
    const number = numbers.find((one) => one.id === choice.numberId);
    const said = number ? formatNumber(number) : "a number";
    return [`${name}: ${said} is given on an override, because: ${choice.reason}`];
  });
}

/**
 * Saves a draft. A save on an alert that is with the approver takes it back and
 * voids the review. A save that began from an older version is refused with
 * the newer one, and nothing is lost.
 */
export async function saveAlert(
  client: PrismaClient,
  by: Actor,
  input: z.infer<typeof saveAlertSchema>,
  now: Date,
): Promise<Result<{ version: number; collision?: Collision }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row } = loaded;
    const refusal = refuseStep(row, actor, "edit", 0);
    if (refusal) return refusal;
    if (input.version !== row.version) {
      const collision = {
        version: row.version,
        by: row.updatedBy,
        ownName: row.updatedBy === actor.name,
        title: row.title,
        content: loaded.content,
        submitted: row.state === "submitted",
      };
      return success({ version: row.version, collision });
    }
    const same = (left: string[], right: string[]) =>
      left.length === right.length && left.every((id, index) => id === right[index]);
    if (!same([...input.content.placeIds].sort(), [...loaded.content.placeIds].sort())) {
      return refuse("places-fixed", "An alert covers the places of its incident. Nothing was saved.");
    }
    // Most drafts have no wording of a place alone; then nobody need be planned for.
    const worded = Object.keys(input.content.customWording);
    if (worded.length > 0) {
      const chosen = choosePlaces(loaded.facts, input.content, now.getTime());
      const owners = new Set(
        planMessages(loaded.facts, input.content, chosen, now.getTime()).flatMap((plan) => [
          plan.id,
          wordingOwner(plan),
        ]),
      );
      if (!worded.every((id) => owners.has(id))) {
        return refuse("outside", "A text is for a place that is not in this alert. Nothing was saved.");
      }
    }
    for (const [placeId, choice] of Object.entries(input.content.numbers)) {
      const place = loaded.facts.places.find(({ id }) => id === placeId);
      if (!place) return refuse("outside", "A decision names a place that is not in this alert. Nothing was saved.");
      if (choice.choice === "override" && !place.numbers.some(({ id }) => id === choice.numberId)) {
        return refuse("foreign-number", `That number is not in the directory for ${place.name}. Nothing was saved.`);
      }
    }
    const version = row.version + 1;
    const voided = row.state === "submitted";
    const renamed = input.title !== row.title;
    const decisions = formatDecisions(loaded.facts.places, loaded.content, input.content);
    await transaction.revision.create({
      data: { alertId: row.id, version, content: input.content, by: actor.name, at: now },
    });
    await contribute(transaction, row.id, actor, "changed the draft", now);
    if (voided) {
      await appendAudit(
        transaction,
        {
          actor,
          agencyId: row.agencyId,
          incidentId: row.incidentId,
          subject: { type: "alert", id: row.id },
          action: "alert.review-voided",
          summary: `Took “${row.title}” back from the approver by editing it; what was reviewed no longer counts.`,
          data: { contentHash: row.contentHash },
        },
        now,
      );
    }
    const lost = await transition(
      transaction,
      actor,
      row,
      "edit",
      {
        data: { title: input.title, content: input.content, version, bundle: null, contentHash: null },
        summary: `Changed “${input.title}”, version ${version}.${renamed ? ` Its title was “${row.title}”.` : ""}${decisions.length > 0 ? ` ${decisions.join(" ")}` : ""}`,
        event: {
          version,
          // A saved state has no title of its own: the history reads here what it was before.
          ...(renamed ? { titleBefore: row.title } : {}),
          ...(decisions.length > 0 ? { decisions } : {}),
        },
        touched: { revision: [`${row.id}:${version}`] },
      },
      now,
    );
    if (lost) return lost;
    return success({ version });
  });
}
