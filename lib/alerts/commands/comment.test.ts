import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { commentOn } from "./comment";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

test("author and approver talk about a text until it goes out; nobody else does, and no approver becomes an author", async () => {
  const [dana, luis, karen] = [await story.actor("dana"), await story.actor("luis"), await story.actor("karen")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  const say = (by: typeof dana, about: string, text: string) =>
    commentOn(story.client, by, { id, about, text }, new Date());
  expect(await say(dana, "place.short.en-US", "Is it too short?")).toMatchObject({ ok: true });
  await submit(story, dana, id);
  expect(await say(luis, "place.short.en-US", "It is good")).toMatchObject({ ok: true });
  expect(await say(karen, "all", "Not mine")).toMatchObject({ ok: false, code: "not-found" });
  expect(await say(luis, "place.short.fr-CA", "No such language")).toMatchObject({ ok: false, code: "gone" });
  const comments = await story.client.alertComment.findMany({ where: { alertId: id }, orderBy: { at: "asc" } });
  expect(comments.map(({ by, text }) => [by, text])).toEqual([
    ["Dana Whitcomb", "Is it too short?"],
    ["Luis Ferreira", "It is good"],
  ]);
  expect(await approve(story, luis, id)).toMatchObject({ ok: true });
  expect(await say(luis, "all", "Too late")).toMatchObject({ ok: false, code: "wrong-state" });
  expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
});
