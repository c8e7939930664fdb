import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PrismaClient } from "../../platform/db";
import type { Database } from "../../platform/embedded-postgres";
import { signingSettings, type SigningSettings } from "../../platform/env";
import type { Manifest } from "../../platform/backup/schema";
import { describeFileTrouble } from "../../platform/file-trouble";
import { fromHere } from "../input-files";
import { generateClient, openDatabase } from "../steps";
import { filesOfSite } from "./backup";
import { restoreInto, verifyRestored } from "./restore";
import { readSigned } from "./verify-log";

/**
 * `callbox drill`: a backup is put back into a database of its own, beside the
 * site and without touching it, and what comes of it is held against the site.
 */

export interface Step {
  step: string;
  ok: boolean;
  /** What was found, in a sentence. */
  says: string;
  seconds: number;
}

/** Where the drill looks for what it compares with. */
export interface Site {
  appUrl: string;
  publicFolder: string;
  checkpoints: string;
}

/** Runs each part, timed; one that fails does not keep the next from being tried. */
class Drill {
  readonly steps: Step[] = [];

  async run<Value>(step: string, work: () => Promise<[says: string, value: Value]>): Promise<Value | undefined> {
    const began = performance.now();
    const seconds = () => Math.round(performance.now() - began) / 1000;
    try {
      const [says, value] = await work();
      this.steps.push({ step, ok: true, says, seconds: seconds() });
      return value;
    } catch (error) {
      const says = describeFileTrouble(error) ?? (error instanceof Error ? error.message : "It failed.");
      this.steps.push({ step, ok: false, says, seconds: seconds() });
      return undefined;
    }
  }
}

/** The newest checkpoint in a folder that is not younger than the backup. */
function findCheckpoint(folder: string, upTo: number): string | undefined {
  if (!fs.existsSync(folder)) return undefined;
  return fs
    .readdirSync(folder)
    .filter((name) => /^\d+\.txt$/.test(name) && Number(name.slice(0, -4)) <= upTo)
    .sort()
    .map((name) => path.join(folder, name))
    .at(-1);
}

/** @param given a backup that is there already; without one, a new one is made for the drill */
export async function drill(
  given: string | undefined,
  options: { json: boolean; checkpoint?: string; key?: string },
): Promise<number> {
  await generateClient();
  const { takeBackup } = await import("../../platform/backup/take");
  const { openEmbeddedPostgres } = await import("../../platform/embedded-postgres");
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-drill-"));
  // The account that the scratch database runs under must be able to enter.
  fs.chmodSync(scratch, 0o755);
  const live = await openDatabase();
  const one = new Drill();
  const { steps } = one;
  try {
    const site = filesOfSite(live);
    const folder = given === undefined ? path.join(scratch, "backup") : fromHere(given);
    if (given === undefined)
      await one.run("Back up", async () => {
        await keepCheckpointNow(live.appUrl, site);
        const made = await takeBackup(live.ownerUrl, site, folder);
        return [`${made.tables.reduce((sum, { rows }) => sum + rows, 0)} rows, ${made.files.length} files`, made];
      });
    const compared = { ...site, appUrl: live.appUrl };
    const open = () => openEmbeddedPostgres(path.join(scratch, "site"), "console");
    await putBackAndCompare(one, folder, compared, { scratch, open, both: given === undefined, ...options });
  } finally {
    await live.stop();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  const ok = steps.every((one) => one.ok);
  const seconds = Math.round(steps.reduce((sum, one) => sum + one.seconds, 0) * 1000) / 1000;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ok, seconds, steps })}\n`
      : `${steps.map((one) => `${one.ok ? "good  " : "FAILED"} ${one.step} (${one.seconds.toFixed(1)} s): ${one.says}\n`).join("")}` +
          `${ok ? "The backup works" : "THE BACKUP DOES NOT WORK"}; ${seconds.toFixed(1)} s in all.\n`,
  );
  return ok ? 0 : 1;
}

/** A server of PostgreSQL for the drill alone. */
type Scratch = Pick<Database, "ownerUrl" | "appUrl" | "home">;

interface How {
  /** A folder that goes at the end. */
  scratch: string;
  open: () => Promise<Scratch & Pick<Database, "stop">>;
  /** Whether the site is still as it was backed up, so that the two can be made anew and compared. */
  both: boolean;
  checkpoint?: string;
  key?: string;
}

async function putBackAndCompare(one: Drill, folder: string, site: Site, how: How): Promise<void> {
  const { readBackup } = await import("../../platform/backup/take");
  const manifest = await one.run("Check every file of the backup", async () => {
    const read = await readBackup(folder);
    return [`${read.files.length} files have their SHA-256`, read];
  });
  if (!manifest) return;
  const database = await how.open();
  const { home } = database;
  const places = {
    ownerUrl: database.ownerUrl,
    appUrl: database.appUrl,
    publicFolder: path.join(home, "public"),
    checkpoints: path.join(home, "checkpoints"),
    keys: new Map(
      ["session-secret", "signing.p12", "signing-key.pem", "signing-certificate.pem"].map((name) => [
        name,
        path.join(home, name),
      ]),
    ),
  };
  try {
    const restored = await one.run("Restore into an empty database", async () => {
      await restoreInto(folder, manifest, places, undefined, new Date());
      return [`As of ${manifest.takenAt}`, true];
    });
    if (!restored) return;
    await one.run("Verify the record", () =>
      verifyAgainst(
        places.appUrl,
        manifest,
        how.checkpoint ?? findCheckpoint(site.checkpoints, manifest.head.seq),
        how.key,
      ),
    );
    await one.run("Compare the public site", () => compareSites(manifest, site, places, how.scratch, how.both));
    await one.run("Try the keys", () => tryKeys(places.appUrl, home, path.join(site.checkpoints, "key.pem")));
  } finally {
    await database.stop();
  }
}

/** What the nightly drill does in a process of its own: everything but making the server, which outlives it. */
export async function compareBackup(folder: string, site: Site, scratch: Scratch): Promise<Step[]> {
  const one = new Drill();
  const open = () => Promise.resolve({ ...scratch, stop: () => Promise.resolve() });
  await putBackAndCompare(one, folder, site, { scratch: scratch.home, open, both: false });
  return one.steps;
}

async function withClient<Value>(url: string, run: (client: PrismaClient) => Promise<Value>): Promise<Value> {
  const { connect } = await import("../../platform/db");
  const client = connect(url);
  try {
    return await run(client);
  } finally {
    await client.$disconnect();
  }
}

async function keepCheckpointNow(url: string, site: { checkpoints: string; secret: string }): Promise<void> {
  const { keepCheckpoint } = await import("../../evidence/commands/keep-checkpoint");
  await withClient(url, (client) =>
    keepCheckpoint(client, { folder: site.checkpoints, secret: site.secret }, new Date()),
  );
}

/** @throws when the record does not fit, or there is nothing outside to hold it against */
async function verifyAgainst(
  url: string,
  manifest: Manifest,
  checkpoint: string | undefined,
  key: string | undefined,
): Promise<[string, true]> {
  if (checkpoint === undefined)
    throw new Error(
      "There is no checkpoint from outside the backup to hold it against: name one with --checkpoint, or their folder in CALLBOX_CHECKPOINTS.",
    );
  const signed = await readSigned(checkpoint, key);
  for (const head of [manifest.head, signed]) {
    const problems = await verifyRestored(url, { head });
    if (problems.length > 0) throw new Error(problems.join(" "));
  }
  return [`Unbroken, and it has entry ${signed.seq} as the signed checkpoint outside says`, true];
}

/**
 * The files that are served, byte for byte; and the site made anew from either database as of one moment.
 * @param both whether the site is still as it was backed up, so that the two can be made anew and compared
 */
async function compareSites(
  manifest: Manifest,
  site: Site,
  restored: Site,
  scratch: string,
  both: boolean,
): Promise<[string, true]> {
  const { findDamage } = await import("../../platform/backup/files");
  const files = manifest.files.filter((file) => file.path.startsWith("public/"));
  if (files.length === 0) throw new Error("The backup holds no public site: none had been written yet.");
  const relative = files.map((file) => ({ ...file, path: file.path.slice("public/".length) }));
  const damage = await findDamage(restored.publicFolder, relative);
  if (damage.length > 0) throw new Error(damage.join(" "));
  const served = `${files.length === 1 ? "1 file is" : `${files.length} files are`} byte for byte what was served`;
  if (!both) return [served, true];
  const { renewSite } = await import("../../delivery/commands/write-site");
  const { digestFile } = await import("../../platform/backup/files");
  const { publicUrl } = await import("../../platform/env");
  const now = new Date();
  const made: string[] = [];
  let pages = 0;
  for (const [name, { appUrl }] of [
    ["live", site],
    ["restored", restored],
  ] as const) {
    const folder = path.join(scratch, `${name}-pages`);
    const written = await withClient(appUrl, (client) => renewSite(client, { folder, url: publicUrl() }, now));
    pages = written.files;
    const { PACK } = await import("../../delivery/channels/public-site/pack");
    made.push((await digestFile(path.join(folder, PACK))).sha256);
  }
  if (made[0] !== made[1]) throw new Error("Made anew, the pages are others than those of the site.");
  return [`${served}; ${pages} pages made anew from either database are the same bytes`, true];
}

/** Every kind of key does its work: signs what the public key outside verifies, and opens what is sealed. */
async function tryKeys(url: string, home: string, publicKey: string): Promise<[string, true]> {
  const { signCheckpoint, verifyCheckpoint } = await import("../../record/checkpoint");
  const { unseal } = await import("../../record/site-secret");
  const { loadSealed } = await import("../../operations/data");
  const { loadSigner } = await import("../../alerts/signing/data");
  const secret = fs.readFileSync(path.join(home, "session-secret"), "utf8");
  const text = "a drill\n";
  if (!verifyCheckpoint(text, signCheckpoint(text, secret), fs.readFileSync(publicKey, "utf8")))
    throw new Error("The secret is another one than that of the checkpoints outside.");
  const opened = await withClient(url, async (client) => {
    const all = await loadSealed(client);
    for (const { about, sealed } of all) unseal(secret, about, sealed);
    return all.length;
  });
  const signer = await loadSigner(restoredSigning(home), new Date());
  return [
    `The checkpoint key signs, ${opened} sealed ${opened === 1 ? "secret opens" : "secrets open"}${signer ? ", and the key for CAP messages can be used" : ""}`,
    true,
  ];
}

function restoredSigning(home: string): SigningSettings {
  const at = (name: string) => (fs.existsSync(path.join(home, name)) ? path.join(home, name) : undefined);
  return {
    pkcs12: at("signing.p12"),
    key: at("signing-key.pem"),
    certificate: at("signing-certificate.pem"),
    passphrase: signingSettings().passphrase,
  };
}
