import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { findClockTrouble } from "./clock";
import { connect, type PrismaClient } from "./db";
import { copyDatabase } from "./test-database";

let client: PrismaClient;
beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl, { connections: 1 });
});
afterAll(() => client.$disconnect());

test.each([
  [0, null],
  [-50, null],
  [50, null],
  [-70, /1 minute behind the database’s clock.*Nothing was published/],
  [3 * 3600, /3 hours ahead of the database’s clock/],
  [-30 * 86_400, /30 days behind/],
])("a clock that is %d seconds off", async (seconds, said) => {
  const trouble = await findClockTrouble(client, new Date(Date.now() + seconds * 1000));
  if (said === null) expect(trouble).toBeNull();
  else expect(trouble).toMatch(said);
});
