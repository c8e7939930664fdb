import fs from "node:fs";
import path from "node:path";
import { fromHere } from "../input-files";
import { CHECKOUT, say } from "../steps";
import { findUnknown } from "../supply-chain/allowed";
import { readLockFile } from "../supply-chain/lock-file";
import { writeSbom } from "../supply-chain/sbom";

/** `callbox sbom`: what Callbox is made of, from the lock file alone. @returns 1 when something is on no list */
export function sbom(options: { out?: string }): number {
  const text = fs.readFileSync(path.join(CHECKOUT, "package-lock.json"), "utf8");
  const lock = readLockFile(text);
  const written = `${JSON.stringify(writeSbom(lock, text), null, 1)}\n`;
  if (options.out === undefined) process.stdout.write(written);
  else fs.writeFileSync(fromHere(options.out), written);
  const unknown = findUnknown(lock.packages);
  for (const line of unknown) say(line);
  return unknown.length === 0 ? 0 : 1;
}
