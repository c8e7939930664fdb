import "server-only";
import { type Actor, can } from "../../access/actor";
import { changeAs } from "../../access/mint";
import { confirmIdentity } from "../../people/sign-in/commands/confirm";
import type { PrismaClient, Transaction } from "../../platform/db";
import { type Refusal, refuse, type Result, success } from "../../platform/result";
import { appendAudit } from "../../record/append";
import { refuseForbidden } from "../allowed/data";
import { type AlertRow, loadAlert } from "../data";
import { lockAlert } from "../lifecycle/transition";
import { tellEveryone } from "../notices/mutations";
import { NOT_FOUND, refuseStep } from "../refusals";
import { EMERGENCY_PAUSE_MS, type EmergencyInput } from "../schema";

/**
 * Who confirms a publication says so again: with the password and second factor,
 * or a passkey in the last five minutes; in an exercise with a typed word.
 */
export async function confirmAgain(
  client: PrismaClient,
  actor: Actor,
  mode: "live" | "exercise",
  { password, code, phrase }: Partial<Record<"password" | "code" | "phrase", string | undefined>>,
  now: Date,
): Promise<Result<null>> {
  if (mode === "live") return confirmIdentity(client, actor, { password, code }, now, true);
  return phrase === "EXERCISE"
    ? success(null)
    : refuse("phrase", "Type EXERCISE in capitals. Nothing was changed.", { phrase: "Type EXERCISE in capitals." });
}

/**
 * Asks for the release of an alert by one person, because nobody else can be
 * reached. Everyone who reads alerts is told; minutes later the same person may
 * release it with a second confirmation.
 */
export async function askEmergency(
  client: PrismaClient,
  by: Actor,
  input: EmergencyInput,
  now: Date,
): Promise<Result<{ from: number }>> {
  const loaded = await loadAlert(client, input.id, now);
  if (!loaded || !can(by, "alert:draft", loaded.row.agencyId)) return NOT_FOUND;
  const proof = await confirmAgain(client, by, loaded.facts.incident.mode, input, now);
  if (!proof.ok) return proof;
  return changeAs(client, by, async (transaction, actor) => {
    await lockAlert(transaction, input.id);
    const found = await loadAlert(transaction, input.id, now);
    if (!found) return NOT_FOUND;
    const { row } = found;
    const refusal = refuseStep(row, actor, "release", 0, input.contentHash) ?? refuseRule(row, now);
    if (refusal) return refusal;
    const forbidden = await refuseForbidden(transaction, row, "Nobody was asked.");
    if (forbidden) return forbidden;
    await transaction.emergencyRequest.create({
      data: {
        alertId: row.id,
        personId: actor.personId,
        contentHash: input.contentHash,
        reason: input.reason,
        at: now,
      },
    });
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: row.agencyId,
        action: "alert.emergency-asked",
        subject: { type: "alert", id: row.id },
        incidentId: row.incidentId,
        summary: `EMERGENCY: asked to release “${row.title}” alone, because nobody else can be reached: ${input.reason}`,
        data: { contentHash: input.contentHash, reason: input.reason },
        touched: { decisions: [row.id] },
      },
      now,
    );
    const waiting = { id: row.id, agencyId: row.agencyId, contentHash: input.contentHash };
    await tellEveryone(transaction, waiting, "emergency", actor.personId, now);
    return success({ from: now.getTime() + EMERGENCY_PAUSE_MS });
  });
}

/** Why the agency's rule does not allow it now. */
function refuseRule({ agency, submittedAt }: AlertRow, now: Date): Refusal | null {
  if (!agency.emergencyRelease) return refuse("no-emergency");
  const opens = (submittedAt?.getTime() ?? 0) + agency.emergencyMinutes * 60_000;
  return opens > now.getTime()
    ? refuse(
        "too-early",
        `An emergency release opens ${agency.emergencyMinutes} minutes after an alert was sent for approval.`,
      )
    : null;
}

/** Why this person may not release it alone now; null when the first confirmation is old enough. */
export async function refuseRelease(
  transaction: Transaction,
  actor: Actor,
  row: AlertRow,
  contentHash: string,
  now: Date,
): Promise<Refusal | null> {
  const rule = refuseRule(row, now);
  if (rule) return rule;
  const asked = await transaction.emergencyRequest.findFirst({
    where: { alertId: row.id, personId: actor.personId, contentHash },
    orderBy: { at: "asc" },
  });
  if (!asked) return refuse("too-early", "Ask for the emergency release first. Two minutes later you can confirm it.");
  const opens = asked.at.getTime() + EMERGENCY_PAUSE_MS;
  return opens > now.getTime()
    ? refuse(
        "too-early",
        `You can confirm it in ${Math.ceil((opens - now.getTime()) / 1000)} seconds. Try to reach an approver until then.`,
      )
    : null;
}
