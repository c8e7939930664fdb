import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import type { SigningSettings } from "../env";
import { dumpDatabase } from "./dump";
import { findDamage, flush, writeFile } from "./files";
import { BACKUP_FORMAT, type BackupFile, MANIFEST, type Manifest, manifestSchema } from "./schema";

/** A whole backup: database, keys, the public site as it is served, signed checkpoints. */

/** Where the parts of a site are that are not in its database. */
export interface SiteFiles {
  /** The site's secret: sessions, keys of checkpoints and the kit, and what channels keep sealed come from it. */
  secret: string;
  signing: SigningSettings;
  publicFolder: string;
  checkpoints: string;
}

/** The file a secret is kept in, here and in a data folder. */
export const SECRET_FILE = "session-secret";

/** Files that lie in a folder itself, by name; what is being written aside is left out. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await fs.promises.readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && !entry.name.endsWith(".new"))
    .map(({ name }) => name)
    .sort();
}

/** The files of the signing key, by the name each has in a backup. The passphrase stays out. */
export function signingFiles({ pkcs12, key, certificate }: SigningSettings): [name: string, at: string][] {
  const named: [string, string | undefined][] = [
    ["signing.p12", pkcs12],
    ["signing-key.pem", key],
    ["signing-certificate.pem", certificate],
  ];
  return named.filter((one): one is [string, string] => one[1] !== undefined);
}

/**
 * Makes a backup as a folder. It is written aside under another name and moved
 * to its own when everything is on the disk, so a folder of that name is whole.
 * @param target the folder to make; its parent exists
 * @throws in plain words when it cannot be made whole; nothing stays of it then
 */
export async function takeBackup(databaseUrl: string, site: SiteFiles, target: string): Promise<Manifest> {
  if (fs.existsSync(target)) throw new Error(`${target} is there already. A backup is never written over another.`);
  const making = `${target}.partial-${process.pid}`;
  try {
    await fs.promises.mkdir(making, { mode: 0o700 });
    const { files: tables, ...database } = await dumpDatabase(databaseUrl, making);
    const files: BackupFile[] = [...tables];
    files.push(await writeFile(making, `keys/${SECRET_FILE}`, () => Readable.from([Buffer.from(site.secret, "utf8")])));
    for (const [name, at] of signingFiles(site.signing))
      files.push(await writeFile(making, `keys/${name}`, () => fs.createReadStream(at)));
    for (const [part, folder] of [
      ["public", site.publicFolder],
      ["checkpoints", site.checkpoints],
    ] as const)
      for (const name of await filesIn(folder))
        files.push(await writeFile(making, `${part}/${name}`, () => fs.createReadStream(path.join(folder, name))));
    const manifest: Manifest = manifestSchema.parse({ format: BACKUP_FORMAT, ...database, files });
    await writeFile(making, MANIFEST, () =>
      Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`, "utf8")]),
    );
    await flush(making);
    await fs.promises.rename(making, target);
    await flush(path.dirname(target));
    return manifest;
  } catch (error) {
    await fs.promises.rm(making, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads what a backup says of itself, and holds every file against it.
 * @throws with plain sentences when it is no whole backup
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const text = await fs.promises.readFile(path.join(folder, MANIFEST), "utf8").catch(() => {
    throw new Error(`${folder} is no backup: it has no ${MANIFEST}, which is written last.`);
  });
  let manifest: Manifest;
  try {
    manifest = manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${MANIFEST} in ${folder} is damaged, or of a Callbox this one does not know.`);
  }
  const listed = new Set(manifest.files.map((file) => file.path));
  const unlisted = manifest.tables.find(({ file }) => !listed.has(file));
  const damage = unlisted ? [`${unlisted.file} is not listed.`] : await findDamage(folder, manifest.files);
  if (damage.length > 0) throw new Error(`This backup is damaged, so nothing of it is used. ${damage.join(" ")}`);
  return manifest;
}
