import os from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { addChannel } from "./channel-for-tests";

/** What is said of channels: to whoever looks after them, and to whoever reads an alert. */

let story: Story;
let data: typeof import("./data");
let alertId: string;
const HOOK = "hook";

beforeAll(async () => {
  story = await openStory(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: "a secret of thirty-two characters",
    NEXTAUTH_URL: "http://localhost:3000",
    CALLBOX_DATA: os.tmpdir(),
  });
  data = await import("./data");
  await addChannel(story.client, { id: HOOK, kind: "webhook", name: HOOK, state: "live", settings: {} });
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  ({ id: alertId } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst")));
  await submit(story, dana, alertId);
  await approve(story, luis, alertId);
});
afterAll(async () => {
  const { db } = await import("../platform/db");
  await db().$disconnect();
  await story.client.$disconnect();
});

/** Ends what went to the channel, by the place of its message; the others were accepted. */
async function end(ends: Record<string, { state: string; problem: string | null }>) {
  const rows = await story.client.delivery.findMany({
    where: { channelId: HOOK },
    include: { message: { select: { place: { select: { name: true } } } } },
  });
  for (const { id, message } of rows) {
    const name = message!.place.name;
    await story.client.delivery.update({
      where: { id },
      data: { doneAt: new Date(), ...(ends[name] ?? { state: "accepted", problem: null }) },
    });
  }
}
beforeEach(() => end({}));

describe("the alarm about a channel", () => {
  const failing = async (now: Date) =>
    (await data.listFailingChannels(await story.actor("sam"), now)).map(({ id }) => id);

  test("of what was given up ends after a day, while the channel goes on showing it", async () => {
    await end({ Granby: { state: "failed", problem: "Refused: 404" } });
    const now = Date.now();
    expect(await failing(new Date(now))).toContain(HOOK);
    expect(await failing(new Date(now + 86_300_000))).toContain(HOOK);
    expect(await failing(new Date(now + 86_500_000))).not.toContain(HOOK);
    const channels = await data.listChannels(await story.actor("sam"), new Date(now + 86_500_000));
    expect(channels.find(({ id }) => id === HOOK)).toMatchObject({ failed: 1 });
  });

  test("of failures in a row goes on until one succeeds", async () => {
    await story.client.channel.update({ where: { id: HOOK }, data: { failures: 3 } });
    expect(await failing(new Date(Date.now() + 86_500_000))).toContain(HOOK);
    await story.client.channel.update({ where: { id: HOOK }, data: { failures: 0 } });
    expect(await failing(new Date())).not.toContain(HOOK);
  });
});

describe("what became of an alert", () => {
  const outcomeFor = async (key: string) =>
    (await data.listOutcomes(await story.actor(key), alertId)).find(({ channelId }) => channelId === HOOK);

  test("says of which places something was given up or not sent, and why, the same reason once", async () => {
    const gone = { state: "failed", problem: "Refused: 404" };
    await end({ Granby: gone, Amherst: gone });
    expect((await outcomeFor("dana"))?.undone).toEqual([
      { state: "failed", label: "failed", reason: "Refused: 404", places: ["Amherst", "Granby"], count: 2 },
    ]);
    await end({ Granby: gone, Amherst: { state: "dropped", problem: "The channel was turned off." } });
    expect(await outcomeFor("dana")).toMatchObject({
      problem: null,
      over: true,
      undone: [
        { state: "failed", reason: "Refused: 404", places: ["Granby"], count: 1 },
        { state: "dropped", label: "not sent", reason: "The channel was turned off.", places: ["Amherst"], count: 1 },
      ],
    });
  });

  test("says what holds up what is still tried, apart from what was given up", async () => {
    await end({
      Granby: { state: "stored", problem: "Not taken: 503" },
      Amherst: { state: "failed", problem: "Refused: 404" },
    });
    expect(await outcomeFor("dana")).toMatchObject({
      problem: "Not taken: 503",
      undone: [{ reason: "Refused: 404", places: ["Amherst"] }],
    });
  });

  test("is told to nobody who may not read the alert", async () => {
    await end({ Granby: { state: "failed", problem: "Refused: 404" } });
    expect(await outcomeFor("karen")).toBeUndefined();
  });
});
