import "server-only";
import { type Actor, agenciesFor } from "../access/actor";
import { formatWithheldChannel, labelOfChannel } from "../access/allowance/allowance";
import { loadAllowances } from "../access/allowance/data";
import { listOtherAdministrators } from "../people/grants/data";
import { db, Prisma, type Reader } from "../platform/db";
import { type ChannelState, channelStateSchema, DELIVERY_STATES, type DeliveryState } from "./schema";

/** Channels and what became of what went to them. */

/** The ids of deliveries that a job will still try: what lost its last job is not under way, whatever its state says. */
export const TRIED = Prisma.sql`
  select j.payload->>'id' as id from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier in ('deliver', 'deliver-site')
  where (j.attempts < j.max_attempts or j.locked_at is not null) and j.payload->>'id' is not null`;

export interface ChannelOutcome {
  channelId: string;
  name: string;
  kind: string;
  label: string;
  total: number;
  /** How many deliveries stand how, those that need someone first. */
  states: { state: DeliveryState; label: string; count: number }[];
  attempts: number;
  lastAt: number | null;
  /** What was said of the last one that is still on its way. */
  problem: string | null;
  /** What was given up or not sent: of which places, and why. */
  undone: { state: DeliveryState; label: string; reason: string; places: string[]; count: number }[];
  paused: boolean;
  /** Whether something was not taken and nothing tries it any more. */
  over: boolean;
}

const ORDER: readonly DeliveryState[] = ["failed", "stored", "handed-over", "dropped", "accepted", "confirmed"];

/** What became of an alert on each channel it went to. Whoever reads the alert reads this. */
export async function listOutcomes(actor: Actor, alertId: string): Promise<ChannelOutcome[]> {
  const readable = await db().alert.findFirst({
    where: { id: alertId, agencyId: { in: agenciesFor(actor, "alert:read") } },
    select: { id: true },
  });
  if (!readable) return [];
  const rows = await db().$queryRaw<
    {
      channelId: string;
      name: string;
      kind: string;
      state: string;
      count: number;
      attempts: number;
      lastAt: Date | null;
      problem: string | null;
      pausedUntil: Date | null;
      over: boolean;
    }[]
  >`
    with tried as (${TRIED})
    select c.id as "channelId", c.name, c.kind, c."pausedUntil", d.state, count(*)::int as count, sum(d.attempts)::int as attempts,
      max(d."doneAt") as "lastAt", (array_agg(d.problem order by d.attempts desc) filter (where d.problem is not null))[1] as problem,
      bool_or(d.state in ('failed', 'dropped') or (d.state in ('stored', 'handed-over') and d.id not in (select id from tried))) as over
    from "Delivery" d join "Channel" c on c.id = d."channelId" where d."alertId" = ${alertId}
    group by c.id, d.state order by c."createdAt", c.id`;
  const undone = await db().$queryRaw<
    { channelId: string; state: DeliveryState; reason: string; places: string[]; count: number }[]
  >`
    select d."channelId", d.state, coalesce(d.problem, 'No reason was given.') as reason, count(*)::int as count,
      coalesce(array_agg(distinct p.name) filter (where p.name is not null), '{}') as places
    from "Delivery" d left join "Message" m on m.id = d."messageId" left join "Place" p on p.id = m."placeId"
    where d."alertId" = ${alertId} and d.state in ('failed', 'dropped')
    group by d."channelId", d.state, reason order by d.state desc, count desc, reason`;
  const channels = new Map<string, typeof rows>();
  for (const row of rows) channels.set(row.channelId, [...(channels.get(row.channelId) ?? []), row]);
  const now = Date.now();
  return [...channels.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const open = list.find(({ state, problem }) => problem !== null && ["stored", "handed-over"].includes(state));
    return [
      {
        channelId: first.channelId,
        name: first.name,
        kind: first.kind,
        label: labelOfChannel(first.kind),
        total: list.reduce((sum, { count }) => sum + count, 0),
        states: ORDER.flatMap((state) => {
          const found = list.find((row) => row.state === state);
          return found ? [{ state, label: DELIVERY_STATES[state], count: found.count }] : [];
        }),
        attempts: list.reduce((sum, { attempts }) => sum + attempts, 0),
        lastAt: list.reduce<number | null>(
          (last, row) => Math.max(last ?? 0, row.lastAt?.getTime() ?? 0) || null,
          null,
        ),
        problem: open?.problem ?? null,
        undone: undone
          .filter(({ channelId }) => channelId === first.channelId)
          .map(({ state, reason, places, count }) => ({ state, label: DELIVERY_STATES[state], reason, places, count })),
        over: list.some(({ over }) => over),
        paused: (first.pausedUntil?.getTime() ?? 0) > now,
      },
    ];
  });
}

/** What was given up is an alarm for so long, as on the Status page; it stays on the pages of alert and channel. */
const LATELY_MS = 86_400_000;

/** Channels of agencies this person administers, and the public site. */
export async function listChannels(actor: Actor, now = new Date()) {
  const scope = agenciesFor(actor, "people:manage");
  const rows = await db().channel.findMany({
    where: { retiredAt: null, OR: [{ agencyId: { in: scope } }, ...(scope.length > 0 ? [{ agencyId: null }] : [])] },
    include: { agency: { select: { name: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const counts = await db().delivery.groupBy({
    by: ["channelId", "state"],
    where: { channelId: { in: rows.map(({ id }) => id) }, state: { in: ["stored", "handed-over", "failed"] } },
    _count: { _all: true },
  });
  const lately = await db().delivery.groupBy({
    by: ["channelId"],
    where: {
      channelId: { in: rows.map(({ id }) => id) },
      state: "failed",
      createdAt: { gt: new Date(now.getTime() - LATELY_MS) },
    },
    _count: { _all: true },
  });
  const count = (channelId: string, ...states: string[]) =>
    counts
      .filter((row) => row.channelId === channelId && states.includes(row.state))
      .reduce((sum, { _count }) => sum + _count._all, 0);
  const owners = [...new Set(rows.flatMap(({ agencyId }) => (agencyId === null ? [] : [agencyId])))];
  const allowances = new Map((await loadAllowances(db(), owners)).map((one) => [one.agency.id, one]));
  const withheldOf = ({ agencyId, kind }: (typeof rows)[number]) => {
    const allowance = agencyId === null ? undefined : allowances.get(agencyId);
    const withheld = allowance?.channels[kind];
    return allowance && withheld ? formatWithheldChannel(allowance.agency.name, kind, withheld) : null;
  };
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    label: labelOfChannel(row.kind),
    name: row.name,
    agencyId: row.agencyId,
    agency: row.agency?.name ?? "All agencies",
    state: channelStateSchema.parse(row.state) satisfies ChannelState,
    /** That its agency may not use channels of this kind any more, as sentences. */
    withheld: withheldOf(row),
    // No secret is among them.
    settings: row.settings as Record<string, unknown>,
    hasSecret: row.secrets !== null,
    succeededAt: row.succeededAt?.getTime() ?? null,
    failures: row.failures,
    pausedUntil: row.pausedUntil?.getTime() ?? null,
    /** Who asked for it to go live, where it is not yet. */
    asked:
      row.state !== "live" && row.askedBy && row.askedAt
        ? { by: row.askedBy, at: row.askedAt.getTime(), own: row.askedById === actor.personId }
        : null,
    confirmed:
      row.confirmedBy && row.confirmedAt && row.askedBy
        ? { by: row.confirmedBy, at: row.confirmedAt.getTime(), asker: row.askedBy }
        : null,
    waiting: count(row.id, "stored", "handed-over"),
    failed: count(row.id, "failed"),
    failedLately: lately.find(({ channelId }) => channelId === row.id)?._count._all ?? 0,
  }));
}

export type ChannelRow = Awaited<ReturnType<typeof listChannels>>[number];

/** As many administrators as a sentence has room for. */
const MOST_NAMED = 5;

/** One channel with its newest attempts, or null when it is not this person's. */
export async function getChannel(actor: Actor, id: string) {
  const channel = (await listChannels(actor)).find((one) => one.id === id);
  if (!channel) return null;
  const attempts = await db().attempt.findMany({
    where: { delivery: { channelId: id } },
    orderBy: { startedAt: "desc" },
    take: 100,
    include: {
      delivery: {
        select: {
          key: true,
          alertId: true,
          alert: { select: { title: true, incident: { select: { mode: true } } } },
          message: { select: { place: { select: { name: true } } } },
        },
      },
    },
  });
  return {
    ...channel,
    others:
      channel.agencyId === null
        ? []
        : [...new Set(await listOtherAdministrators(actor, channel.agencyId))].slice(0, MOST_NAMED),
    attempts: attempts.map(({ id: attemptId, number, startedAt, endedAt, outcome, answer, sent, delivery }) => ({
      id: attemptId,
      number,
      startedAt: startedAt.getTime(),
      endedAt: endedAt?.getTime() ?? null,
      outcome,
      sent,
      answer,
      key: delivery.key,
      alertId: delivery.alertId,
      alert: delivery.alert.title,
      exercise: delivery.alert.incident.mode === "exercise",
      place: delivery.message?.place.name ?? null,
    })),
  };
}

/** Channels that someone asked to go live and that a second administrator confirms, the oldest request first. */
export async function listAskedChannels(actor: Actor, client: Reader = db()) {
  const rows = await client.channel.findMany({
    where: {
      agencyId: { in: agenciesFor(actor, "people:manage") },
      retiredAt: null,
      state: { not: "live" },
      askedAt: { not: null },
    },
    include: { agency: { select: { name: true } } },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name, agency, askedBy, askedById }) => ({
    id,
    name,
    agency: agency?.name ?? "",
    askedBy: askedBy ?? "",
    isMine: askedById === actor.personId,
  }));
}

/** Channels that keep failing, for whoever may do something about it. */
export async function listFailingChannels(actor: Actor, now = new Date()) {
  const channels = await listChannels(actor, now);
  return channels.filter(({ state, failures, failedLately }) => state !== "off" && (failures >= 3 || failedLately > 0));
}
