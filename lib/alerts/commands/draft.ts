import "server-only";
import { randomInt } from "node:crypto";
import type { Actor } from "../../access/actor";
import type { Transaction } from "../../platform/db";
import type { Touched } from "../../record/seals";
import type { Bundle } from "../bundle";
import { buildBundle } from "../content";
import { loadAlert } from "../data";
import type { AlertFacts } from "../facts";
import type { AlertContent, CapStatus, Purpose } from "../schema";

export const VALID_MINUTES = 120;
export const UPDATE_MINUTES = 60;

export async function contribute(
  transaction: Transaction,
  alertId: string,
  actor: { personId: string },
  what: string,
  now: Date,
) {
  await transaction.contribution.createMany({
    data: [{ alertId, personId: actor.personId, what, at: now }],
    skipDuplicates: true,
  });
}

/** Letters and digits that are not mistaken for one another, for identifiers. */
const UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The identifier stem of a new alert: agency, day, its number on that day, and
 * five random characters. Without these a database restored from a backup would
 * give out an identifier again that was published before.
 */
async function mintCode(transaction: Transaction, agencyCode: string, agencyId: string, timeZone: string, now: Date) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now).replaceAll("-", "");
  const stem = `${agencyCode}-${day}`;
  const count = await transaction.alert.count({ where: { agencyId, code: { startsWith: `${stem}-` } } });
  const random = Array.from({ length: 5 }, () => UNMISTAKABLE[randomInt(UNMISTAKABLE.length)]).join("");
  return `${stem}-${String(count + 1).padStart(2, "0")}-${random}`;
}

/** What a new draft is made of. */
export interface NewDraft {
  agency: { id: string; code: string };
  incidentId: string;
  templateId: string;
  purpose: Purpose;
  /** Alerts it is about; none for the first one. */
  references: readonly string[];
  title: string;
  content: AlertContent;
  capStatus: CapStatus;
  timeZone: string;
  /** Whose work is in it from the beginning, with what they did. */
  contributors: readonly { personId: string; what: string; at: Date }[];
}

/**
 * Makes the draft of an alert, whatever it is for: its row with the first saved
 * state, what it refers to, its contributors, and the stem of every message's
 * identifier, which is minted here and never again.
 * @param known facts of the draft, where they were loaded already
 */
export async function openDraft(
  transaction: Transaction,
  actor: Actor,
  draft: NewDraft,
  now: Date,
  known?: AlertFacts,
): Promise<{ id: string; code: string; bundle: Bundle; touched: Touched }> {
  const { agency, content, references, contributors, timeZone, ...columns } = draft;
  const { id, code } = await transaction.alert.create({
    data: {
      ...columns,
      agencyId: agency.id,
      code: await mintCode(transaction, agency.code, agency.id, timeZone, now),
      state: "draft",
      version: 1,
      content,
      createdById: actor.personId,
      createdBy: actor.name,
      createdAt: now,
      updatedAt: now,
      updatedBy: actor.name,
      revisions: { create: { version: 1, content, by: actor.name, at: now } },
      references: { createMany: { data: references.map((earlierId) => ({ earlierId })) } },
      contributions: { createMany: { data: [...contributors], skipDuplicates: true } },
    },
  });
  const facts = known ? { ...known, alertId: id, code } : (await loadAlert(transaction, id, now))?.facts;
  if (!facts) throw new Error("A draft that was just made is not there.");
  const bundle = buildBundle(facts, content, now.getTime());
  return { id, code, bundle, touched: { alert: [id], decisions: [id], revision: [`${id}:1`] } };
}
