import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { closeStory, openStory, readStory, type Story } from "../alerts/story-for-tests";
import { listPeople } from "./data";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  readStory(story);
});
afterAll(() => closeStory(story));

test("the page of people asks the database as often for many agencies as for one, and names who may approve in each", async () => {
  let sam = await story.actor("sam");
  const asked = vi.spyOn(Client.prototype, "query");
  const count = async () => {
    asked.mockClear();
    const { agencies } = await listPeople(sam);
    // Not those of a connection about itself.
    const questions = asked.mock.calls.filter(([given]) => JSON.stringify(given).includes("public"));
    return { agencies, questions: questions.length };
  };
  const before = await count();
  expect(before.questions).toBeGreaterThan(3);
  const names = Object.fromEntries(
    before.agencies.map(({ id, approvers }) => [id, approvers.map(({ id: personId }) => personId)]),
  );
  // By a role in it, and by one in the agency above it.
  expect(names["state-911"]).toContain("demo-luis");
  expect(names.granby).toContain("demo-luis");
  for (const number of [1, 2, 3])
    await story.client.agency.create({
      data: {
        id: `more-${number}`,
        name: `Another agency ${number}`,
        shortName: `Other ${number} MA`,
        code: `OTHER${number}`,
        sender: `other${number}@callbox.example`,
        parentId: "state-911",
        jurisdictionId: "2501526535",
      },
    });
  sam = await story.actor("sam");
  const after = await count();
  expect(after.agencies.length).toBe(before.agencies.length + 3);
  expect(after.questions).toBe(before.questions);
  asked.mockRestore();
});
