import type { Actor } from "../../access/actor";
import type { PrismaClient } from "../../platform/db";
import type { Figure } from "./measure";
import { median } from "./measure";

/**
 * How long people wait for each other: twenty who save at once, and an entry of
 * the record while 365 messages are published. Each is held against the one lock
 * that earlier versions took first, which lets one change after another.
 */

const WRITERS = 20;
const ROUNDS = 5;

type Work = () => Promise<unknown>;

async function elapsed(work: Work): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const together = (works: readonly Work[]) => elapsed(() => Promise.all(works.map((work) => work())));
/** What one lock, taken first and held to the end, makes of the same work. */
const inLine = (works: readonly Work[]) =>
  elapsed(async () => {
    for (const work of works) await work();
  });

interface Actors {
  drafter: Actor;
  approver: Actor;
}

async function openDrafts(client: PrismaClient, drafter: Actor, count: number) {
  const { declareIncident } = await import("../../incidents/commands/declare");
  const { prepareAlert } = await import("../../alerts/commands/prepare");
  const towns = await client.place.findMany({ where: { kind: "municipality" }, select: { id: true } });
  const prepare = async (placeIds: string[]) => {
    const now = new Date();
    const incident = await declareIncident(
      client,
      drafter,
      {
        mode: "live",
        failure: "full",
        textTo911: "fails",
        beganAt: new Date(now.getTime() - 600_000).toISOString(),
        evidence: "Calls to twelve dispatch centers",
        placeIds,
      },
      now,
    );
    if (!incident.ok) throw new Error(incident.message);
    return async () => {
      const alert = await prepareAlert(client, drafter, { incidentId: incident.value.id }, new Date());
      if (!alert.ok) throw new Error(alert.message);
      return alert.value.id;
    };
  };
  const small = await prepare(towns.slice(0, 2).map(({ id }) => id));
  const large = await prepare(towns.map(({ id }) => id));
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await small());
  return { small: ids, statewide: await large() };
}

/** Saves of one draft, each a little different from the last. */
function saver(client: PrismaClient, drafter: Actor, id: string): Work {
  let round = 0;
  return async () => {
    const { saveAlert } = await import("../../alerts/commands/save");
    const { readContent } = await import("../../alerts/schema");
    const row = await client.alert.findUniqueOrThrow({ where: { id } });
    round += 1;
    const input = {
      id,
      version: row.version,
      title: `911 is not working, ${round}`,
      content: readContent(row.content),
    };
    const saved = await saveAlert(client, drafter, input, new Date());
    if (!saved.ok) throw new Error(saved.message);
  };
}

/** Gives the places without a usable number none, sends the draft, and publishes it. */
async function publishStatewide(client: PrismaClient, { drafter, approver }: Actors, id: string): Promise<Work> {
  const { loadAlert } = await import("../../alerts/data");
  const { choosePlaces } = await import("../../alerts/plan");
  const { saveAlert } = await import("../../alerts/commands/save");
  const { submitAlert } = await import("../../alerts/commands/submit");
  const { decideAlert } = await import("../../alerts/commands/decide");
  const { readBundle } = await import("../../alerts/bundle");
  const { requiredConfirmations } = await import("../../alerts/confirmations");
  const { DEMONSTRATION_PASSWORD } = await import("../../../prisma/seed/demonstration");
  const loaded = await loadAlert(client, id);
  if (!loaded) throw new Error("The statewide draft is not there.");
  const { row, content, facts } = loaded;
  const blocked = choosePlaces(facts, content, Date.now()).filter(({ selection }) => selection.outcome === "blocked");
  const numbers = Object.fromEntries(
    blocked.map(({ place }) => [place.id, { choice: "no-number" as const, reason: "Nobody answers there today." }]),
  );
  const input = { id, version: row.version, title: row.title, content: { ...content, numbers } };
  const saved = await saveAlert(client, drafter, input, new Date());
  if (!saved.ok) throw new Error(saved.message);
  const sent = await submitAlert(client, drafter, { id, version: saved.value.version }, new Date());
  if (!sent.ok) throw new Error(sent.message);
  const { bundle } = await client.alert.findUniqueOrThrow({ where: { id }, select: { bundle: true } });
  if (!bundle) throw new Error("The statewide bundle is not there.");
  const decision = {
    id,
    decision: "approve" as const,
    contentHash: sent.value.contentHash,
    confirmations: requiredConfirmations(readBundle(bundle)),
    password: DEMONSTRATION_PASSWORD,
  };
  return async () => {
    const published = await decideAlert(client, approver, decision, new Date());
    if (!published.ok) throw new Error(published.message);
  };
}

async function appendOnce(client: PrismaClient): Promise<number> {
  const { inTransaction } = await import("../../platform/db");
  const { appendAudit } = await import("../../record/append");
  return elapsed(() =>
    inTransaction(client, (transaction) =>
      appendAudit(
        transaction,
        {
          actor: null,
          action: "sign-out",
          subject: { type: "bench", id: "bench" },
          summary: "An entry of the bench.",
        },
        new Date(),
      ),
    ),
  );
}

/** Entries of the record, one after another, while something runs. */
async function appendWhile(client: PrismaClient, running: Promise<unknown>): Promise<number[]> {
  let going = true;
  void running.finally(() => (going = false));
  const times: number[] = [];
  while (going) times.push(await appendOnce(client));
  await running;
  return times;
}

export async function measureLocks(databaseUrl: string): Promise<Figure[]> {
  const { connect } = await import("../../platform/db");
  const { mintActor } = await import("../../access/mint");
  const { sessionKey } = await import("../../access/session-key");
  const client = connect(databaseUrl);
  try {
    const enter = async (key: string): Promise<Actor> => {
      const now = new Date();
      const id = `bench-locks-${key}-${now.getTime()}`;
      await client.session.create({
        data: { id: sessionKey(id), personId: `demo-${key}`, createdAt: now, lastSeenAt: now },
      });
      const actor = await mintActor(client, id, now, false);
      if (!actor) throw new Error(`${key} could not sign in.`);
      return actor;
    };
    const actors = { drafter: await enter("dana"), approver: await enter("luis") };
    const drafts = await openDrafts(client, actors.drafter, WRITERS);
    const savers = drafts.small.map((id) => saver(client, actors.drafter, id));
    await inLine(savers);
    const [apart, line]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      apart.push(await together(savers));
      line.push(await inLine(savers));
    }
    const quiet = median(await Promise.all(Array.from({ length: ROUNDS }, () => appendOnce(client))));
    const publish = await publishStatewide(client, actors, drafts.statewide);
    const began = performance.now();
    const running = publish();
    const times = await appendWhile(client, running);
    const whole = performance.now() - began;
    return [
      {
        name: `${WRITERS} people save ${WRITERS} drafts at once`,
        milliseconds: median(apart),
        runs: ROUNDS,
        against: { name: "one after another, as under one lock", milliseconds: median(line), times: 1 },
      },
      {
        name: "an entry of the record while 365 messages are published, the longest wait",
        milliseconds: Math.max(...times),
        runs: times.length,
        against: { name: "the whole publication, as under one lock", milliseconds: whole, times: 1 },
        note: `median ${median(times).toFixed(1)} ms, ${quiet.toFixed(1)} ms when nothing is published`,
      },
    ];
  } finally {
    await client.$disconnect();
  }
}
