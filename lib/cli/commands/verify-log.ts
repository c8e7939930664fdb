import fs from "node:fs";
import path from "node:path";
import { fromHere, misuse, WrongUsage } from "../input-files";
import { oneLine } from "../one-line";
import { withDatabase } from "../steps";

/** A checkpoint from a file, if it was signed. @throws with a plain sentence when it was not */
export async function readSigned(file: string, key: string | undefined): Promise<{ seq: number; hash: string }> {
  const { readCheckpoint, verifyCheckpoint } = await import("../../record/checkpoint");
  const at = fromHere(file);
  const read = (name: string) => {
    try {
      return fs.readFileSync(name);
    } catch {
      throw new WrongUsage(`“${oneLine(name)}” cannot be read.`);
    }
  };
  const text = read(at).toString("utf8");
  const pem = read(key === undefined ? path.join(path.dirname(at), "key.pem") : fromHere(key)).toString("utf8");
  const found = readCheckpoint(text);
  if (!found || !verifyCheckpoint(text, read(at.replace(/\.txt$/, ".sig")), pem)) {
    throw new WrongUsage("The checkpoint was not signed with this key, or was altered.");
  }
  return found;
}

/** `callbox verify-log`: the record checked from outside the console. Exit 1 when anything does not fit. */
export async function verifyLog(options: {
  json: boolean;
  expect?: string;
  checkpoint?: string;
  key?: string;
}): Promise<number> {
  const { parseCheckpoint, verifyRecord } = await import("../../evidence/verify");
  const noted = options.expect === undefined ? undefined : parseCheckpoint(options.expect);
  if (noted === null) return misuse("--expect takes SEQ:HASH, as verify-log prints it.");
  if (noted && options.checkpoint !== undefined) return misuse("Give --expect or --checkpoint, not both.");
  const expect = options.checkpoint === undefined ? noted : await readSigned(options.checkpoint, options.key);
  return withDatabase(async (client) => {
    const found = await verifyRecord(client, new Date(), expect ? { expect } : {});
    if (options.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
    } else if (found.ok) {
      process.stdout.write(
        `Unbroken: ${found.entries} entries, ${found.publications} publications, ${found.rows} rows. Last entry ${found.head}\n`,
      );
    } else {
      process.stdout.write(
        `BROKEN: ${found.problems.length} ${found.problems.length === 1 ? "problem" : "problems"}.\n${found.problems.map((line) => `  ${line}\n`).join("")}`,
      );
    }
    return found.ok ? 0 : 1;
  });
}
