import { beforeAll, expect, inject, test } from "vitest";
import { isNightly } from "../../platform/nightly-for-tests";
import { copyDatabase, type TestDatabase } from "../../platform/test-database";
import { runCallbox } from "../callbox-for-tests";

let database: TestDatabase;
beforeAll(async () => {
  database = await copyDatabase(inject("databases"));
});

const env = { NEXTAUTH_URL: "https://callbox.example.gov" };

test("a link is printed for whoever is named", async () => {
  const made = await runCallbox(["renew-link", "--json", "sam@callbox.example"], { database, env });
  expect([made.code, JSON.parse(made.out)]).toEqual([
    0,
    {
      email: "sam@callbox.example",
      link: expect.stringMatching(/^https:\/\/callbox\.example\.gov\/welcome\/[\w-]{43}$/),
    },
  ]);
});

test.runIf(isNightly)("nobody else’s is, and wrong usage is said", async () => {
  const unknown = await runCallbox(["renew-link", "nobody@callbox.example"], { database, env });
  expect([unknown.code, unknown.out, unknown.said]).toEqual([1, "", expect.stringContaining("Nobody here has")]);
  expect((await runCallbox(["renew-link"], { database, env })).code).toBe(2);
});
