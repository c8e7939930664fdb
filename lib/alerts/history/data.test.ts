import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { saveAlert } from "../commands/save";
import { draftFor, openStory, placesNamed, type Story } from "../story-for-tests";
import { loadNames, loadSavedStates } from "./data";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

test("any two versions are there with the titles they had, and their ids have names", async () => {
  const dana = await story.actor("dana");
  const placeIds = await placesNamed(story.client, "Granby", "Amherst");
  const { id, content } = await draftFor(story, dana, placeIds);
  const { title } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const [granby] = await placesNamed(story.client, "Granby");
  const number = await story.client.directNumber.findFirstOrThrow({ where: { placeId: granby! } });
  const titles = [title, "911 down in two towns", "911 down in two towns", "911 outage, Granby and Amherst"];
  for (const [index, next] of titles.entries()) {
    if (index === 0) continue;
    const grouping = index === 2 ? ("all" as const) : content.grouping;
    const saved = await saveAlert(
      story.client,
      dana,
      { id, version: index, title: next, content: { ...content, grouping } },
      new Date(),
    );
    expect(saved).toMatchObject({ ok: true, value: { version: index + 1 } });
  }
  const row = await story.client.alert.findUniqueOrThrow({ where: { id } });
  const all = await loadSavedStates(story.client, row, { newest: 10 });
  expect(all.map((one) => [one.version, one.title])).toEqual(titles.map((one, index) => [index + 1, one]).reverse());
  const pair = await loadSavedStates(story.client, row, { versions: [3, 1] });
  expect(pair.map((one) => [one.version, one.title, one.content.grouping, one.by])).toEqual([
    [3, "911 down in two towns", "all", "Dana Whitcomb"],
    [1, title, content.grouping, "Dana Whitcomb"],
  ]);
  expect(await loadSavedStates(story.client, row, { versions: [2, 99] })).toHaveLength(1);
  const choice = { choice: "override" as const, numberId: number.id, reason: "Called by radio" };
  const names = await loadNames(story.client, [{ ...content, numbers: { [granby!]: choice } }]);
  expect([names.place(granby!), names.number(number.id)]).toEqual(["Granby", expect.stringMatching(/^413-555-\d{4}/)]);
});

test("a save that renames says so in the record", async () => {
  const dana = await story.actor("dana");
  const { id, content } = await draftFor(story, dana, await placesNamed(story.client, "Ware"));
  const { title } = await story.client.alert.findUniqueOrThrow({ where: { id } });
  await saveAlert(story.client, dana, { id, version: 1, title: "Ware", content }, new Date());
  const entry = await story.client.auditEvent.findFirstOrThrow({ where: { subjectId: id, action: "alert.saved" } });
  expect(entry.summary).toBe(`Changed “Ware”, version 2. Its title was “${title}”.`);
  expect(entry.data).toMatchObject({ version: 2, titleBefore: title });
});
