import os from "node:os";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connect, type PrismaClient } from "../../platform/db";
import { copyDatabase } from "../../platform/test-database";
import { tryBackupWhenDue } from "./try-backup";

let client: PrismaClient;
beforeAll(async () => {
  client = connect((await copyDatabase(inject("databases"))).appUrl);
});
afterAll(() => client.$disconnect());

const night = (day: number) => new Date(`2026-11-${day}T07:20:00Z`);
const after = (day: number) => new Date(`2026-11-${day}T07:24:00Z`);
const made = (day: number, machine = os.hostname()) =>
  client.backupRun.create({
    data: { startedAt: night(day), endedAt: after(day), state: "made", name: `night-${day}`, machine, bytes: 1 },
  });
const tried: string[] = [];
const look = (day: number, { says, drillDays = 2 }: { says?: string; drillDays?: number } = {}) =>
  tryBackupWhenDue(
    client,
    { folder: "/backups", drillDays },
    (folder) => {
      tried.push(folder);
      return says === undefined ? Promise.resolve() : Promise.reject(new Error(says));
    },
    after(day),
  );
const rows = async () =>
  (await client.backupRun.findMany({ where: { drilledAt: { not: null } }, orderBy: { drilledAt: "asc" } })).map(
    ({ name, drillProblem, drillSeconds }) => [name, drillProblem, typeof drillSeconds],
  );

test("the newest backup is tried when none was proven for so many nights; one that failed is not tried twice, the next is", async () => {
  expect(await look(10)).toBe("not due");
  await made(10);
  expect(await look(10, { drillDays: 0 })).toBe("not due");
  expect(await look(10)).toBe("works");
  await made(11);
  expect(await look(11)).toBe("not due");
  await made(12);
  expect(await look(12, { says: "Verify the record: Entry 7 is missing." })).toBe("failed");
  expect(await look(12)).toBe("not due");
  await made(13, "another machine");
  expect(await look(13)).toBe("not due");
  await made(14);
  expect(await look(14)).toBe("works");
  expect(tried).toEqual(["/backups/night-10", "/backups/night-12", "/backups/night-14"]);
  expect(await rows()).toEqual([
    ["night-10", null, "number"],
    ["night-12", "Verify the record: Entry 7 is missing.", "number"],
    ["night-14", null, "number"],
  ]);
});

test("a worker that ends during a drill leaves it as failed, and does not begin it again", async () => {
  await made(20);
  let begun: () => void = () => undefined;
  const under = new Promise<void>((resolve) => (begun = resolve));
  void tryBackupWhenDue(
    client,
    { folder: "/backups", drillDays: 1 },
    () => {
      begun();
      return new Promise(() => undefined);
    },
    after(20),
  );
  await under;
  expect((await rows()).at(-1)).toEqual(["night-20", "The worker ended while it tried it.", "object"]);
  expect(await look(20, { drillDays: 1 })).toBe("not due");
});
