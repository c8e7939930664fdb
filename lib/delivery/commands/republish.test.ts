import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { Actor } from "../../access/actor";
import { approve, draftFor, followUp, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { isNightly } from "../../platform/nightly-for-tests";
import { MOST_TRIES } from "../../alerts/outbox/mutations";
import { addChannel } from "../channel-for-tests";
import { republish } from "./republish";

/** What is published again by hand, and what is not: each refusal with its sentence, and nothing changed by it. */

let story: Story;
let dana: Actor;
let luis: Actor;
let channelId: string;
let made = 0;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
});
afterAll(async () => story.client.$disconnect());
beforeEach(async () => {
  await story.client.channel.updateMany({ where: { id: { not: "public-site" } }, data: { retiredAt: new Date() } });
});

async function publish(kind: "webhook" | "email") {
  const id = `again-${(made += 1)}`;
  channelId = await addChannel(story.client, {
    id,
    kind,
    name: id,
    state: "live",
    whole: kind === "email",
    settings: kind === "email" ? { to: ["news@example.org"] } : { url: "http://127.0.0.1:9/", allowed: [] },
  });
  const { id: alertId, incidentId } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, alertId);
  await approve(story, luis, alertId);
  return { alertId, incidentId };
}

const deliveries = (alertId: string) =>
  story.client.delivery.findMany({ where: { alertId, channelId }, orderBy: { key: "asc" } });
const jobsOf = async (ids: readonly string[]) =>
  story.client.$queryRaw<{ id: string; key: string | null; most: number }[]>`
    select j.payload->>'id' as id, j.key, j.max_attempts as most from graphile_worker._private_jobs j
    where j.payload->>'id' = any(${[...ids]})`;
/** Ends every delivery of an alert to the channel without success, as after its last try. */
async function giveUp(alertId: string, state = "failed") {
  await story.client.delivery.updateMany({
    where: { alertId, channelId },
    data: { state, attempts: MOST_TRIES, problem: "Not taken: 500", doneAt: new Date() },
  });
  await loseJobs(alertId);
}
async function loseJobs(alertId: string) {
  const ids = (await deliveries(alertId)).map(({ id }) => id);
  const keyed = await jobsOf(ids);
  await story.client.$queryRaw`
    select count(*) as gone from graphile_worker.complete_jobs(array(
      select j.id from graphile_worker._private_jobs j where j.payload->>'id' = any(${ids})))`;
  expect(keyed.length).toBeGreaterThan(0);
  expect(await jobsOf(ids)).toEqual([]);
}

interface Case {
  name: string;
  kind?: "webhook" | "email";
  /** What happens after publication; the webhook and the list were in no job's hands. */
  before: (given: { alertId: string; incidentId: string }) => Promise<void>;
  by?: string;
  at?: (alertId: string) => Promise<Date>;
  /** The sentence of a refusal; null where it is published again. */
  refused: RegExp | null;
}
const endOf = async (alertId: string) =>
  (await story.client.alert.findUniqueOrThrow({ where: { id: alertId } })).expiresAt!;
async function follow(incidentId: string, purpose: "update" | "cancellation") {
  const later = await followUp(story, dana, { incidentId, purpose });
  await submit(story, dana, later);
  await approve(story, luis, later);
}

const CASES: Case[] = [
  { name: "what failed", before: ({ alertId }) => giveUp(alertId), refused: null },
  { name: "what was dropped", before: ({ alertId }) => giveUp(alertId, "dropped"), refused: null },
  { name: "an email that failed", kind: "email", before: ({ alertId }) => giveUp(alertId), refused: null },
  {
    name: "what was handed over and is tried by no job any more",
    before: ({ alertId }) => giveUp(alertId, "handed-over"),
    refused: null,
  },
  { name: "what waits for its first try", before: async () => undefined, refused: /still under way/ },
  {
    name: "what failed, while others of the alert are under way",
    before: async ({ alertId }) => {
      const [first] = await deliveries(alertId);
      await story.client.delivery.update({ where: { id: first!.id }, data: { state: "failed" } });
    },
    refused: /still under way/,
  },
  {
    name: "what was taken",
    before: async ({ alertId }) => {
      await story.client.delivery.updateMany({ where: { alertId, channelId }, data: { state: "accepted" } });
    },
    refused: /Everything was taken/,
  },
  {
    name: "what ended",
    before: ({ alertId }) => giveUp(alertId),
    at: endOf,
    refused: /no longer in force/,
  },
  ...(["webhook", "email"] as const).flatMap((kind) =>
    // By day each of both once.
    (isNightly
      ? (["update", "cancellation"] as const)
      : ([kind === "webhook" ? "update" : "cancellation"] as const)
    ).map((purpose): Case => ({
      name: `what an ${purpose} replaced, to a ${kind}`.replace("an c", "a c"),
      kind,
      before: async ({ alertId, incidentId }) => {
        await giveUp(alertId);
        await follow(incidentId, purpose);
      },
      refused: purpose === "update" ? /was replaced since/ : /no longer in force/,
    })),
  ),
  {
    name: "an alert of another agency",
    before: ({ alertId }) => giveUp(alertId),
    by: "karen",
    refused: /no such alert or channel/,
  },
  {
    name: "to a channel that was taken away",
    before: async ({ alertId }) => {
      await giveUp(alertId);
      await story.client.channel.update({ where: { id: channelId }, data: { retiredAt: new Date() } });
    },
    refused: /no such alert or channel/,
  },
];

test.each(CASES.map((one) => [one.name, one] as const))("%s", async (_, { kind, before, by, at, refused }) => {
  const given = await publish(kind ?? "webhook");
  const { alertId } = given;
  await before(given);
  await story.client.channel.update({
    where: { id: channelId },
    data: { failures: 7, pausedUntil: new Date(Date.now() + 300_000) },
  });
  const was = await deliveries(alertId);
  const entries = () =>
    story.client.auditEvent.findMany({ where: { action: "alert.republished", subjectId: alertId } });
  const actor = by === undefined ? luis : await story.actor(by);
  const result = await republish(story.client, actor, { channelId, alertId }, (await at?.(alertId)) ?? new Date());
  const channel = await story.client.channel.findUniqueOrThrow({ where: { id: channelId } });
  const now = await deliveries(alertId);
  if (refused) {
    expect(result).toMatchObject({ ok: false, message: expect.stringMatching(refused) as string });
    expect(now).toEqual(was);
    expect(channel.failures).toBe(7);
    expect(await entries()).toEqual([]);
    return;
  }
  expect(result).toEqual({ ok: true, value: { count: was.length } });
  // The same rows under the same keys, with all their tries before them.
  expect(now.map(({ id, key }) => [id, key])).toEqual(was.map(({ id, key }) => [id, key]));
  for (const one of now) expect(one).toMatchObject({ state: "stored", attempts: 0, problem: null, doneAt: null });
  expect(channel).toMatchObject({ failures: 0, pausedUntil: null });
  const jobs = await jobsOf(now.map(({ id }) => id));
  expect(jobs).toHaveLength(now.length);
  for (const { id, key, most } of jobs) expect({ key, most }).toEqual({ key: `deliver ${id}`, most: MOST_TRIES });
  const [entry, ...more] = await entries();
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    summary: expect.stringContaining(
      `again to “${channel.name}”: ${was.length === 1 ? "1 delivery" : `${was.length} deliveries`}.`,
    ) as string,
    data: { channelId, count: was.length },
  });
  // Asked twice, it is under way.
  expect(await republish(story.client, actor, { channelId, alertId }, new Date())).toMatchObject({
    ok: false,
    message: expect.stringContaining("still under way") as string,
  });
});
