import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, submit } from "../alerts/story-for-tests";
import { copyDatabase, type TestDatabase } from "../platform/test-database";

interface Ran {
  code: number | null;
  out: string;
  said: string;
}

function callbox(args: string[], database?: TestDatabase): Promise<Ran> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      ...(database ? { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl } : {}),
    };
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "lib/cli/main.ts", ...args],
      { env },
    );
    let [out, said] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk));
    child.on("exit", (code) => resolve({ code, out, said }));
  });
}

describe("usage", () => {
  test.each([
    [["--help"], 0, "verify-log"],
    [["verify-log", "--help"], 0, "Check the record"],
    [[], 2, "Name a command"],
    [["nonsense"], 2, "There is no command “nonsense”"],
    [["verify-log", "--nonsense"], 2, "--nonsense"],
    [["export"], 2, "Name the alert"],
    [["init", "--site", "x"], 2, "--administrator is missing"],
  ])("%j exits %i", async (args, code, words) => {
    const ran = await callbox(args);
    expect([ran.code, (ran.out + ran.said).includes(words)]).toEqual([code, true]);
  });
});

describe("on a database", () => {
  let database: TestDatabase;
  let code: string;
  beforeAll(async () => {
    const story = await openStory(inject("databases"));
    const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
    const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby"));
    await submit(story, dana, id);
    await approve(story, luis, id);
    code = (await story.client.alert.findUniqueOrThrow({ where: { id } })).code;
    await story.client.$disconnect();
    database = story;
  });

  test("export writes the stored bytes, each with its fingerprint", async () => {
    const out = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-export-"));
    const ran = await callbox(["export", "--json", "--out", out, code], database);
    const { messages } = JSON.parse(ran.out) as { messages: { identifier: string; sha256: string }[] };
    expect([ran.code, messages.length]).toEqual([0, 2]);
    const { fingerprint } = await import("../audit/chain");
    for (const { identifier, sha256 } of messages) {
      expect(fingerprint(fs.readFileSync(path.join(out, `${identifier}.xml`)))).toBe(sha256);
    }
    fs.rmSync(out, { recursive: true });
    expect((await callbox(["export", "NO-SUCH-ALERT"], database)).code).toBe(1);
  });

  test("verify-log is good, then names the row that was altered with triggers disabled", async () => {
    const good = await callbox(["verify-log", "--json"], database);
    expect([good.code, (JSON.parse(good.out) as { ok: boolean }).ok]).toEqual([0, true]);
    const owner = new Client(database.ownerUrl);
    await owner.connect();
    await owner.query(`alter table "AuditEvent" disable trigger user`);
    await owner.query(`update "AuditEvent" set actor = 'Somebody Else' where seq = 4`);
    await owner.end();
    const bad = await callbox(["verify-log"], database);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("Entry 4 was altered");
  });

  test("init makes a real site in an empty database, once", async () => {
    const empty = await copyDatabase(inject("databases"), { empty: true });
    const args = [
      "init",
      "--json",
      "--site",
      "Callbox",
      "--administrator",
      "Ann Example",
      "--email",
      "ann@agency.example",
    ];
    const agency = ["--agency", "An Agency", "--code", "AG911", "--short", "Agency MA", "--sender", "a@agency.example"];
    const made = await callbox([...args, ...agency], empty);
    expect(made.code).toBe(0);
    expect((JSON.parse(made.out) as { link: string }).link).toMatch(/\/welcome\/[\w-]{40,}$/);
    const again = await callbox([...args, ...agency], empty);
    expect([again.code, again.said.includes("already holds a site")]).toEqual([1, true]);
  });
});
