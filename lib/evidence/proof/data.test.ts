import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { copyDatabase } from "../../platform/test-database";
import { checkpointKey, readCheckpoint, verifyCheckpoint } from "../../record/checkpoint";
import { connect } from "../../platform/db";
import { keepCheckpoint, keepWhenDue } from "../commands/keep-checkpoint";
import { verifyRecord } from "../verify";
import { packEvidence } from "./bundle";
import { loadEvidence, proveAlert } from "./data";

/** What strangers find with common tools, in databases that their owner tampered with. */

const SECRET = "a secret of thirty-two characters or more";
let story: Story;
let folder: string;
let alertId: string;
/** Kept outside, before anybody tampered. */
let kept: { text: string; signature: Buffer };

beforeAll(async () => {
  story = await openStory(inject("databases"));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-proof-"));
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, id);
  await approve(story, luis, id);
  alertId = id;
  const stem = await keepCheckpoint(story.client, { folder, secret: SECRET }, new Date());
  kept = { text: fs.readFileSync(`${stem}.txt`, "utf8"), signature: fs.readFileSync(`${stem}.sig`) };
  await story.client.$disconnect();
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A copy of the database that its owner may do anything to. */
async function tampered(change: (owner: Client) => Promise<void>) {
  const { ownerUrl, appUrl } = await copyDatabase(inject("databases"), { from: story.ownerUrl });
  const owner = new Client(ownerUrl);
  await owner.connect();
  await owner.query("set session_replication_role = replica");
  await change(owner);
  await owner.end();
  return connect(appUrl);
}

/** Unpacks the evidence and runs the script in it, against the checkpoint that was kept outside. */
async function checkByScript(client: ReturnType<typeof connect>, change?: (at: string) => void) {
  const evidence = await loadEvidence(client, alertId, SECRET, new Date());
  const at = fs.mkdtempSync(path.join(folder, "evidence-"));
  for (const [name, bytes] of Object.entries(unzipSync(packEvidence(evidence!)))) {
    fs.mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    fs.writeFileSync(path.join(at, name), bytes);
  }
  fs.writeFileSync(path.join(at, "mine.txt"), kept.text);
  fs.writeFileSync(path.join(at, "mine.sig"), kept.signature);
  fs.writeFileSync(path.join(at, "mine.pem"), checkpointKey(SECRET));
  change?.(at);
  try {
    const out = execFileSync("sh", [path.join(at, "verify.sh"), "mine.pem", "mine.txt", "mine.sig"], {
      encoding: "utf8",
    });
    return { ok: true, out };
  } catch (error) {
    return { ok: false, out: String((error as { stdout: string }).stdout) };
  }
}

const hasTools = ["openssl", "jq", "sha256sum"].every((tool) => {
  try {
    execFileSync("sh", ["-c", `command -v ${tool}`]);
    return true;
  } catch {
    return false;
  }
});

test("a checkpoint is signed, kept once an entry, and says what the record said", async () => {
  const client = await tampered(async () => undefined);
  const head = readCheckpoint(kept.text)!;
  const { head: now, problems } = await verifyRecord(client, new Date(), { expect: head });
  expect(problems).toEqual([]);
  expect(`${head.seq}:${head.hash}`).toBe(now);
  expect(verifyCheckpoint(kept.text, kept.signature, checkpointKey(SECRET))).toBe(true);
  expect(verifyCheckpoint(kept.text.replace("entry", "Entry"), kept.signature, checkpointKey(SECRET))).toBe(false);
  expect(verifyCheckpoint(kept.text, kept.signature, checkpointKey(`${SECRET} of another site`))).toBe(false);
  const before = fs.readdirSync(folder).filter((name) => name.endsWith(".sig"));
  await keepCheckpoint(client, { folder, secret: SECRET }, new Date());
  expect(fs.readdirSync(folder).filter((name) => name.endsWith(".sig"))).toEqual(before);
  await client.$disconnect();
});

test("a checkpoint is kept every hour, and soon after each publication", async () => {
  const fresh = await openStory(inject("databases"));
  const at = fs.mkdtempSync(path.join(folder, "hourly-"));
  const settings = { folder: at, secret: SECRET };
  const count = () => fs.readdirSync(at).filter((name) => name.endsWith(".sig")).length;
  const begin = Date.now();
  const minutes = (after: number) => new Date(begin + after * 60_000);
  let state = await keepWhenDue(fresh.client, settings, null, minutes(0));
  state = await keepWhenDue(fresh.client, settings, state, minutes(1));
  expect(count()).toBe(1);
  const [dana, luis] = [await fresh.actor("dana"), await fresh.actor("luis")];
  const { id } = await draftFor(fresh, dana, await placesNamed(fresh.client, "Granby"));
  state = await keepWhenDue(fresh.client, settings, state, minutes(2));
  expect(count()).toBe(1);
  await submit(fresh, dana, id);
  await approve(fresh, luis, id);
  state = await keepWhenDue(fresh.client, settings, state, minutes(3));
  expect(count()).toBe(2);
  await draftFor(fresh, dana, await placesNamed(fresh.client, "Amherst"));
  state = await keepWhenDue(fresh.client, settings, state, minutes(30));
  expect(count()).toBe(2);
  await keepWhenDue(fresh.client, settings, state, minutes(64));
  expect(count()).toBe(3);
  await fresh.client.$disconnect();
});

test("an alert is proven from its bytes, and each step says what it is", async () => {
  const client = await tampered(async () => undefined);
  const proof = await proveAlert(client, alertId);
  expect(proof?.steps.map(({ ok, problems }) => [ok, problems])).toEqual(Array.from({ length: 6 }, () => [true, []]));
  expect(await proveAlert(client, proof!.code)).toEqual(proof);
  expect(await proveAlert(client, "no such alert")).toBeNull();
  await client.$disconnect();
});

const CHANGES: [string, (owner: Client) => Promise<unknown>, RegExp, RegExp][] = [
  [
    "altered bytes, with their fingerprints to match",
    (owner) =>
      owner.query(`with one as (select id, convert_to(replace(convert_from(xml, 'UTF8'), 'Granby', 'Granbi'), 'UTF8') as made
          from "Message" where audience = 'phones' and "placeId" in (select id from "Place" where name = 'Granby') and "alertId" = '${alertId}')
        update "Message" m set xml = one.made, sha256 = encode(sha256(one.made), 'hex') from one where m.id = one.id`),
    /is not what was approved/,
    /4\. the documents are not those that were published/,
  ],
  [
    "an approved content that was changed, with its fingerprint and the approval to match",
    (owner) =>
      owner.query(`update "Alert" set bundle = replace(bundle, 'Granby', 'Granbi'),
          "contentHash" = encode(sha256(convert_to(replace(bundle, 'Granby', 'Granbi'), 'UTF8')), 'hex') where id = '${alertId}';
        update "Decision" d set "contentHash" = a."contentHash" from "Alert" a where a.id = d."alertId"`),
    /is not what was approved|The approval is of other content/,
    /3\. the content is not what was approved/,
  ],
  [
    "an entry that says that another person approved",
    (owner) => owner.query(`update "AuditEvent" set actor = 'Ruth Adeyemi' where action = 'alert.approved'`),
    /does not have its fingerprint/,
    /2\. entry \d+ does not carry/,
  ],
];

test.each(CHANGES)("%s: found by the proof, and by the script", async (_, change, proven, scripted) => {
  const client = await tampered(async (owner) => void (await change(owner)));
  const proof = await proveAlert(client, alertId);
  expect(proof?.ok).toBe(false);
  expect(proof?.steps.flatMap(({ problems }) => problems).join(" ")).toMatch(proven);
  if (hasTools) {
    const { ok, out } = await checkByScript(client);
    expect(ok).toBe(false);
    expect(out).toMatch(scripted);
  }
  await client.$disconnect();
});

describe.skipIf(!hasTools)("with openssl, sha256sum and jq alone", () => {
  test("what nobody touched fits", async () => {
    const client = await tampered(async () => undefined);
    const { ok, out } = await checkByScript(client);
    expect(out).toContain("Everything that was checked fits.");
    expect(out).toContain("Approved by Luis Ferreira");
    expect(ok).toBe(true);
    await client.$disconnect();
  });

  test("a tail that was cut off is found against a checkpoint kept outside", async () => {
    const client = await tampered(async (owner) => {
      await owner.query(`delete from "AuditEvent" where seq = (select max(seq) from "AuditEvent")`);
    });
    const { ok, out } = await checkByScript(client);
    expect([ok, /2\. entry \d+ of the checkpoint is not in the log/.test(out)]).toEqual([false, true]);
    const found = await verifyRecord(client, new Date(), { expect: readCheckpoint(kept.text)! });
    expect(found.problems.join(" ")).toMatch(/its end was cut off, or an older copy was put back/);
    await client.$disconnect();
  });

  test("a chain that was made anew is found, though it fits in itself", async () => {
    const client = await tampered(async (owner) => {
      const { hashEntry } = await import("../../record/chain");
      const { rows } = await owner.query<Record<string, unknown>>(`select * from "AuditEvent" order by seq`);
      let prevHash = "0".repeat(64);
      for (const row of rows) {
        const { seq, at, actorId, agencyId, action, subjectType, subjectId, incidentId, summary, data } = row;
        const actor = action === "alert.approved" ? "Ruth Adeyemi" : row.actor;
        const entry = { actorId, actor, agencyId, action, subjectType, subjectId, incidentId, summary, data, prevHash };
        const hash = hashEntry({
          ...(entry as never as object),
          seq: Number(seq),
          at: (at as Date).toISOString(),
        } as never);
        await owner.query(`update "AuditEvent" set actor = $2, "prevHash" = $3, hash = $4 where seq = $1`, [
          seq,
          actor,
          `x${prevHash}`,
          `x${hash}`,
        ]);
        prevHash = hash;
      }
      await owner.query(`update "AuditEvent" set "prevHash" = substr("prevHash", 2), hash = substr(hash, 2)`);
    });
    const { ok, out } = await checkByScript(client);
    expect([ok, /2\. entry \d+ is not what the checkpoint says/.test(out)]).toEqual([false, true]);
    const found = await verifyRecord(client, new Date(), { expect: readCheckpoint(kept.text)! });
    expect(found.problems.join(" ")).toMatch(/the record was made anew/);
    await client.$disconnect();
  });

  test("a checkpoint that another key signed, or that was altered, is none", async () => {
    const client = await tampered(async () => undefined);
    const other = await checkByScript(client, (at) => {
      fs.writeFileSync(path.join(at, "mine.pem"), checkpointKey(`${SECRET} of another site`));
    });
    expect(other.out).toMatch(/1\. the checkpoint was not signed with this key/);
    await client.$disconnect();
  });
});
