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
  const { checkHealth, checkReady } = await import("./health");
  const { db } = await import("./db");
  let moment = 0;
  const ask = () => checkHealth((moment += 60_000));
  expect(await ask()).toEqual({ ok: true, database: "answers", migrations: "current", disk: "unknown" });
  const owner = new Client(ownerUrl);
  await owner.connect();
  const worker = async (age: string) => {
    await owner.query(
      `insert into "Heartbeat" values (2, now() - interval '${age}') on conflict (id) do update set at = excluded.at`,
    );
    return checkReady((moment += 60_000));
  };
  expect(await checkReady((moment += 60_000))).toMatchObject({ ok: false, worker: "silent" });
  expect(await worker("1 minute")).toEqual({ ok: true, database: "answers", migrations: "current", worker: "alive" });
  expect(await worker("4 minutes")).toMatchObject({ ok: false, database: "answers", worker: "silent" });
  await owner.query(`update "_prisma_migrations" set rolled_back_at = now() where migration_name like '%first_story'`);
  expect(await ask()).toMatchObject({ ok: false, database: "answers", migrations: "missing" });
  expect(await worker("1 minute")).toMatchObject({ ok: false, migrations: "missing", worker: "alive" });
  // What a full disk or a standby does: reading goes on, writing does not.
  await owner.query(`update "_prisma_migrations" set rolled_back_at = null`);
  await owner.query(
    `alter role callbox_app in database "${new URL(ownerUrl).pathname.slice(1)}" set default_transaction_read_only = on`,
  );
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'callbox_app' and datname = current_database()`,
  );
  // The first question may still go to a connection that was just ended.
  let answer = await ask();
  for (let again = 0; again < 20 && answer.database === "does not answer"; again += 1) answer = await ask();
  expect(answer).toMatchObject({ ok: false, database: "cannot write" });
  await owner.query(`drop table "_prisma_migrations"`);
  expect(await ask()).toMatchObject({ ok: false, database: "does not answer" });
  await owner.end();
  await db().$disconnect();
});
