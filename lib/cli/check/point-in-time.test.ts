import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftFor, placesNamed, type Story, toStory } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect } from "../../platform/db";
import { freePort } from "../../platform/embedded-postgres";
import { isNightly } from "../../platform/nightly-for-tests";
import { applyMigrations } from "../../platform/migrations";
import { seedDemonstration } from "../../../prisma/seed";
import { ArchivedDatabase, hasPostgres } from "./point-in-time";

test("the shipped files archive nothing half, and lead back to one moment", () => {
  const archive = fs.readFileSync("docs/point-in-time/archive.conf", "utf8");
  expect(archive).toMatch(
    /^archive_command = 'test ! -f (\S+)\/%f && cp %p \1\/%f\.new && sync \1\/%f\.new && mv \1\/%f\.new \1\/%f'$/m,
  );
  const recover = fs.readFileSync("docs/point-in-time/recover.conf", "utf8");
  for (const line of [/^recovery_target_time = '/m, /^recovery_target_action = promote$/m, /^archive_mode = off$/m])
    expect(recover).toMatch(line);
});

describe.runIf(isNightly)("back to a moment, with a PostgreSQL of Debian", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-moment-"));
  let servers: ArchivedDatabase;
  beforeAll(() => {
    fs.chmodSync(folder, 0o755);
    servers = new ArchivedDatabase(folder);
  });
  afterAll(() => {
    servers.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("what was right is back, what went wrong later is not, and the record says which is which", async () => {
    expect(hasPostgres()).toBe(true);
    const port = await freePort();
    const admin = new Client(`${servers.begin(port)}/postgres`);
    await admin.connect();
    await admin.query("create database callbox");
    const url = `postgresql://postgres@127.0.0.1:${port}/callbox`;
    await applyMigrations(url, "prisma");
    const client = connect(url);
    await seedDemonstration(client, new Date());
    servers.copy(port);

    // After the copy: only the archive has it.
    const story: Story = toStory(client, { ownerUrl: url, appUrl: url });
    await draftFor(story, await story.actor("dana"), await placesNamed(client, "Granby"));
    const right = await verifyRecord(client, new Date());
    expect(right.problems).toEqual([]);
    const { rows } = await admin.query<{ at: Date }>("select clock_timestamp() as at");
    await pause(1500);

    // Then it goes wrong: more is written, and someone drops everything.
    await draftFor(story, await story.actor("dana"), await placesNamed(client, "Amherst"));
    const later = await verifyRecord(client, new Date());
    await client.$disconnect();
    const owner = new Client(url);
    await owner.connect();
    await owner.query("drop schema public cascade");
    await owner.end();
    const { rows: last } = await admin.query<{ name: string }>("select pg_walfile_name(pg_switch_wal()) as name");
    for (let left = 200; !fs.existsSync(path.join(servers.archive, last[0]?.name ?? "")); left -= 1) {
      if (left === 0) throw new Error("Nothing was archived.");
      await pause(100);
    }
    await admin.end();
    servers.kill("primary");

    // A millisecond of the clock may hold the last commit, so a second is left between.
    const again = await freePort();
    const moment = new Date((rows[0]?.at.getTime() ?? 0) + 500);
    const recovered = connect(`${servers.recover(again, moment)}/callbox`);
    const [seq, hash] = right.head.split(":");
    const found = await verifyRecord(recovered, new Date(), { expect: { seq: Number(seq), hash: hash ?? "" } });
    expect([found.problems, found.head]).toEqual([[], right.head]);
    const [laterSeq, laterHash] = later.head.split(":");
    const lost = await verifyRecord(recovered, new Date(), {
      expect: { seq: Number(laterSeq), hash: laterHash ?? "" },
    });
    expect(lost.ok).toBe(false);
    expect(await recovered.incident.count()).toBe(1);
    // It takes changes again.
    await recovered.heartbeat.upsert({
      where: { id: 1 },
      create: { id: 1, at: new Date() },
      update: { at: new Date() },
    });
    await recovered.$disconnect();
  });
});
