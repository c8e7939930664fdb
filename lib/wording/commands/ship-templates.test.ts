import { expect, inject, test } from "vitest";
import { connect } from "../../platform/db";
import { restoreFixture } from "../../platform/test-database";
import { shipTemplates } from "./ship-templates";

test("a database of the first version gets the newer templates from the owner of its tables, and from nobody else", async () => {
  const { ownerUrl, appUrl } = await restoreFixture(inject("databases"), "e90ba44");
  const [owner, console] = [connect(ownerUrl, { connections: 1 }), connect(appUrl, { connections: 1 })];
  await expect(shipTemplates(console, new Date())).rejects.toThrow(/comes from an approved draft/);
  expect(await shipTemplates(owner, new Date())).toBeGreaterThan(2);
  expect(await shipTemplates(owner, new Date())).toBe(0);
  const newest = await owner.template.findFirstOrThrow({ where: { key: "outage" }, orderBy: { version: "desc" } });
  expect(newest).toMatchObject({ draftId: null, approvedBy: "shipped with Callbox" });
  expect(newest.version).toBeGreaterThan(1);
  for (const client of [owner, console]) await client.$disconnect();
});
