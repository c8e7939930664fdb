import fs from "node:fs";
import path from "node:path";
import { launcherEnv, signingSettings } from "../../platform/env";
import type { Manifest } from "../../platform/backup/schema";
import { fromHere, misuse } from "../input-files";
import { preparePublicFolder } from "../site";
import { checkpointFolder, generateClient, openDatabase, PRISMA, say } from "../steps";

/** `callbox restore`: a backup into an empty database, and its files into their places. */

/** Where a backup is put back. */
export interface Places {
  ownerUrl: string;
  appUrl: string;
  publicFolder: string;
  checkpoints: string;
  /** By the name each key has in a backup. */
  keys: ReadonlyMap<string, string>;
}

/**
 * Puts a backup that was read and checked into its places: first the database, whole or not at all, then files.
 * @param replace the name of a database that holds a site
 * @returns what a person should know of files that were there already
 */
export async function restoreInto(
  folder: string,
  manifest: Manifest,
  places: Places,
  replace: string | undefined,
  now: Date,
): Promise<string[]> {
  const { loadDatabase } = await import("../../platform/backup/load");
  const { putBack } = await import("../../platform/backup/files");
  const { connect } = await import("../../platform/db");
  const { noteRestored } = await import("../../operations/commands/note-restored");
  await loadDatabase(places.ownerUrl, manifest, folder, PRISMA, { replace });
  preparePublicFolder(places.publicFolder);
  const kept: string[] = [];
  for (const { path: name } of manifest.files) {
    const [part, ...rest] = name.split("/");
    const file = rest.join("/");
    const to =
      part === "keys"
        ? places.keys.get(file)
        : part === "public"
          ? path.join(places.publicFolder, file)
          : part === "checkpoints"
            ? path.join(places.checkpoints, file)
            : undefined;
    if (to === undefined) continue;
    const done = await putBack(path.join(folder, name), to, part === "keys" ? 0o600 : 0o644, now);
    // The page in front of the public is replaced all the time; anything else that differs is told.
    if (done === "kept the other" && part !== "public") kept.push(`${to} was another one; it lies beside it now.`);
  }
  const client = connect(places.appUrl, { connections: 1 });
  try {
    await noteRestored(client, manifest, now);
  } finally {
    await client.$disconnect();
  }
  return kept;
}

/** Key files go where the environment says they are read, else into a folder of their own. */
export function keyPlaces(home: string): Map<string, string> {
  const { pkcs12, key, certificate } = signingSettings();
  const aside = path.join(home, "restored-keys");
  return new Map([
    ["session-secret", path.join(home, "session-secret")],
    ["signing.p12", pkcs12 ?? path.join(aside, "signing.p12")],
    ["signing-key.pem", key ?? path.join(aside, "signing-key.pem")],
    ["signing-certificate.pem", certificate ?? path.join(aside, "signing-certificate.pem")],
  ]);
}

/** @returns 0 when it is there and verified, 1 when it is refused or does not fit, 2 when no folder is named */
export async function restore(
  named: string | undefined,
  options: { replace?: string; json: boolean },
): Promise<number> {
  if (!named) return misuse("Name the folder of the backup: callbox restore DIR.");
  const { readBackup } = await import("../../platform/backup/take");
  const folder = fromHere(named);
  const began = Date.now();
  await generateClient();
  const manifest = await readBackup(folder);
  const secret = fs.readFileSync(path.join(folder, "keys", "session-secret"), "utf8");
  const given = launcherEnv().secret;
  if (given !== undefined && given !== secret) {
    process.stderr.write(
      "NEXTAUTH_SECRET is another one than the backup's: what channels and people keep sealed would not open. " +
        "Set it to what keys/session-secret holds, or unset it. Nothing was changed.\n",
    );
    return 1;
  }
  // As a console, since nobody else may use the data folder meanwhile.
  const database = await openDatabase("console");
  try {
    const places: Places = {
      ownerUrl: database.ownerUrl,
      appUrl: database.appUrl,
      publicFolder: launcherEnv().publicFolder ?? path.join(database.home, "public"),
      checkpoints: checkpointFolder(),
      keys: keyPlaces(database.home),
    };
    fs.mkdirSync(database.home, { recursive: true });
    const kept = await restoreInto(folder, manifest, places, options.replace, new Date());
    database.markTouched();
    const problems = await verifyRestored(database.appUrl, manifest);
    const seconds = (Date.now() - began) / 1000;
    for (const line of kept) say(line);
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ ok: problems.length === 0, takenAt: manifest.takenAt, seconds, problems })}\n`
        : `Put back “${manifest.site.name}” as it was at ${manifest.takenAt}, in ${seconds.toFixed(1)} s. Everyone signs in again.\n` +
            (problems.length === 0
              ? "The record is unbroken and reaches the entry that the backup names. Hold it against a checkpoint kept elsewhere: verify-log --checkpoint.\n"
              : `BROKEN:\n${problems.map((line) => `  ${line}\n`).join("")}`),
    );
    return problems.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
}

/** Verifies the record and every row it speaks of. @returns what does not fit */
export async function verifyRestored(databaseUrl: string, expect: Pick<Manifest, "head">): Promise<string[]> {
  const { verifyRecord } = await import("../../evidence/verify");
  const { connect } = await import("../../platform/db");
  const client = connect(databaseUrl);
  try {
    return (await verifyRecord(client, new Date(), { expect: expect.head })).problems;
  } finally {
    await client.$disconnect();
  }
}
