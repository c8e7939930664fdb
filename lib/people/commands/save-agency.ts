import "server-only";
import { type Actor, can } from "../../access/actor";
import { placesOfAgency } from "../../access/jurisdiction";
import { changeAs } from "../../access/mint";
import { renewAlertableIn } from "../../places/commands/renew-alertable";
import { findPlace } from "../../places/data";
import { inTransaction, type PrismaClient, type Transaction } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { saveTranslations } from "../../platform/translations";
import { appendAudit } from "../../record/append";
import { type AgencyForm, shortNameProblem } from "../agency-schema";

const NOT_YOURS = "You may not manage this agency. Nothing was changed.";

/** Who manages agencies: a person, or nobody, on the command line of the machine that runs the site. */
type Manager = Actor | null;

const mayManage = (by: Manager, agencyId: string) => by === null || can(by, "people:manage", agencyId);
/** Added to the record's sentence, where no person stands beside it. */
const atThe = (by: Manager) => (by === null ? " It was done on the command line." : "");

/**
 * Makes an agency below one that the person administers, or changes what an agency is called.
 * @param by null on the command line, which has no person behind it
 */
export async function saveAgency(
  client: PrismaClient,
  by: Manager,
  input: AgencyForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  const save = (transaction: Transaction, manager: Manager) =>
    input.id === undefined
      ? addAgency(transaction, manager, input, now)
      : changeAgency(transaction, manager, input, now);
  return by === null ? inTransaction(client, (transaction) => save(transaction, null)) : changeAs(client, by, save);
}

async function addAgency(
  transaction: Transaction,
  by: Manager,
  input: AgencyForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  const parent = await transaction.agency.findUnique({ where: { id: input.parentId ?? "" } });
  if (!parent || !mayManage(by, parent.id)) return refuse("not-permitted", NOT_YOURS);
  const covered = await placesOfAgency(transaction, parent.id);
  const found = await findPlace(
    transaction,
    input.jurisdiction,
    covered.map(({ id }) => id),
  );
  if ("why" in found) {
    return refuse("invalid", "Nothing was saved.", {
      jurisdiction: `${found.why} It must lie in the area of ${parent.name}.`,
    });
  }
  const { place } = found;
  const problem = await problemOf(transaction, input, { code: place.stateCode, name: place.stateName });
  if (problem) return refuse("invalid", "Nothing was saved.", problem);
  const agency = await transaction.agency.create({
    data: {
      id: input.code.toLowerCase(),
      code: input.code,
      name: input.name,
      shortName: input.shortName,
      sender: input.sender,
      web: input.web || null,
      contact: null,
      parentId: parent.id,
      jurisdictionId: place.id,
    },
  });
  await saveNames(transaction, agency.id, input);
  await renewAlertableIn(transaction, place.id);
  await appendAudit(
    transaction,
    {
      actor: by,
      agencyId: agency.id,
      action: "agency.added",
      subject: { type: "agency", id: agency.id },
      summary: `Made the agency ${agency.name}, which answers for ${place.name}, ${place.stateCode}.${atThe(by)}`,
      data: { code: agency.code, jurisdiction: place.id, parent: parent.id },
      touched: { agency: [agency.id] },
    },
    now,
  );
  return success({ id: agency.id });
}

async function changeAgency(
  transaction: Transaction,
  by: Manager,
  input: AgencyForm,
  now: Date,
): Promise<Result<{ id: string }>> {
  const before = await transaction.agency.findUnique({
    where: { id: input.id ?? "" },
    include: { jurisdiction: { select: { stateCode: true, stateName: true } } },
  });
  if (!before || !mayManage(by, before.id)) return refuse("not-permitted", NOT_YOURS);
  // Identifiers of published messages have the code in them, and events the area.
  if (input.code !== before.code) {
    return refuse("invalid", "Nothing was saved.", { code: "The code stays: it is in the names of messages." });
  }
  const state = { code: before.jurisdiction.stateCode, name: before.jurisdiction.stateName };
  const problem = await problemOf(transaction, input, state, before.id);
  if (problem) return refuse("invalid", "Nothing was saved.", problem);
  const { name, shortName, sender, web } = input;
  const agency = await transaction.agency.update({
    where: { id: before.id },
    data: { name, shortName, sender, web: web || null },
  });
  await saveNames(transaction, agency.id, input);
  await appendAudit(
    transaction,
    {
      actor: by,
      agencyId: agency.id,
      action: "agency.changed",
      subject: { type: "agency", id: agency.id },
      summary: `Changed the agency ${before.name}${name === before.name ? "" : `, now ${name}`}.${atThe(by)}`,
      data: {
        before: { name: before.name, shortName: before.shortName, sender: before.sender, web: before.web },
        after: { name, shortName, sender, web: web || null },
      },
      touched: { agency: [agency.id] },
    },
    now,
  );
  return success({ id: agency.id });
}

/** What is wrong with what was entered, by field. */
async function problemOf(
  transaction: Transaction,
  input: AgencyForm,
  state: { code: string; name: string },
  id?: string,
): Promise<Record<string, string> | null> {
  const short = [input.shortName, ...Object.values(input.shortNames).filter(Boolean)]
    .map((name) => shortNameProblem(name, state))
    .find((problem) => problem !== null);
  if (short) return { shortName: short };
  const twin = await transaction.agency.findFirst({
    where: { OR: [{ code: input.code }, { name: input.name }], ...(id ? { id: { not: id } } : {}) },
  });
  if (!twin) return null;
  return twin.code === input.code
    ? { code: `${twin.name} has this code.` }
    : { name: "There is an agency of this name already." };
}

async function saveNames(transaction: Transaction, id: string, { names, shortNames }: AgencyForm): Promise<void> {
  await saveTranslations(transaction, "agency", id, "name", names);
  await saveTranslations(transaction, "agency", id, "shortName", shortNames);
}
