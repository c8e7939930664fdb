import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  approve,
  draftFor,
  followUp,
  openStory,
  placesNamed,
  type Story,
  submit,
} from "../../../alerts/story-for-tests";
import { readBundle } from "../../../alerts/bundle";
import { reportStatus } from "../../../directory/commands/report-status";
import { connect } from "../../../platform/db";
import { loadSiteFacts } from "./data";

/** What the public pages are made from, out of a real database. */

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

test("a number that was called wrong is given out no more, at once, and stands again once it is back", async () => {
  const { client } = story;
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const [amherst = ""] = await placesNamed(client, "Amherst");
  const { incidentId, ...draft } = await draftFor(story, dana, [amherst]);
  await submit(story, dana, draft.id);
  expect(await approve(story, luis, draft.id)).toMatchObject({ ok: true });
  const saidTo = async () => {
    const facts = await loadSiteFacts(client, "https://911.example.gov", new Date());
    const [said] = facts.places.find(({ id }) => id === amherst)!.said;
    return { numbers: said!.numbers.map(({ e164 }) => e164), wrong: said!.wrong.map(({ e164 }) => e164) };
  };
  const { bundle } = await client.alert.findUniqueOrThrow({ where: { id: draft.id } });
  const { id, e164 } = readBundle(bundle!).messages.flatMap(({ numbers }) => numbers)[0]!;
  expect(await saidTo()).toEqual({ numbers: [e164], wrong: [] });

  // The console adds work and may not read it.
  const owner = connect(story.ownerUrl);
  const jobs = () => owner.$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where task_identifier = 'write-site' and key = ${`write-site ${id}`}`;
  expect(await jobs()).toEqual([]);
  await followUp(story, dana, { incidentId, purpose: "correction", numberId: id });
  expect(await saidTo()).toEqual({ numbers: [], wrong: [e164] });
  expect(await jobs()).toHaveLength(1);
  await owner.$disconnect();

  expect(await reportStatus(client, dana, { id, status: "in-service" }, new Date())).toMatchObject({ ok: true });
  expect(await saidTo()).toEqual({ numbers: [e164], wrong: [] });
});
