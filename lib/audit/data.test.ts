import { spawn } from "node:child_process";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../alerts/story-for-tests";
import { connect, inTransaction } from "../platform/db";
import { copyDatabase } from "../platform/test-database";
import { verifyRecord } from "./data";
import { appendAudit } from "./mutations";

let story: Story;
let owner: Client;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  owner = new Client(story.ownerUrl);
  await owner.connect();
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, id);
  await approve(story, luis, id);
});
afterAll(async () => {
  await owner.end();
  await story.client.$disconnect();
});

/** Does what only the owner of the database could, looks at what the verifier says, and puts it back. */
async function tampered(table: string, change: string, values: unknown[], undo: string, undoValues: unknown[]) {
  const free = async (sql: string, given: unknown[]) => {
    await owner.query(`alter table "${table}" disable trigger user`);
    await owner.query(sql, given);
    await owner.query(`alter table "${table}" enable trigger user`);
  };
  await free(change, values);
  const found = await verifyRecord(story.client, new Date());
  await free(undo, undoValues);
  return found;
}

describe("verifying the record", () => {
  test("an untouched one is unbroken", async () => {
    const found = await verifyRecord(story.client, new Date());
    expect(found).toMatchObject({ ok: true, problems: [], publications: 3, break: null });
  });

  test.each(["summary", "actor", "action", "subjectId"])("an entry whose %s was altered is named", async (column) => {
    const { rows } = await owner.query<{ value: string }>(
      `select "${column}" as value from "AuditEvent" where seq = 3`,
    );
    const found = await tampered(
      "AuditEvent",
      `update "AuditEvent" set "${column}" = 'x' where seq = 3`,
      [],
      `update "AuditEvent" set "${column}" = $1 where seq = 3`,
      [rows[0]!.value],
    );
    expect(found.ok).toBe(false);
    expect(found.break?.seq).toBe(3);
    expect(found.problems[0]).toContain("Entry 3 was altered");
  });

  test("a deleted entry is named", async () => {
    const { rows } = await owner.query(`select * from "AuditEvent" where seq = 2`);
    const row = rows[0] as Record<string, unknown>;
    const columns = Object.keys(row);
    const found = await tampered(
      "AuditEvent",
      `delete from "AuditEvent" where seq = 2`,
      [],
      `insert into "AuditEvent" (${columns.map((name) => `"${name}"`).join()}) values (${columns.map((_, index) => `$${index + 1}`).join()})`,
      columns.map((name) => row[name]),
    );
    expect(found.break).toMatchObject({ seq: 2, problem: "Entry 2 is missing; entry 3 follows entry 1." });
  });

  test("a bit flipped in any published document is named, even with its fingerprint made to fit", async () => {
    const { rows } = await owner.query<{ id: string; identifier: string; xml: Buffer; sha256: string }>(
      `select id, identifier, xml, sha256 from "Message" where xml is not null order by identifier`,
    );
    for (const row of rows) {
      const bit = (row.xml.length * 5) % (row.xml.length * 8);
      const flipped = Buffer.from(row.xml);
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
      const found = await tampered(
        "Message",
        `update "Message" set xml = $1, sha256 = encode(sha256($1), 'hex') where id = $2`,
        [flipped, row.id],
        `update "Message" set xml = $1, sha256 = $2 where id = $3`,
        [row.xml, row.sha256, row.id],
      );
      expect(found.ok).toBe(false);
      expect(found.problems.some((problem) => problem.startsWith(row.identifier))).toBe(true);
    }
    expect((await verifyRecord(story.client, new Date())).ok).toBe(true);
  });

  test("a publication whose row was altered is named", async () => {
    const { rows } = await owner.query<{ id: string; sha256: string }>(`select id, sha256 from "Publication" limit 1`);
    const { id, sha256 } = rows[0]!;
    const set = `update "Publication" set sha256 = $1 where id = $2`;
    const found = await tampered("Publication", set, ["a".repeat(64), id], set, [sha256, id]);
    expect(found.problems[0]).toMatch(/published as aaaaaaaa/);
  });
});

test("two processes append at once: no fork, no loss", async () => {
  const { appUrl } = await copyDatabase(inject("databases"));
  const client = connect(appUrl);
  const before = await client.auditEvent.count();
  const script = `
    import { connect, inTransaction } from "./lib/platform/db.ts";
    import { appendAudit } from "./lib/audit/mutations.ts";
    const client = connect(${JSON.stringify(appUrl)});
    await Promise.all(Array.from({ length: 100 }, (_, index) => inTransaction(client, (transaction) => appendAudit(
      transaction, { actor: null, action: "sign-out", subject: { type: "test", id: String(index) }, summary: "x" }, new Date()))));
    await client.$disconnect();`;
  const run = () =>
    new Promise<number | null>((resolve) => {
      const args = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", script];
      spawn(process.execPath, args, { cwd: path.resolve("."), stdio: "inherit" }).on("exit", resolve);
    });
  expect(await Promise.all([run(), run()])).toEqual([0, 0]);
  expect(await client.auditEvent.count()).toBe(before + 200);
  expect((await verifyRecord(client, new Date())).problems).toEqual([]);
  await client.$disconnect();
});

test("an entry and its change stand or fall together", async () => {
  const before = await story.client.auditEvent.count();
  const attempt = inTransaction(story.client, async (transaction) => {
    await appendAudit(
      transaction,
      { actor: null, action: "sign-out", subject: { type: "test", id: "x" }, summary: "never was" },
      new Date(),
    );
    throw new Error("the change failed");
  });
  await expect(attempt).rejects.toThrow("the change failed");
  expect(await story.client.auditEvent.count()).toBe(before);
});
