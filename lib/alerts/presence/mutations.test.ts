import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { draftFor, openStory, placesNamed, type Story } from "../story-for-tests";
import { HERE_MS, notePresence } from "./mutations";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

test("people see who else has an alert open, until those are gone; nobody sees it of an alert that is not theirs", async () => {
  const [dana, ruth, karen] = [await story.actor("dana"), await story.actor("ruth"), await story.actor("karen")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
  const begin = Date.now();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  const note = (who: typeof dana, tabId: string, after = 0) =>
    notePresence(story.client, who, { alertId: id, tabId }, new Date(begin + after));
  expect(await note(dana, first)).toEqual([]);
  expect(await note(ruth, second)).toEqual([{ name: "Dana Whitcomb", self: false }]);
  expect(await note(dana, third)).toEqual(
    expect.arrayContaining([
      { name: "Dana Whitcomb", self: true },
      { name: "Ruth Adeyemi", self: false },
    ]),
  );
  expect(await note(karen, randomUUID())).toBeNull();
  // Twice at once is once, and a tab of someone else is not taken over.
  await Promise.all([note(dana, first, 10), note(dana, first, 10)]);
  await note(ruth, first, HERE_MS / 2);
  expect(await story.client.alertPresence.count({ where: { alertId: id } })).toBe(3);
  // Who does not come back is gone, and after an hour no row is left of it.
  expect(await note(ruth, second, HERE_MS + 20)).toEqual([]);
  expect(await note(ruth, second, 2 * 3_600_000)).toEqual([]);
  expect(await story.client.alertPresence.count({ where: { alertId: id } })).toBe(1);
});
