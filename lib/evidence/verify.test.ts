import { spawn } from "node:child_process";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  approve,
  draftFor,
  openStory,
  placesNamed,
  save,
  signInTo,
  type Story,
  submit,
} from "../alerts/story-for-tests";
import { changeRole } from "../people/commands/people";
import { applyImport } from "../exchange/commands/apply";
import { beginImport } from "../exchange/commands/begin";
import { readImport } from "../exchange/commands/read";
import { recordTestCall } from "../directory/commands/test-call";
import { reportStatus } from "../directory/commands/report-status";
import { connect, inTransaction } from "../platform/db";
import { copyDatabase, restoreFixture } from "../platform/test-database";
import { GENESIS, hashEntry } from "../record/chain";
import { loadAlert, parseBundle } from "../alerts/data";
import { appendAudit, ensureBaseline } from "../record/append";
import type { AuditEntry } from "../record/schema";
import { parseCheckpoint, verifyRecord } from "./verify";

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

describe("a database made by the first version", () => {
  test("migrates with every published byte, verifies, is sealed once, and its alerts open", async () => {
    const { ownerUrl, appUrl, fixture } = await restoreFixture(inject("databases"), "e90ba44");
    const client = connect(appUrl);
    const before = await verifyRecord(client, new Date());
    expect(before.problems).toEqual([]);
    expect(before.head.split(":")[1]).toBe(fixture.head);
    expect(before.publications).toBeGreaterThan(700);
    // Byte for byte what that version published.
    const then = new Map(
      (fixture.tables.Message as { id: string; xml: string | null }[]).map(({ id, xml }) => [id, xml]),
    );
    for (const { id, xml } of await client.message.findMany({ select: { id: true, xml: true } })) {
      expect(xml === null ? null : `\\x${Buffer.from(xml).toString("hex")}`).toBe(then.get(id));
    }
    expect(await ensureBaseline(client, new Date())).toBe(true);
    expect(await ensureBaseline(client, new Date())).toBe(false);
    const sealed = await verifyRecord(client, new Date(), { expect: parseCheckpoint(before.head)! });
    expect(sealed.problems).toEqual([]);
    expect(sealed.rows).toBeGreaterThan(500);
    // People have a home agency, and every alert can be loaded and judged.
    expect(await client.person.count({ where: { homeAgencyId: "state-911" } })).toBe(6);
    for (const { id, bundle } of await client.alert.findMany({ select: { id: true, bundle: true } })) {
      expect(await loadAlert(client, id)).not.toBeNull();
      if (bundle) expect(parseBundle(bundle)!.messages.length).toBeGreaterThan(0);
    }
    await client.$disconnect();
    const owner = new Client(ownerUrl);
    await owner.connect();
    await owner.query(`alter table "Decision" disable trigger all`);
    await owner.query(`update "Decision" set reason = 'Another reason.' where decision = 'return'`);
    await owner.end();
    const again = connect(appUrl);
    expect((await verifyRecord(again, new Date())).problems.join()).toMatch(/set of approvals and contributions/);
    await again.$disconnect();
  });
});

test("two processes append at once: no fork, no loss", async () => {
  const { appUrl } = await copyDatabase(inject("databases"));
  const client = connect(appUrl);
  const before = await client.auditEvent.count();
  const script = `
    import { connect, inTransaction } from "./lib/platform/db.ts";
    import { appendAudit } from "./lib/record/append.ts";
    const client = connect(${JSON.stringify(appUrl)});
    const append = (id) => inTransaction(client, (transaction) => appendAudit(
      transaction, { actor: null, action: "sign-out", subject: { type: "test", id }, summary: "x" }, new Date()));
    // As many at once as the pool has connections: what waits for one longer than that is refused.
    await Promise.all(Array.from({ length: 10 }, async (_, lane) => {
      for (let turn = 0; turn < 10; turn += 1) await append(lane + "-" + turn);
    }));
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

describe("what an owner of the database alters is found and named", () => {
  let outside: string;
  let alertId: string;

  /** Tries it in a copy of the database, with every trigger off, as only the owner can. */
  async function altered(...statements: string[]): Promise<string[]> {
    const { ownerUrl } = await copyOf();
    const client = new Client(ownerUrl);
    await client.connect();
    await client.query("set session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
    await client.end();
    const reader = connect(ownerUrl);
    const { problems } = await verifyRecord(reader, new Date(), { expect: parseCheckpoint(outside)! });
    await reader.$disconnect();
    return problems;
  }

  const copyOf = () => copyDatabase({ owner: story.ownerUrl, app: story.appUrl }, { from: story.ownerUrl });

  beforeAll(async () => {
    const [tess, sam, ruth] = [await story.actor("tess"), await story.actor("sam"), await story.actor("ruth")];
    const call = { numberId: "demo-2501526535-1", result: "right-desk" as const, answeredBy: "dispatcher on duty" };
    expect((await recordTestCall(story.client, tess, call, new Date())).ok).toBe(true);
    const report = { id: "demo-2501526535-1", status: "overloaded" as const };
    expect((await reportStatus(story.client, tess, report, new Date())).ok).toBe(true);
    const grant = { personId: "demo-mei", agencyId: "granby", role: "auditor" as const, grant: true };
    expect((await changeRole(story.client, sam, grant, new Date())).ok).toBe(true);
    const importer = { actor: tess, agencyId: "state-911" };
    const file = Buffer.from("place,number,service\nGranby,413-555-0171,police\nAmherst,413-555-0172,fire\n");
    const imported = await beginImport(story.client, importer, { kind: "numbers", fileName: "x.csv" }, new Date());
    await readImport(story.client, importer, imported, file);
    expect(await applyImport(story.client, importer, imported, new Date())).toMatchObject({
      ok: true,
      value: { written: 2 },
    });
    const added = await story.client.directNumber.findFirstOrThrow({ where: { e164: "+14135550171" } });
    expect((await reportStatus(story.client, tess, { id: added.id, status: "down" }, new Date())).ok).toBe(true);
    const draft = await draftFor(story, ruth, await placesNamed(story.client, "Amherst"));
    await save(story, ruth, draft.id, (content) => ({ ...content, validMinutes: 240 }));
    const found = await verifyRecord(story.client, new Date());
    expect(found.problems).toEqual([]);
    outside = found.head;
    alertId = (await story.client.alert.findFirstOrThrow({ where: { state: "published" } })).id;
    await story.client.$disconnect();
    await owner.end();
  });
  afterAll(async () => {
    owner = new Client(story.ownerUrl);
    await owner.connect();
  });

  const published = `(select id from "Alert" where state = 'published' limit 1)`;
  const REST = ["Publication", "Message", "Decision", "Contribution", "Revision"];
  const dropRest = REST.map((table) =>
    table === "Publication"
      ? `delete from "Publication" where "messageId" in (select id from "Message" where "alertId" = ${published})`
      : `delete from "${table}" where "alertId" = ${published}`,
  );

  const attacks: [string, string[], RegExp][] = [
    [
      "an alert deleted with all that is its",
      [...dropRest, `delete from "Alert" where id = ${published}`],
      /alert .*(not there|deleted)/,
    ],
    [
      "a published alert reset to a draft",
      [`update "Alert" set state = 'draft', "publishedAt" = null, "expiresAt" = null where state = 'published'`],
      /(alert .* is not what|is not what was published)/,
    ],
    [
      "another approver",
      [`update "Decision" set "personId" = 'demo-mei' where decision = 'approve'`],
      /approved by Luis Ferreira, stored as approved by Mei/,
    ],
    ["the approval deleted", [`delete from "Decision"`], /approval by Luis Ferreira was deleted/],
    ["another confirmation", [`update "Decision" set confirmations = '[]'`], /the approval is not what entry/],
    [
      "another time of the approval",
      [`update "Decision" set at = at - interval '1 hour'`],
      /the approval is not what entry/,
    ],
    [
      "a contribution deleted",
      [`delete from "Contribution" where "personId" = 'demo-dana'`],
      /set of approvals and contributions .* is not what/,
    ],
    [
      "a contribution added",
      [`insert into "Contribution" select ${published}, 'demo-gil', 'x', now()`],
      /set of approvals and contributions/,
    ],
    [
      "another title",
      [`update "Alert" set title = 'Nothing happened' where state = 'published'`],
      /alert .* is not what the record says/,
    ],
    [
      "another end",
      [`update "Alert" set "expiresAt" = "expiresAt" + interval '1 day' where state = 'published'`],
      /its end is not what was published/,
    ],
    [
      "another time of publication",
      [`update "Publication" set "publishedAt" = now() - interval '3 hours'`],
      /time of its publication/,
    ],
    [
      "a saved draft rewritten",
      [`update "Revision" set content = '{}' where version = 2`],
      /saved draft .* is not what/,
    ],
    ["a saved draft deleted", [`delete from "Revision" where version = 2`], /saved draft .* was deleted/],
    [
      "a result of a test call",
      [`update "TestCall" set result = 'no-answer' where "calledById" is not null`],
      /test call .* is not what/,
    ],
    ["a test call deleted", [`delete from "TestCall" where "calledById" is not null`], /test call .* was deleted/],
    [
      "an old test call altered",
      [`update "TestCall" set "calledAt" = now() where "calledById" is null and "numberId" = 'demo-2502507000-1'`],
      /test calls from before/,
    ],
    [
      "a test call slipped in",
      [
        `insert into "TestCall" (id, "numberId", "calledBy", "calledAt", "answeredBy", result) values ('x', 'demo-2501526535-1', 'Tess', now(), 'desk', 'right-desk')`,
      ],
      /test calls from before/,
    ],
    [
      "a number verified for ten years",
      [`update "DirectNumber" set "verifiedUntil" = now() + interval '10 years' where id = 'demo-2501526535-1'`],
      /not what its test calls say/,
    ],
    [
      "a number's status",
      [`update "DirectNumber" set status = 'in-service' where id = 'demo-2501526535-1'`],
      /not what its history says/,
    ],
    [
      "a number's digits",
      [`update "DirectNumber" set e164 = '+14135550199' where id = 'demo-2501526535-1'`],
      /(direct numbers from before|direct number .* is not what)/,
    ],
    [
      "a number moved to another place",
      [`update "DirectNumber" set "placeId" = '2501516250' where id = 'demo-2501526535-1'`],
      /(direct numbers from before|direct number .* is not what)/,
    ],
    [
      "a number deleted",
      [
        `delete from "DirectNumber" where id = (select min(id) from "DirectNumber" where id like 'demo-%' and id <> 'demo-2501526535-1')`,
      ],
      /direct numbers from before/,
    ],
    [
      "a number slipped in",
      [
        `insert into "DirectNumber" (id, "placeId", service, e164, desk, hours, lines, preference, "isDemonstration") values ('x', '2501526535', 'police', '+14135550198', 'd', 'h', 1, 1, true)`,
      ],
      /direct numbers from before/,
    ],
    [
      "a number retired by hand",
      [
        `update "DirectNumber" set "retiredAt" = now(), "retiredBy" = 'x', "retiredWhy" = 'x' where id = 'demo-2502507000-1'`,
      ],
      /not what its history says/,
    ],
    [
      "an imported number's digits",
      [`update "DirectNumber" set e164 = '+14135550197' where e164 = '+14135550171'`],
      /set of numbers of an import/,
    ],
    ["who published", [`update "Publication" set "publishedBy" = 'Nobody'`], /set of publications .* is not what/],
    [
      "a bundle and its fingerprint replaced together",
      [`update "Alert" set bundle = '{', "contentHash" = encode(sha256('{'), 'hex') where state = 'published'`],
      /approved content is not there/,
    ],
    [
      "a template",
      [`update "Template" set body = jsonb_set(body, '{frames}', '{}') where id = 'outage-shipped-7'`],
      /template outage-shipped-7 is not what/,
    ],
    [
      "a role granted by hand",
      [`insert into "Membership" values ('demo-dana', 'state-911', 'approver')`],
      /set of roles demo-dana is not what/,
    ],
    [
      "a password replaced",
      [`update "Person" set "passwordHash" = 'x' where id = 'demo-luis'`],
      /person demo-luis is not what/,
    ],
    [
      "a person slipped in",
      [
        `insert into "Person" (id, name, email, "homeAgencyId", "createdAt") values ('x', 'X', 'x@x.x', 'granby', now())`,
      ],
      /person x is in no entry/,
    ],
    ["who declared an outage", [`update "Incident" set "declaredBy" = 'Nobody'`], /incident .* is not what/],
    [
      "the tail of the record cut off with what it tells of",
      [`delete from "AuditEvent" where seq > 12`, `delete from "Revision" where version = 2`],
      /(noted outside|was cut off)/,
    ],
  ];

  test.each(attacks)("%s", async (_, statements, named) => {
    expect(alertId).not.toBe("");
    expect((await altered(...statements)).join("\n")).toMatch(named);
  });

  test("nothing at all, when nothing was altered", async () => expect(await altered()).toEqual([]));

  test("a whole record made anew, with every fingerprint right, against an entry noted outside", async () => {
    const { ownerUrl } = await copyOf();
    const client = new Client(ownerUrl);
    await client.connect();
    const { rows } = await client.query(`select * from "AuditEvent" order by seq`);
    await client.query(`alter table "AuditEvent" disable trigger all`);
    await client.query(`delete from "AuditEvent"`);
    let before = GENESIS;
    for (const row of rows as Record<string, unknown>[]) {
      const entry = {
        ...row,
        seq: Number(row.seq),
        at: (row.at as Date).toISOString(),
        prevHash: before,
      } as unknown as AuditEntry;
      if (entry.seq === 3) entry.summary = "Nothing happened.";
      const hash = hashEntry(entry);
      await client.query(
        `insert into "AuditEvent" (seq, at, "actorId", actor, "agencyId", action, "subjectType", "subjectId", "incidentId", summary, data, "prevHash", hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          entry.seq,
          entry.at,
          entry.actorId,
          entry.actor,
          entry.agencyId,
          entry.action,
          entry.subjectType,
          entry.subjectId,
          entry.incidentId,
          entry.summary,
          JSON.stringify(entry.data),
          before,
          hash,
        ],
      );
      before = hash;
    }
    await client.end();
    const reader = connect(ownerUrl);
    expect((await verifyRecord(reader, new Date())).ok).toBe(true);
    const { problems } = await verifyRecord(reader, new Date(), { expect: parseCheckpoint(outside)! });
    await reader.$disconnect();
    expect(problems.join()).toMatch(/was made anew/);
  });

  test("a restored backup gives out no identifier that was published before", async () => {
    const before = await copyOf();
    const identifiers: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const { ownerUrl, appUrl } = await copyDatabase(
        { owner: before.ownerUrl, app: before.appUrl },
        { from: before.ownerUrl },
      );
      const client = connect(appUrl);
      const restored = { ...story, client, ownerUrl, appUrl };
      const dana = await signInTo(client, "dana");
      const { id } = await draftFor(restored, dana, await placesNamed(client, "Granby"));
      await submit(restored, dana, id);
      expect(await approve(restored, await signInTo(client, "luis"), id)).toMatchObject({ ok: true });
      const messages = await client.message.findMany({ where: { alertId: id } });
      identifiers.push(messages.map(({ identifier }) => identifier));
      await client.$disconnect();
    }
    expect(identifiers[0]!.length).toBeGreaterThan(0);
    expect(identifiers[0]!.filter((one) => identifiers[1]!.includes(one))).toEqual([]);
  });
});
