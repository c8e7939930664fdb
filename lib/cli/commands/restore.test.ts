import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { isNightly } from "../../platform/nightly-for-tests";
import { copyDatabase, type TestDatabase } from "../../platform/test-database";
import { runCallbox } from "../callbox-for-tests";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-restore-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const callbox = (database: TestDatabase, home: string, secret: string | undefined, ...args: string[]) =>
  runCallbox(args, { database, env: { CALLBOX_DATA: path.join(folder, home), NEXTAUTH_SECRET: secret } });

test.runIf(isNightly)(
  "a site moves to another machine whole: database, secret and public site, with an entry that says so",
  async () => {
    const [from, to] = [
      await copyDatabase(inject("databases")),
      await copyDatabase(inject("databases"), { bare: true }),
    ];
    const backup = path.join(folder, "backup");
    fs.mkdirSync(path.join(folder, "old", "public"), { recursive: true });
    fs.writeFileSync(path.join(folder, "old", "public", "site.pack"), "as it is served");
    const made = await callbox(from, "old", undefined, "backup", "--json", backup);
    const { head } = JSON.parse(made.out) as { head: string };

    const other = await callbox(to, "new", "another secret of 32 characters.", "restore", backup);
    expect([other.code, other.said]).toEqual([1, expect.stringContaining("NEXTAUTH_SECRET is another one")]);
    const taken = await callbox(from, "new", undefined, "restore", backup);
    expect([taken.code, taken.said]).toEqual([1, expect.stringMatching(/holds a site.*--replace test_/)]);
    const restored = await callbox(to, "new", undefined, "restore", backup);
    expect([restored.code, restored.out]).toEqual([0, expect.stringContaining("The record is unbroken")]);

    for (const file of ["session-secret", "public/site.pack"])
      expect(fs.readFileSync(path.join(folder, "new", file))).toEqual(fs.readFileSync(path.join(folder, "old", file)));
    expect(fs.statSync(path.join(folder, "new", "session-secret")).mode & 0o077).toBe(0);
    const verified = await callbox(to, "new", undefined, "verify-log", "--json", "--expect", head);
    const { ok, head: now } = JSON.parse(verified.out) as { ok: boolean; head: string };
    expect([ok, Number(now.split(":")[0])]).toEqual([true, Number(head.split(":")[0]) + 1]);
  },
);
