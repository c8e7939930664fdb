import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { copyDatabase } from "./test-database";

test("healthy only while the database answers and every migration is applied", async () => {
  const { ownerUrl, appUrl } = await copyDatabase(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: appUrl,
    NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
    NEXTAUTH_URL: "http://localhost:3000",
  });
  const { checkHealth } = await import("./health");
  const { db } = await import("./db");
  expect(await checkHealth()).toEqual({ ok: true, database: "answers", migrations: "current" });
  const owner = new Client(ownerUrl);
  await owner.connect();
  await owner.query(`update "_prisma_migrations" set rolled_back_at = now() where migration_name like '%first_story'`);
  expect(await checkHealth()).toEqual({ ok: false, database: "answers", migrations: "missing" });
  await owner.query(`drop table "_prisma_migrations"`);
  expect(await checkHealth()).toMatchObject({ ok: false });
  await owner.end();
  await db().$disconnect();
});
