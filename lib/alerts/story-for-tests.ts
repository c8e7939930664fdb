import { type Actor } from "../access/actor";
import { sessionKey } from "../access/session-key";
import { mintActor } from "../access/mint";
import { declareIncident } from "../incidents/commands/declare";
import { connect, type PrismaClient } from "../platform/db";
import { copyDatabase } from "../platform/test-database";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import { requiredConfirmations } from "./confirmations";
import { loadAlert, parseBundle } from "./data";
import { choosePlaces } from "./plan";
import { movePlaces } from "../incidents/commands/change";
import { decideAlert } from "./commands/decide";
import { beginFollowUp } from "./commands/follow-up";
import { prepareAlert } from "./commands/prepare";
import { saveAlert } from "./commands/save";
import { submitAlert } from "./commands/submit";
import { readContent, type AlertContent, type Decision } from "./schema";

/** The story every database test begins with: officials signed in, an outage, a draft, a submission. */

export interface Story {
  client: PrismaClient;
  ownerUrl: string;
  appUrl: string;
  actor: (key: string) => Promise<Actor>;
}

export async function openStory(provided: { owner: string; app: string }): Promise<Story> {
  const { ownerUrl, appUrl } = await copyDatabase(provided);
  return toStory(connect(appUrl), { ownerUrl, appUrl });
}

/** The same on a database that is there already. */
export const toStory = (client: PrismaClient, { ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Story => ({
  client,
  ownerUrl,
  appUrl,
  actor: (key) => signInTo(client, key),
});

const ofProcess = globalThis as { callboxDb?: PrismaClient };

/** Lets pages and lists, which read through the connection of the process, read the story's database until it is closed. */
export function readStory(story: Story): void {
  ofProcess.callboxDb = story.client;
}

/** The next file of tests shares the process, and finds nothing of this one in it. */
export async function closeStory(story: Story): Promise<void> {
  if (ofProcess.callboxDb === story.client) delete ofProcess.callboxDb;
  await story.client.$disconnect();
}

let sessions = 0;

/** A person of the demonstration with a session of its own. */
export async function signInTo(client: PrismaClient, key: string): Promise<Actor> {
  const sessionId = `test-session-${process.pid}-${(sessions += 1)}`;
  const now = new Date();
  await client.session.create({
    data: { id: sessionKey(sessionId), personId: `demo-${key}`, createdAt: now, lastSeenAt: now },
  });
  const actor = await mintActor(client, sessionId, now, false);
  if (!actor) throw new Error(`${key} could not sign in.`);
  return actor;
}

/** Ids of the places with these names. */
export async function placesNamed(client: PrismaClient, ...names: string[]): Promise<string[]> {
  const rows = await client.place.findMany({
    where: { kind: "municipality", name: { in: names } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

function must<Value>(result: { ok: true; value: Value } | { ok: false; message: string }): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** A draft for a few places whose numbers are good. */
export async function draftFor(
  story: Story,
  by: Actor,
  placeIds: string[],
  options: { mode?: "live" | "exercise"; failure?: "full" | "partial"; textTo911?: "works" | "fails" } = {},
): Promise<{ incidentId: string; id: string; content: AlertContent }> {
  const { client } = story;
  const mode = options.mode ?? "live";
  const incident = must(
    await declareIncident(
      client,
      by,
      {
        mode,
        failure: options.failure ?? "full",
        textTo911: options.textTo911 ?? "fails",
        beganAt: new Date(Date.now() - 480_000).toISOString(),
        evidence: "Calls to twelve dispatch centers",
        placeIds,
        anotherIncident: true,
        ...(mode === "exercise" ? { confirmation: "EXERCISE" } : {}),
      },
      new Date(),
    ),
  );
  const alert = must(await prepareAlert(client, by, { incidentId: incident.id }, new Date()));
  const row = await client.alert.findUniqueOrThrow({ where: { id: alert.id } });
  return { incidentId: incident.id, id: alert.id, content: readContent(row.content) };
}

/** The draft of what follows a published alert. */
export async function followUp(
  story: Story,
  by: Actor,
  input: Parameters<typeof beginFollowUp>[2],
  now = new Date(),
): Promise<string> {
  return must(await beginFollowUp(story.client, by, input, now)).id;
}

/** Marks places of an incident, by the provider's word. */
export async function mark(
  story: Story,
  by: Actor,
  id: string,
  placeIds: string[],
  state: "out" | "partly" | "restored" | "removed",
) {
  const evidence = "The provider's engineer on the phone";
  const how = state === "restored" ? { how: "provider" as const } : {};
  return movePlaces(
    story.client,
    by,
    { id, placeIds, state, since: new Date().toISOString(), evidence, ...how },
    new Date(),
  );
}

export async function submit(story: Story, by: Actor, id: string): Promise<string> {
  const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
  return must(await submitAlert(story.client, by, { id, version: row.version }, new Date())).contentHash;
}

export async function save(story: Story, by: Actor, id: string, change: (content: AlertContent) => AlertContent) {
  const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const content = change(readContent(row.content));
  return saveAlert(story.client, by, { id, version: row.version, title: row.title, content }, new Date());
}

/** Places of a draft whose number nobody verified, so that someone must decide. */
export async function blockedPlaces(story: Story, id: string): Promise<string[]> {
  const loaded = await loadAlert(story.client, id);
  return loaded
    ? choosePlaces(loaded.facts, loaded.content, Date.now()).flatMap(({ place, selection }) =>
        selection.outcome === "blocked" ? [place.id] : [],
      )
    : [];
}

/** Everything an approver sends who ticked all that is asked for. */
export async function approval(story: Story, id: string): Promise<Decision> {
  const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
  return {
    id,
    decision: "approve",
    contentHash: row.contentHash ?? "0".repeat(64),
    confirmations: row.bundle ? requiredConfirmations(parseBundle(row.bundle)!) : [],
    password: DEMONSTRATION_PASSWORD,
    phrase: "EXERCISE",
  };
}

export async function approve(story: Story, by: Actor, id: string, now = new Date()) {
  return decideAlert(story.client, by, await approval(story, id), now);
}
