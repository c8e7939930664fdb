import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { launcherEnv } from "../../platform/env";
import { writeWhole } from "../../platform/owner-lock";
import { misuse } from "../input-files";
import { checkpointFolder, sessionSecret, withDatabase } from "../steps";

/** `callbox rekey`: another secret for the site. */

/** Where the new secret is from its making until the database has it: an interrupted change goes on with the same. */
const NEXT = "session-secret.next";

/** @returns 0 when all is sealed with the new secret, 2 when something needed is missing */
export async function rekey(options: { json: boolean }): Promise<number> {
  const { secret: given, newSecret } = launcherEnv();
  if (given && (newSecret ?? "").length < 32)
    return misuse("NEXTAUTH_SECRET is set: give the new one, 32 or more random characters, in CALLBOX_NEW_SECRET.");
  if (!given && newSecret) return misuse("CALLBOX_NEW_SECRET goes with NEXTAUTH_SECRET; here a new one is made.");
  return withDatabase(async (client, database) => {
    if (database.bundled && !database.lock)
      return misuse("The console runs on this data folder. Stop it first: it holds the old secret.");
    const from = sessionSecret(database.home);
    const next = path.join(database.home, NEXT);
    if (!given && !fs.existsSync(next)) writeWhole(next, randomBytes(48).toString("base64url"));
    const to = given ? newSecret! : fs.readFileSync(next, "utf8");
    if (to === from) return misuse("The new secret is the old one.");
    const moved = () => fs.renameSync(next, path.join(database.home, "session-secret"));
    // Ended between the database and the file: what is left is the file.
    if (!given && (await isKnown(client, to))) {
      moved();
      process.stdout.write(options.json ? "{}\n" : "The change that was interrupted is whole now.\n");
      return 0;
    }
    const { connect } = await import("../../platform/db");
    const { keepCheckpoint } = await import("../../evidence/commands/keep-checkpoint");
    const { rekey: rekeyDatabase } = await import("../../operations/commands/rekey");
    const folder = checkpointFolder();
    // What was said until now stands under the old key, which is kept beside it.
    await keepCheckpoint(client, { folder, secret: from }, new Date());
    const owner = connect(database.ownerUrl, { connections: 1 });
    try {
      const done = await rekeyDatabase(owner, { from, to }, new Date());
      if (!given) moved();
      const before = path.join(folder, `key-until-entry-${await lastEntry(client)}.pem`);
      if (fs.existsSync(path.join(folder, "key.pem"))) fs.renameSync(path.join(folder, "key.pem"), before);
      await keepCheckpoint(client, { folder, secret: to }, new Date());
      process.stdout.write(
        options.json
          ? `${JSON.stringify(done)}\n`
          : `${done.sealed} sealed secrets are sealed with the new secret, and ${done.sessions} sessions ended. ` +
              `${done.withoutCodes} people need new recovery codes. Checkpoints signed before verify with ${before}.\n` +
              (given ? "Set NEXTAUTH_SECRET to the new secret before you start the console.\n" : ""),
      );
      return 0;
    } finally {
      await owner.$disconnect();
    }
  });
}

/** Whether the record says that the site has this secret now. */
async function isKnown(client: import("../../platform/db").PrismaClient, secret: string): Promise<boolean> {
  const { sitePublicHex } = await import("../../record/site-key");
  const last = await client.auditEvent.findFirst({ where: { action: "site.rekeyed" }, orderBy: { seq: "desc" } });
  const { checkpointKeyAfter } = (last?.data ?? {}) as { checkpointKeyAfter?: string };
  return checkpointKeyAfter === sitePublicHex(secret, "checkpoints");
}

async function lastEntry(client: import("../../platform/db").PrismaClient): Promise<string> {
  const { seq } = await client.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" }, select: { seq: true } });
  return String(seq);
}
