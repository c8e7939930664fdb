import { expect, inject, test } from "vitest";
import { connect } from "./db";
import { copyDatabase } from "./test-database";

test("what is asked at once in a transaction does not meet on its connection, and fails as it did", async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on("warning", listen);
  const { appUrl } = await copyDatabase(inject("databases"));
  const client = connect(appUrl);
  const people = await client.$transaction((transaction) =>
    transaction.person.findMany({
      include: { memberships: { include: { agency: true } }, homeAgency: true, sessions: true, setupLinks: true },
    }),
  );
  expect(people.length).toBeGreaterThan(1);
  expect(people.every(({ homeAgency }) => homeAgency.id !== "")).toBe(true);
  const broken = client.$transaction((transaction) =>
    Promise.all([transaction.$queryRaw`select 1 / 0 as none`, transaction.$queryRaw`select 1 as one`]),
  );
  await expect(broken).rejects.toThrow(/division by zero/);
  expect(await client.person.count()).toBe(people.length);
  process.off("warning", listen);
  await client.$disconnect();
  expect(warnings).toEqual([]);
});
