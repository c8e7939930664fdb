import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { isOut } from "../../incidents/schema";
import { formatPlaceCount } from "../../places/place-count";
import type { PrismaClient, Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { canPrepare, prepareWording } from "../../wording/prepare";
import { readTemplate } from "../../wording/schema";
import { fitShortTexts, fitTexts } from "../choose-wording";
import { loadAlert, loadFacts } from "../data";
import { planFollowUp } from "../follow-up";
import { lockAlert, transition } from "../lifecycle/transition";
import { NOT_FOUND, refuseAs, refuseStep } from "../refusals";
import type { AlertContent } from "../schema";
import { restOf } from "../split";
import { contribute } from "./draft";
import { NO_WORDS_FOR_FAILURE } from "./follow-up";

/**
 * Brings a draft up to date with its incident: its places as they stand now,
 * and the wording for what fails now. What people wrote stays where what fails
 * did not change; else it is in the history.
 * @param input.newest takes the version of its template that is in use now, too, and words all texts anew with it
 */
export async function refreshAlert(
  client: PrismaClient,
  by: Actor,
  input: { id: string; version: number; newest?: boolean | undefined },
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const loaded = await loadAlert(transaction, input.id, now);
    if (!loaded || !can(actor, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
    const { row, content, facts } = loaded;
    const refusal = refuseStep(row, actor, "edit", 0);
    if (refusal) return refusal;
    if (row.version !== input.version) return refuseAs("content-changed", row);
    const placed = new Set(content.placeIds);
    const places =
      facts.purpose === "outage"
        ? {
            placeIds: facts.outage
              .filter(({ placeId, state }) => placed.has(placeId) && isOut(state))
              .map(({ placeId }) => placeId),
            restoredIds: [],
          }
        : planFollowUp(facts.purpose, facts, content.wrong ? { wrong: content.wrong } : {});
    if (places.placeIds.length === 0) {
      return refuse("no-places", "No place is left for this draft. Discard it.");
    }
    const own = await transaction.template.findUniqueOrThrow({ where: { id: row.templateId } });
    const template = (input.newest && (await findNewest(transaction, own.key))) || own;
    const { failure, textTo911 } = facts.incident;
    const isNewer = template.id !== own.id;
    const reworded = isNewer || content.wordedFor?.failure !== failure || content.wordedFor.textTo911 !== textTo911;
    const body = readTemplate(template.body);
    if (reworded && !canPrepare(body, facts.incident)) return refuse("no-template", NO_WORDS_FOR_FAILURE);
    const languages = Object.keys(content.texts);
    const kept = new Set(places.placeIds);
    const rest = restOf(content, (id) => kept.has(id));
    const next: AlertContent = {
      ...rest,
      ...places,
      wordedFor: { failure, textTo911 },
      ...(reworded ? prepareWording(body, facts.incident, languages) : {}),
      customWording: reworded ? {} : rest.customWording,
    };
    const fresh = await loadFacts(
      transaction,
      { ...row, purpose: facts.purpose, placeIds: next.placeIds, template },
      now,
    );
    if (reworded) Object.assign(next, fitTexts(fresh, next, now.getTime()));
    // Texts that stay are not settled anew: only a short one that a name made too long since is shortened.
    else next.customWording = { ...fitShortTexts(fresh, next, now.getTime()), ...next.customWording };
    const version = row.version + 1;
    await transaction.revision.create({ data: { alertId: row.id, version, content: next, by: actor.name, at: now } });
    const act = isNewer ? `took version ${template.version} of the wording` : "brought the draft up to date";
    await contribute(transaction, row.id, actor, act, now);
    const lost = await transition(
      transaction,
      actor,
      row,
      "edit",
      {
        data: { content: next, version, templateId: template.id, bundle: null, contentHash: null },
        summary: `Brought “${row.title}” up to date with its incident, version ${version}: ${formatPlaceCount(next.placeIds.length)}${isNewer ? `, texts of version ${template.version} of the wording` : reworded ? ", texts worded anew" : ""}.`,
        event: { version, places: next.placeIds.length, reworded, template: template.id },
        touched: { revision: [`${row.id}:${version}`] },
      },
      now,
    );
    return lost ?? success({ version });
  });
}

/** The version of a template that is in use. */
const findNewest = (transaction: Transaction, key: string) =>
  transaction.template.findFirst({ where: { key }, orderBy: { version: "desc" } });
