import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../../access/actor";
import { changeAs } from "../../../access/mint";
import type { Prisma, PrismaClient, Reader, Transaction } from "../../../platform/db";
import { refuse, type Refusal, type Result, success } from "../../../platform/result";
import { getSite } from "../../../platform/site/data";
import { appendAudit, type AuditInput } from "../../../record/append";
import { canonicalJson } from "../../../record/canonical-json";
import { seal } from "../../../record/site-secret";
import { REQUEST_MS } from "../../grants/schema";
import { REQUEST_ENDED } from "../../grants/words";
import { refuseUnconfirmed } from "../../sign-in/commands/confirm";
import { findWrongAddress } from "../discovery";
import {
  type confirmProviderSchema,
  listOf,
  parseGroups,
  type providerActSchema,
  type providerFormSchema,
  type ProviderSettings,
} from "../schema";
import { makeClientKey } from "./make-key";

/**
 * Sets providers of single sign-on up, and turns them on and off. Whom a provider
 * names is signed in, so it is on once two administrators of the agency at the top
 * said so, and each proves who they are. A trigger of the database holds the same.
 */

export const NOT_TOP = refuse(
  "not-permitted",
  "Single sign-on is for everyone who signs in here. An administrator of the agency at the top decides on it. Nothing was changed.",
);

/** What a sealed secret belongs to. */
export const providerSecretOf = (id: string) => `single sign-on ${id}`;

/** The id of the next provider that is set up. Rows stay, so the next number is free. */
export const nextProviderId = async (client: Reader): Promise<string> =>
  `sso-${(await client.signInProvider.count()) + 1}`;

/** The agency at the top of its tree that a person administers; null where there is none. */
export async function findTopAgency(client: Reader, actor: Actor): Promise<string | null> {
  const tops = await client.agency.findMany({ where: { parentId: null }, orderBy: { id: "asc" } });
  return tops.find(({ id }) => can(actor, "people:manage", id))?.id ?? null;
}

const NOT_ASKED = {
  askedById: null,
  askedBy: null,
  askedAt: null,
  confirmedById: null,
  confirmedBy: null,
  confirmedAt: null,
};

/** What is stored of a form, or what is wrong with it. */
async function settingsOf(
  transaction: Transaction,
  input: z.output<typeof providerFormSchema>,
): Promise<ProviderSettings | Refusal> {
  const invalid = (fields: Record<string, string>) =>
    refuse("invalid", "Check the marked fields. Nothing was changed.", fields);
  const agencies = await transaction.agency.findMany({ select: { id: true, code: true } });
  const parsed = parseGroups(input.groups, agencies);
  if ("problem" in parsed) return invalid({ groups: parsed.problem });
  if (parsed.groups.length > 0 && input.groupsClaim === "")
    return invalid({ groupsClaim: "Enter the claim that names a person’s groups, such as groups." });
  const allowed = listOf(input.allowed);
  const demonstration = (await getSite(transaction)).mode === "demonstration";
  const wrong = findWrongAddress(input.issuer, { allowed, demonstration });
  if (wrong) return invalid({ issuer: `This address ${wrong}.` });
  return {
    scopes: listOf(input.scopes),
    acrValues: input.acrValues
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(" "),
    prompt: input.prompt,
    factorValues: listOf(input.factorValues),
    groupsClaim: input.groupsClaim,
    groups: parsed.groups,
    allowed,
  };
}

/**
 * Makes a provider, turned off, or changes one, which turns it off until another
 * administrator confirms it. A secret that is left empty stays as it is.
 * @param site the secret things are sealed with, and the console's host name
 * @returns whether it waits for another administrator now
 */
export async function saveProvider(
  client: PrismaClient,
  site: { secret: string; host: string },
  by: Actor,
  input: z.output<typeof providerFormSchema>,
  now: Date,
): Promise<Result<{ id: string; waits: boolean }>> {
  // Made before the transaction, since it takes a moment.
  const made = input.clientAuth === "key" ? await makeClientKey(site.host, now) : null;
  return changeAs(client, by, async (transaction, actor) => {
    const top = await findTopAgency(transaction, actor);
    if (top === null) return NOT_TOP;
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    const before = input.id ? await lockProvider(transaction, input.id) : null;
    if (input.id && !before) return refuse("gone");
    const settings = await settingsOf(transaction, input);
    if ("ok" in settings) return settings;
    const id = before?.id ?? (await nextProviderId(transaction));
    const kept = before?.clientAuth === input.clientAuth ? before : null;
    if (input.clientAuth === "secret" && input.secret === "" && !kept?.secrets) {
      const message = "Enter the client secret that the provider shows.";
      return refuse("invalid", "Check the marked fields. Nothing was changed.", { secret: message });
    }
    const secrets =
      input.clientAuth === "none"
        ? { secrets: null, certificate: null }
        : input.clientAuth === "secret"
          ? {
              secrets: input.secret
                ? seal(site.secret, providerSecretOf(id), JSON.stringify({ secret: input.secret }))
                : (kept?.secrets ?? null),
              certificate: null,
            }
          : kept?.secrets && kept.certificate
            ? { secrets: kept.secrets, certificate: kept.certificate }
            : {
                secrets: seal(site.secret, providerSecretOf(id), JSON.stringify({ key: made?.key })),
                certificate: made?.certificate ?? null,
              };
    const data = {
      issuer: input.issuer,
      clientId: input.clientId,
      clientAuth: input.clientAuth,
      settings: settings as unknown as Prisma.InputJsonObject,
      ...secrets,
    };
    const moved =
      before !== null &&
      canonicalJson({ ...data, settings }) !==
        canonicalJson({
          issuer: before.issuer,
          clientId: before.clientId,
          clientAuth: before.clientAuth,
          settings: before.settings,
          secrets: before.secrets,
          certificate: before.certificate,
        });
    const waits = moved && (before.state === "on" || before.askedById !== null);
    const asked = { ...NOT_ASKED, askedById: actor.personId, askedBy: actor.name, askedAt: now };
    if (before) {
      const change = { name: input.name, ...data, ...(waits ? { ...asked, state: "off" } : {}) };
      await transaction.signInProvider.update({ where: { id }, data: change });
    } else {
      await transaction.signInProvider.create({
        data: { id, name: input.name, ...data, state: "off", createdAt: now },
      });
    }
    const renewed = secrets.secrets !== null && secrets.secrets !== before?.secrets;
    await appendAudit(
      transaction,
      {
        actor,
        agencyId: top,
        action: before ? "provider.changed" : "provider.added",
        subject: { type: "provider", id },
        summary: `${before ? "Changed" : "Set up"} single sign-on with “${input.name}” (${input.issuer})${renewed ? ", with a new secret" : ""}.${waits ? " It is off until another administrator confirms it." : ""}`,
        data: {
          issuer: input.issuer,
          clientId: input.clientId,
          clientAuth: input.clientAuth,
          settings: settings as unknown as Prisma.InputJsonObject,
          waits,
        },
      },
      now,
    );
    return success({ id, waits });
  });
}

async function lockProvider(transaction: Transaction, id: string) {
  await transaction.$queryRaw`select id from "SignInProvider" where id = ${id} for update`;
  return transaction.signInProvider.findFirst({ where: { id, retiredAt: null } });
}

type Row = NonNullable<Awaited<ReturnType<typeof lockProvider>>>;

interface ProviderAct extends Pick<AuditInput, "action" | "summary"> {
  change: Prisma.SignInProviderUncheckedUpdateInput;
}

/** Does one thing to a provider, held meanwhile, with its entry in the record. */
async function actOnProvider(
  client: PrismaClient,
  by: Actor,
  id: string,
  now: Date,
  decide: (row: Row, actor: Actor) => ProviderAct | Refusal,
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const top = await findTopAgency(transaction, actor);
    if (top === null) return NOT_TOP;
    const row = await lockProvider(transaction, id);
    if (!row) return refuse("gone");
    const act = decide(row, actor);
    if ("ok" in act) return act;
    const { change, ...entry } = act;
    await transaction.signInProvider.update({ where: { id }, data: change });
    const subject = { type: "provider", id };
    await appendAudit(transaction, { actor, agencyId: top, subject, ...entry }, now);
    return success(null);
  });
}

type Act = z.output<typeof providerActSchema>;

/** Asks for a provider to be turned on, after proof of who asks. */
export const askProvider = (client: PrismaClient, by: Actor, { id }: Act, now: Date) =>
  actOnProvider(client, by, id, now, (row, actor) => {
    if (row.state === "on") return refuse("same", "This is on already. Nothing was changed.");
    const waits = row.askedAt !== null && row.askedAt.getTime() + REQUEST_MS > now.getTime();
    if (row.askedBy && waits) return refuse("same", `${row.askedBy} asked for this already. Nothing was changed.`);
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    return {
      change: { askedById: actor.personId, askedBy: actor.name, askedAt: now },
      action: "provider.asked",
      summary: `Asked for single sign-on with “${row.name}” to be turned on.`,
    };
  });

/**
 * Turns a provider on that another administrator asked for, after proof of who confirms.
 * @param input.askedAt when it was asked for what the page shows: a later change is another request
 */
export const confirmProvider = (
  client: PrismaClient,
  by: Actor,
  { id, askedAt }: z.output<typeof confirmProviderSchema>,
  now: Date,
) =>
  actOnProvider(client, by, id, now, (row, actor) => {
    if (row.state === "on") return refuse("same", "This is on already. Nothing was changed.");
    if (!row.askedAt || row.askedAt.getTime() !== askedAt) {
      return refuse(
        "gone",
        "This request was taken back, or the settings were changed since. Load the page again. Nothing was changed.",
      );
    }
    if (row.askedById === actor.personId) return refuse("own-request");
    if (row.askedAt.getTime() + REQUEST_MS <= now.getTime()) return refuse("gone", REQUEST_ENDED);
    const unconfirmed = refuseUnconfirmed(actor, now);
    if (unconfirmed) return unconfirmed;
    return {
      change: { state: "on", confirmedById: actor.personId, confirmedBy: actor.name, confirmedAt: now },
      action: "provider.turned",
      summary: `Turned single sign-on with “${row.name}” on. ${row.askedBy} asked for it.`,
    };
  });

/** Takes a request back, or turns down another's. */
export const endProviderAsk = (client: PrismaClient, by: Actor, { id }: Act, now: Date) =>
  actOnProvider(client, by, id, now, (row, actor) => {
    if (row.state === "on" || !row.askedBy)
      return refuse("gone", "Nobody is asking for this any more. Nothing was changed.");
    return {
      change: NOT_ASKED,
      action: "provider.ask-ended",
      summary:
        row.askedById === actor.personId
          ? `Took back the request to turn single sign-on with “${row.name}” on.`
          : `Turned down ${row.askedBy}’s request to turn single sign-on with “${row.name}” on.`,
    };
  });

/** Turns a provider off, which one administrator may, at once. Sessions that began with it go on until they end. */
export const turnProviderOff = (client: PrismaClient, by: Actor, { id }: Act, now: Date) =>
  actOnProvider(client, by, id, now, (row) =>
    row.state === "off"
      ? refuse("same", "This is off already. Nothing was changed.")
      : {
          change: { ...NOT_ASKED, state: "off" },
          action: "provider.turned",
          summary: `Turned single sign-on with “${row.name}” off.`,
        },
  );

/** Takes a provider away, with its secret. Links to it stay with the people, and open nothing without it. */
export const removeProvider = (client: PrismaClient, by: Actor, { id }: Act, now: Date) =>
  actOnProvider(client, by, id, now, (row) => ({
    change: { ...NOT_ASKED, state: "off", secrets: null, retiredAt: now },
    action: "provider.removed",
    summary: `Removed single sign-on with “${row.name}”.`,
  }));
