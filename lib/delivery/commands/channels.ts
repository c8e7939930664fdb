import "server-only";
import type { z } from "zod";
import { type Actor, can } from "../../access/actor";
import { formatWithheldChannel } from "../../access/allowance/allowance";
import { loadAllowance } from "../../access/allowance/data";
import { changeAs } from "../../access/mint";
import { type Prisma, type PrismaClient, type Transaction } from "../../platform/db";
import { env, mailSettings, publicUrl } from "../../platform/env";
import { NotPublic } from "../../platform/outbound/address";
import { refuse, type Refusal, type Result, success } from "../../platform/result";
import { appendAudit, type AuditInput } from "../../record/append";
import { canonicalJson } from "../../record/canonical-json";
import { seal, unseal } from "../../record/site-secret";
import { channelSecretOf, type Receipt } from "../channel";
import { kindOf } from "../channels/kinds";
import {
  type channelActSchema,
  CHANNEL_KINDS,
  CHANNEL_STATES,
  type channelFormSchema,
  type channelStateFormSchema,
  MISSING_SECRETS,
  secretsOf,
  settingsOf,
} from "../schema";

/**
 * Sets channels up, turns them off or to exercises, and tries them.
 * How one goes live is in `go-live.ts`.
 */

const NOT_YOURS = refuse("not-permitted", "This channel is not one you administer. Nothing was changed.");
/** A test waits no longer for the other side, in milliseconds. */
const TEST_MS = 10_000;

/** The channel when this person administers it. */
async function findOwn(client: Pick<PrismaClient, "channel"> | Transaction, actor: Actor, id: string) {
  const channel = await client.channel.findFirst({ where: { id, retiredAt: null } });
  return channel?.agencyId && can(actor, "people:manage", channel.agencyId) ? channel : null;
}

/** The same, held until the transaction ends: of two changes at once the second sees what the first did. */
async function lockOwn(transaction: Transaction, actor: Actor, id: string) {
  await transaction.$queryRaw`select id from "Channel" where id = ${id} for update`;
  return findOwn(transaction, actor, id);
}

export type OwnChannel = NonNullable<Awaited<ReturnType<typeof findOwn>>>;

/** What an act does to a channel, and what the record says of it. */
export interface ChannelAct extends Pick<AuditInput, "action" | "summary" | "data"> {
  change: Prisma.ChannelUncheckedUpdateInput;
}

/** Why an agency may not use a kind of channel, or null. */
async function refuseKind(transaction: Transaction, agencyId: string | null, kind: string): Promise<Refusal | null> {
  if (agencyId === null) return null;
  const { agency, channels } = await loadAllowance(transaction, agencyId);
  const withheld = channels[kind];
  if (!withheld) return null;
  const says = formatWithheldChannel(agency.name, kind, withheld);
  return refuse("withheld", `${says} Nothing was changed.`, { kind: says });
}

/**
 * Does one thing to a channel of one's own, held meanwhile, with its entry in the record; a refusal changes nothing.
 * @param options.opens whether alerts may go to it then: that takes a kind its agency may use
 */
export async function actOnChannel(
  client: PrismaClient,
  by: Actor,
  id: string,
  now: Date,
  decide: (channel: OwnChannel, actor: Actor) => ChannelAct | Refusal,
  { opens = false }: { opens?: boolean } = {},
): Promise<Result<null>> {
  return changeAs(client, by, async (transaction, actor) => {
    const channel = await lockOwn(transaction, actor, id);
    if (!channel) return NOT_YOURS;
    const withheld = opens ? await refuseKind(transaction, channel.agencyId, channel.kind) : null;
    if (withheld) return withheld;
    const act = decide(channel, actor);
    if ("ok" in act) return act;
    const { change, ...entry } = act;
    await transaction.channel.update({ where: { id }, data: change });
    const subject = { type: "channel", id };
    await appendAudit(transaction, { actor, agencyId: channel.agencyId, subject, ...entry }, now);
    return success(null);
  });
}

/** Nobody asked for it to go live, and nobody confirmed it. */
export const NOT_ASKED = {
  askedById: null,
  askedBy: null,
  askedAt: null,
  confirmedById: null,
  confirmedBy: null,
  confirmedAt: null,
};

/** What zod found wrong, by the field of the form. */
function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0] ?? "name"), message]));
}

/**
 * Makes a channel, turned off, or changes one. A secret that is left empty stays
 * as it is. Where a live channel leads is changed by two people: it is off until
 * another administrator confirms it.
 * @returns whether it waits for that now
 */
export async function saveChannel(
  client: PrismaClient,
  by: Actor,
  input: z.output<typeof channelFormSchema>,
  now: Date,
): Promise<Result<{ id: string; waits: boolean }>> {
  const kind = kindOf(input.kind);
  if (!kind) return refuse("invalid", "There is no such kind of channel. Nothing was changed.");
  const settings = kind.settings.safeParse(settingsOf(input));
  if (!settings.success)
    return refuse("invalid", "Check the marked fields. Nothing was changed.", problemsOf(settings.error.issues));
  const given = secretsOf(input);
  const secrets = given ? kind.secrets.safeParse(given) : null;
  if (secrets && !secrets.success)
    return refuse("invalid", "Check the marked fields. Nothing was changed.", problemsOf(secrets.error.issues));
  return changeAs(client, by, async (transaction, actor) => {
    if (!can(actor, "people:manage", input.agencyId)) return NOT_YOURS;
    const before = input.id ? await lockOwn(transaction, actor, input.id) : null;
    if (input.id && (!before || before.kind !== input.kind)) return NOT_YOURS;
    const withheld = await refuseKind(transaction, before?.agencyId ?? input.agencyId, input.kind);
    if (withheld) return withheld;
    const missing = MISSING_SECRETS.get(input.kind);
    if (missing && !secrets && !before?.secrets) {
      return refuse("invalid", "Check the marked fields. Nothing was changed.", missing);
    }
    const id = before?.id ?? crypto.randomUUID();
    const moved = before && (secrets !== null || canonicalJson(before.settings) !== canonicalJson(settings.data));
    const waits = Boolean(moved && (before.state === "live" || before.askedById));
    const data = {
      ...(waits
        ? {
            ...NOT_ASKED,
            state: before?.state === "exercise" ? "exercise" : "off",
            askedById: actor.personId,
            askedBy: actor.name,
            askedAt: now,
          }
        : {}),
      name: input.name,
      settings: settings.data as Prisma.InputJsonObject,
      ...(secrets?.success
        ? { secrets: seal(env().NEXTAUTH_SECRET, channelSecretOf(id), JSON.stringify(secrets.data)) }
        : {}),
    };
    if (before) await transaction.channel.update({ where: { id }, data });
    else {
      await transaction.channel.create({
        data: {
          ...data,
          id,
          kind: input.kind,
          agencyId: input.agencyId,
          state: "off",
          whole: kind.whole,
          createdAt: now,
        },
      });
    }
    await appendAudit(
      transaction,
      {
        actor,
        // The form of a channel that is there names another agency at will.
        agencyId: before?.agencyId ?? input.agencyId,
        action: before ? "channel.changed" : "channel.added",
        subject: { type: "channel", id },
        summary: `${before ? "Changed" : "Made"} the channel “${input.name}” (${CHANNEL_KINDS[input.kind].label})${secrets ? ", with a new secret" : ""}.${waits ? " Another administrator confirms it before it is live." : ""}`,
        data: { kind: input.kind, waits, settings: settings.data as Prisma.InputJsonObject },
      },
      now,
    );
    return success({ id, waits });
  });
}

/** Turns a channel to exercises or off, which one person may. What waits for it is not sent once it is off. */
export async function setChannelState(
  client: PrismaClient,
  by: Actor,
  { id, state }: z.output<typeof channelStateFormSchema>,
  now: Date,
): Promise<Result<null>> {
  const turn = (channel: OwnChannel): ChannelAct => ({
    change: { ...NOT_ASKED, state, failures: 0, pausedUntil: null },
    action: "channel.turned",
    summary: `Turned the channel “${channel.name}” to: ${CHANNEL_STATES[state].toLowerCase()}.`,
    data: { before: channel.state, after: state },
  });
  return actOnChannel(client, by, id, now, turn, { opens: state !== "off" });
}

/** Takes a channel away. What went to it stays on record. */
export async function retireChannel(
  client: PrismaClient,
  by: Actor,
  { id }: z.output<typeof channelActSchema>,
  now: Date,
): Promise<Result<null>> {
  return actOnChannel(client, by, id, now, (channel) => ({
    change: { ...NOT_ASKED, retiredAt: now, state: "off", secrets: null },
    action: "channel.removed",
    summary: `Removed the channel “${channel.name}”.`,
  }));
}

/** Asks the other side of a channel whether it is there. No message is sent. @returns what came back */
export async function testChannel(
  client: PrismaClient,
  actor: Actor,
  { id }: z.output<typeof channelActSchema>,
): Promise<Result<Receipt>> {
  const channel = await findOwn(client, actor, id);
  const kind = channel && kindOf(channel.kind);
  if (!channel || !kind) return NOT_YOURS;
  try {
    const secrets = channel.secrets
      ? (JSON.parse(unseal(env().NEXTAUTH_SECRET, channelSecretOf(id), channel.secrets)) as unknown)
      : {};
    return success(
      await kind.test(kind.settings.parse(channel.settings), kind.secrets.parse(secrets), {
        signal: AbortSignal.timeout(TEST_MS),
        mail: mailSettings(),
        demonstration: (await client.site.findUniqueOrThrow({ where: { id: 1 } })).mode !== "real",
        publicUrl: publicUrl(),
      }),
    );
  } catch (error) {
    const why =
      error instanceof Error
        ? error.name === "TimeoutError"
          ? "No answer in ten seconds."
          : error.message
        : "unknown";
    const todo =
      error instanceof NotPublic
        ? " If it is meant to be in your own network, enter its host under “Host names that may lead into your own network” in the settings, and save."
        : "";
    return refuse("failed", `The other side could not be reached: ${why}${todo}`);
  }
}
