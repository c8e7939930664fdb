import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStory, type Story } from "../alerts/story-for-tests";
import { renewSite } from "../delivery/commands/write-site";
import { keepCheckpoint } from "../evidence/commands/keep-checkpoint";
import { isNightly } from "../platform/nightly-for-tests";
import { takeBackup } from "../platform/backup/take";
import { drillAtNight } from "./nightly-drill";

const home = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-nightly-drill-"));
const temporary = path.join(home, "temporary");
const backups = path.join(home, "backups");
const secret = "a secret of thirty-two characters";
const site = { appUrl: "", publicFolder: path.join(home, "public"), checkpoints: path.join(home, "checkpoints") };
let story: Story;
beforeAll(async () => {
  fs.chmodSync(home, 0o755);
  fs.mkdirSync(temporary, { mode: 0o755 });
  fs.mkdirSync(backups, { mode: 0o700 });
  story = await openStory(inject("databases"));
  site.appUrl = story.appUrl;
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: "http://localhost:3000",
  });
  await renewSite(story.client, { folder: site.publicFolder, url: "http://localhost:3080" }, new Date());
  await keepCheckpoint(story.client, { folder: site.checkpoints, secret }, new Date());
  await takeBackup(story.appUrl, { ...site, secret, signing: {} }, path.join(backups, "night"));
});
afterAll(async () => {
  await story.client.$disconnect();
  fs.rmSync(home, { recursive: true, force: true });
});
const drill = (more: Parameters<typeof drillAtNight>[2] = {}, over: Partial<typeof site> = {}) =>
  drillAtNight(path.join(backups, "night"), { ...site, ...over }, { temporary, ...more });
/** Nothing that was put back stays on the disk: the keys of the site are in it. */
const left = () => [...fs.readdirSync(temporary), ...fs.readdirSync(backups)];

test("where no database can be started beside the site, it says so, and nothing is left behind", async () => {
  const open = () => Promise.reject(new Error("No bundled PostgreSQL exists for this machine."));
  await expect(drill({ open })).rejects.toThrow(
    /^It can’t be tried: no database could be started beside the site .* No bundled PostgreSQL exists/,
  );
  expect(left()).toEqual(["night"]);
});

test.runIf(isNightly)(
  "a backup is put back and proven in a process of its own; without a checkpoint outside it is not, in words",
  async () => {
    // A worker that was killed during a drill left this.
    const old = path.join(temporary, "callbox-drill-left");
    fs.mkdirSync(path.join(old, "site"), { recursive: true });
    fs.writeFileSync(path.join(backups, ".drill"), old);
    await drill();
    expect(left()).toEqual(["night"]);
    await expect(drill({}, { checkpoints: path.join(home, "none") })).rejects.toThrow(
      /^Verify the record: There is no checkpoint from outside .* Try the keys: The folder is not there/,
    );
    expect(left()).toEqual(["night"]);
  },
  120_000,
);

test("a backup that was damaged is refused before anything is put back", async () => {
  fs.truncateSync(path.join(backups, "night", "database", "public.Person.copy.gz"), 40);
  await expect(drill()).rejects.toThrow(/Person/);
  expect(left()).toEqual(["night"]);
});
