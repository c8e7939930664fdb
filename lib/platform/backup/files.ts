import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BackupFile } from "./schema";

/** Files of a backup: written once with their fingerprint, and read back only when they still have it. */

/** Passes bytes on and counts and digests them. */
function meter(): { stream: Transform; result: () => { bytes: number; sha256: string } } {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}

/** Waits until the disk has a file or a folder. */
export async function flush(at: string): Promise<void> {
  const handle = await fs.promises.open(at, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes one file of a backup and waits until the disk has it. Only its owner may read it.
 * @param source opens the bytes, once something listens for how that ends
 * @param through what the bytes go through on their way, such as a compressor
 */
export async function writeFile(
  folder: string,
  name: string,
  source: () => Readable,
  through: readonly Transform[] = [],
): Promise<BackupFile> {
  const at = path.join(folder, name);
  await fs.promises.mkdir(path.dirname(at), { recursive: true, mode: 0o700 });
  const { stream, result } = meter();
  await pipeline([source(), ...through, stream, fs.createWriteStream(at, { flags: "wx", mode: 0o600 })]);
  await flush(at);
  return { path: name, ...result() };
}

/** SHA-256 of a file and its length in bytes. @throws when it cannot be read */
export async function digestFile(at: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of fs.createReadStream(at) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** What does not fit of the files that a manifest names, one plain sentence each. */
export async function findDamage(folder: string, files: readonly BackupFile[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { path: name, bytes, sha256 } of files) {
    const found = await digestFile(path.join(folder, name)).catch(() => null);
    if (!found) problems.push(`${name} is missing or cannot be read.`);
    else if (found.bytes !== bytes || found.sha256 !== sha256) problems.push(`${name} is not what was backed up.`);
  }
  return problems;
}

/**
 * Puts a file of a backup in its place, written aside and moved. One that is
 * there with other bytes is kept beside it, under a name with the moment.
 * @returns what was done with the place
 */
export async function putBack(
  from: string,
  to: string,
  mode: number,
  now: Date,
): Promise<"was there" | "written" | "kept the other"> {
  const [mine, theirs] = [await digestFile(from), await digestFile(to).catch(() => null)];
  if (theirs?.sha256 === mine.sha256) return "was there";
  await fs.promises.mkdir(path.dirname(to), { recursive: true });
  const making = `${to}.${process.pid}.new`;
  await fs.promises.copyFile(from, making);
  await fs.promises.chmod(making, mode);
  await flush(making);
  if (theirs) await fs.promises.rename(to, `${to}.before-${now.toISOString().replaceAll(":", "-")}`);
  await fs.promises.rename(making, to);
  return theirs ? "kept the other" : "written";
}
