import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { approve, draftFor, openStory, placesNamed, type Story, submit } from "../../alerts/story-for-tests";
import { isNightly } from "../../platform/nightly-for-tests";
import { renewSite } from "../../delivery/commands/write-site";
import { checkpointKey, signCheckpoint, writeCheckpoint } from "../../record/checkpoint";
import { seal } from "../../record/site-secret";
import { providerSecretOf } from "../../people/single-sign-on/commands/providers";
import { runCallbox } from "../callbox-for-tests";

const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-drill-test-"));
let story: Story;
beforeAll(async () => {
  fs.chmodSync(home, 0o755);
  story = await openStory(inject("databases"));
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const { id } = await draftFor(story, dana, await placesNamed(story.client, "Granby", "Amherst"));
  await submit(story, dana, id);
  await approve(story, luis, id);
  const provider = {
    id: "sso-1",
    name: "State",
    issuer: "https://login.example.gov",
    clientId: "x",
    clientAuth: "secret",
  };
  const secrets = seal("a secret of thirty-two characters", providerSecretOf("sso-1"), `{"secret":"x"}`);
  const off = { settings: {}, state: "off", createdAt: new Date() };
  await story.client.signInProvider.create({ data: { ...provider, ...off, secrets } });
  await renewSite(story.client, { folder: path.join(home, "public"), url: "http://localhost:3080" }, new Date());
});
afterAll(async () => {
  await story.client.$disconnect();
  fs.rmSync(home, { recursive: true, force: true });
});

const callbox = (...args: string[]) =>
  runCallbox(args, {
    database: story,
    env: { CALLBOX_DATA: home, NEXTAUTH_SECRET: "a secret of thirty-two characters" },
  });

test.runIf(isNightly)(
  "a drill proves record, public site and keys from a backup made now, in little time, and leaves the site as it was",
  async () => {
    const before = await story.client.auditEvent.count();
    const ran = await callbox("drill", "--json");
    const { ok, seconds, steps } = JSON.parse(ran.out) as {
      ok: boolean;
      seconds: number;
      steps: { step: string; ok: boolean; says: string }[];
    };
    expect(steps.filter((one) => !one.ok)).toEqual([]);
    expect([ran.code, ok, steps.map(({ step }) => step)]).toEqual([
      0,
      true,
      [
        "Back up",
        "Check every file of the backup",
        "Restore into an empty database",
        "Verify the record",
        "Compare the public site",
        "Try the keys",
      ],
    ]);
    expect(steps.at(-2)?.says).toMatch(/1 file is byte for byte what was served; \d{4,} pages made anew/);
    expect(steps.at(-1)?.says).toContain("1 sealed secret opens");
    expect(seconds).toBeGreaterThan(0);
    expect(await story.client.auditEvent.count()).toBe(before);
  },
);

test.runIf(isNightly)("a backup taken while alerts are approved restores whole, in less than ten minutes", async () => {
  const [dana, luis] = [await story.actor("dana"), await story.actor("luis")];
  const places = await placesNamed(story.client, "Granby", "Amherst");
  const waiting: string[] = [];
  while (waiting.length < 10) {
    const { id } = await draftFor(story, dana, places);
    await submit(story, dana, id);
    waiting.push(id);
  }
  // What is kept outside is older than the backup.
  expect((await callbox("checkpoint")).code).toBe(0);
  let [taking, during] = [true, 0];
  const publishing = (async () => {
    for (const id of waiting) {
      expect((await approve(story, luis, id)).ok).toBe(true);
      if (taking) during += 1;
    }
  })();
  const folder = path.join(home, "meanwhile");
  const made = await callbox("backup", "--json", folder);
  taking = false;
  await publishing;
  expect([made.code, during > 1]).toEqual([0, true]);
  const ran = await callbox("drill", "--json", folder);
  expect([ran.code, ran.said]).toEqual([0, expect.anything()]);
  const { ok, seconds, steps } = JSON.parse(ran.out) as { ok: boolean; seconds: number; steps: { ok: boolean }[] };
  expect(steps.filter((one) => !one.ok)).toEqual([]);
  expect(ok).toBe(true);
  expect(seconds).toBeLessThan(600);
});

test("a backup is made once, and a drill of one that was damaged says what", async () => {
  const folder = path.join(home, "damaged");
  const made = await callbox("backup", "--json", folder);
  expect([made.code, JSON.parse(made.out)]).toMatchObject([0, { folder }]);
  fs.truncateSync(path.join(folder, "database", "public.Person.copy.gz"), 40);
  const damaged = await callbox("drill", folder);
  expect([damaged.code, damaged.out]).toEqual([1, expect.stringMatching(/FAILED Check every file.*Person/)]);
});

test.runIf(isNightly)("a drill fails by a checkpoint from outside that the record does not have", async () => {
  const folder = path.join(home, "kept");
  await callbox("backup", folder);
  // What a record that was cut or replaced looks like from outside.
  const text = writeCheckpoint({ site: "Elsewhere", seq: 1, hash: "0".repeat(64), at: new Date() });
  const other = path.join(home, "elsewhere");
  const secret = "another secret of 32 characters.";
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, "1.txt"), text);
  fs.writeFileSync(path.join(other, "1.sig"), signCheckpoint(text, secret));
  fs.writeFileSync(path.join(other, "key.pem"), checkpointKey(secret));
  const cut = await callbox("drill", "--checkpoint", path.join(other, "1.txt"), folder);
  expect([cut.code, cut.out]).toEqual([1, expect.stringMatching(/FAILED Verify the record.*\n[^]*DOES NOT WORK/)]);
});
