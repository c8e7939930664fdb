import { expect, inject, test } from "vitest";
import { findClockTrouble } from "./clock";
import { connect } from "./db";

test.each([
  [0, null],
  [-50, null],
  [50, null],
  [-70, /1 minute behind the database’s clock.*Nothing was published/],
  [3 * 3600, /3 hours ahead of the database’s clock/],
  [-30 * 86_400, /30 days behind/],
])("a clock that is %d seconds off", async (seconds, said) => {
  const client = connect(inject("databases").app, { connections: 1 });
  const trouble = await findClockTrouble(client, new Date(Date.now() + seconds * 1000));
  await client.$disconnect();
  if (said === null) expect(trouble).toBeNull();
  else expect(trouble).toMatch(said);
});
