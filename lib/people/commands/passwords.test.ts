import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openStory, type Story } from "../../alerts/story-for-tests";
import { DEMONSTRATION_PASSWORD } from "../../../prisma/seed/demonstration";
import { mintForJob } from "../../access/mint";
import { checkPassword } from "../passwords";
import { changePassword } from "./passwords";

let story: Story;
beforeAll(async () => {
  story = await openStory(inject("databases"));
});
afterAll(() => story.client.$disconnect());

const GOOD = "copper lantern uphill 42 sparrow";
const hashOf = async (id: string) => (await story.client.person.findUniqueOrThrow({ where: { id } })).passwordHash;

describe("changing one's own password", () => {
  test("asks for the old one, keeps this session and ends the others", async () => {
    const [here, there] = [await story.actor("karen"), await story.actor("karen")];
    const wrong = await changePassword(story.client, here, { current: "not this", password: GOOD }, new Date());
    expect(wrong).toMatchObject({ ok: false, fields: { current: "The password is not right." } });
    expect(await checkPassword(await hashOf("demo-karen"), DEMONSTRATION_PASSWORD)).toBe(true);
    const input = { current: DEMONSTRATION_PASSWORD, password: GOOD };
    expect(await changePassword(story.client, here, input, new Date())).toMatchObject({ ok: true });
    expect(await checkPassword(await hashOf("demo-karen"), GOOD)).toBe(true);
    expect(await mintForJob(story.client, here.sessionKey)).not.toBeNull();
    expect(await mintForJob(story.client, there.sessionKey)).toBeNull();
  });

  test.each(["aaaaaaaaaaaa", "gil@callbox.example", DEMONSTRATION_PASSWORD])(
    "refuses %s and changes nothing",
    async (password) => {
      const gil = await story.actor("gil");
      const before = await hashOf("demo-gil");
      const result = await changePassword(story.client, gil, { current: DEMONSTRATION_PASSWORD, password }, new Date());
      expect(result).toMatchObject({ ok: false });
      expect(result.ok || Object.keys(result.fields ?? {})).toEqual(["password"]);
      expect(await hashOf("demo-gil")).toBe(before);
    },
  );
});
