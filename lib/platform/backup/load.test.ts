import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { verifyRecord } from "../../evidence/verify";
import { connect } from "../db";
import { copyDatabase, type TestDatabase } from "../test-database";
import { CannotRestore, loadDatabase } from "./load";
import type { Manifest } from "./schema";
import { readBackup, takeBackup } from "./take";

/** One site that has published, backed up once, and put back in several ways. */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-backup-"));
const backup = path.join(folder, "backup");
const publicFolder = path.join(folder, "public");
let story: Story;
let manifest: Manifest;
let restored: TestDatabase;

/** A digest of every row of every table, the same whatever order they lie in; and what keeps them. */
async function describeAll(url: string): Promise<Record<string, string>> {
  const client = new Client(url);
  await client.connect();
  const found: Record<string, string> = {};
  for (const { schema, name } of manifest.tables) {
    const { rows } = await client.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(one::text), '' order by md5(one::text))), '') as digest
       from "${schema}"."${name}" one`,
    );
    found[name] = rows[0]?.digest ?? "";
  }
  const { rows } = await client.query<{ keeps: string }>(`
    select conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid) as keeps
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text || ' ' || tgtype from pg_trigger where not tgisinternal
    union all select relname || ' ' || coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace
    order by 1`);
  found.keeps = rows.map((row) => row.keeps).join("\n");
  await client.end();
  return found;
}

beforeAll(async () => {
  story = await openStory(inject("databases"));
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, id);
  await approve(story, luis, id);
  fs.mkdirSync(publicFolder);
  fs.writeFileSync(path.join(publicFolder, "site.pack"), "as it is served");
  const files = { secret: "a secret of thirty-two characters", signing: {}, publicFolder, checkpoints: folder };
  // As the console's own role, which the nightly one has.
  manifest = await takeBackup(story.appUrl, { ...files, checkpoints: publicFolder }, backup);
  restored = await copyDatabase(inject("databases"), { bare: true });
  await loadDatabase(restored.ownerUrl, await readBackup(backup), backup, "prisma");
});
afterAll(async () => {
  await story.client.$disconnect();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("an empty database", () => {
  test("holds every row as it was, with every rule and right; what was open is ended", async () => {
    const [before, after] = [await describeAll(story.ownerUrl), await describeAll(restored.ownerUrl)];
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed).toEqual(["Session"]);
    expect(before.AuditEvent).not.toMatch(/^0 /);
    expect(before._private_jobs).not.toMatch(/^0 /);
    const client = connect(restored.appUrl);
    expect(await client.session.count({ where: { revokedAt: null } })).toBe(0);
    expect((await verifyRecord(client, new Date(), { expect: manifest.head })).problems).toEqual([]);
    await client.$disconnect();
  });

  test("goes on: a number is taken out of the file of changes, and rules watch again", async () => {
    const owner = new Client(restored.ownerUrl);
    await owner.connect();
    const { rows } = await owner.query<{ next: string; most: string }>(
      `select nextval(pg_get_serial_sequence('"NumberChange"', 'position')) as next, coalesce(max(position), 0) as most from "NumberChange"`,
    );
    expect(Number(rows[0]?.next)).toBeGreaterThan(Number(rows[0]?.most));
    await expect(owner.query(`update "AuditEvent" set summary = 'x'`)).rejects.toThrow();
    await owner.end();
  });
});

/** A backup beside the whole one, with some files changed and the manifest fitting them. */
function changedBackup(name: string, change: (text: string) => string, table: string): string {
  const other = path.join(folder, name);
  fs.cpSync(backup, other, { recursive: true });
  const file = path.join(other, "database", `public.${table}.copy.gz`);
  const bytes = gzipSync(change(gunzipSync(fs.readFileSync(file)).toString("utf8")));
  fs.writeFileSync(file, bytes);
  const said = JSON.parse(fs.readFileSync(path.join(other, "manifest.json"), "utf8")) as Manifest;
  const entry = said.files.find((one) => one.path.endsWith(`public.${table}.copy.gz`))!;
  Object.assign(entry, { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  fs.writeFileSync(path.join(other, "manifest.json"), JSON.stringify(said));
  return other;
}

describe("a database that holds a site", () => {
  test.each([
    ["is not replaced unless it is named", undefined, /holds a site.*--replace test_/],
    ["is not replaced under another name", "callbox", /is called “test_/],
  ])("%s", async (_, replace, says) => {
    const before = await describeAll(restored.ownerUrl);
    const asked = loadDatabase(restored.ownerUrl, manifest, backup, "prisma", { replace });
    await expect(asked).rejects.toThrow(CannotRestore);
    await expect(asked).rejects.toThrow(says);
    expect(await describeAll(restored.ownerUrl)).toEqual(before);
  });

  test("is not touched while someone uses it", async () => {
    const someone = new Client(restored.appUrl);
    await someone.connect();
    const replace = new URL(restored.ownerUrl).pathname.slice(1);
    await expect(loadDatabase(restored.ownerUrl, manifest, backup, "prisma", { replace })).rejects.toThrow(
      "Someone is connected",
    );
    await someone.end();
  });

  test("stays as it was when the backup breaks a rule halfway, and is replaced by a good one", async () => {
    const name = new URL(restored.ownerUrl).pathname.slice(1);
    const before = await describeAll(restored.ownerUrl);
    const bad = changedBackup("orphan", (text) => text.replace(/\tdemo-dana\t/, "\tdemo-nobody\t"), "Contribution");
    const asked = loadDatabase(restored.ownerUrl, await readBackup(bad), bad, "prisma", { replace: name });
    await expect(asked).rejects.toThrow(/foreign key/);
    expect(await describeAll(restored.ownerUrl)).toEqual(before);
    await loadDatabase(restored.ownerUrl, manifest, backup, "prisma", { replace: name });
    // Only the moment at which sessions ended is another.
    expect({ ...(await describeAll(restored.ownerUrl)), Session: before.Session }).toEqual(before);
    const owner = new Client(restored.ownerUrl);
    await owner.connect();
    const left = await owner.query("select 1 from pg_namespace where nspname like 'callbox_before%'");
    await owner.end();
    expect(left.rowCount).toBe(0);
  });

  test("a backup of a newer Callbox is refused before anything is changed", async () => {
    const newer = { ...manifest, migrations: [...manifest.migrations, { name: "29990101000000_later", checksum: "" }] };
    await expect(loadDatabase(restored.ownerUrl, newer, backup, "prisma")).rejects.toThrow("newer Callbox");
  });
});
