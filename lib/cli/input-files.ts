import fs from "node:fs";
import path from "node:path";
import { oneLine } from "./one-line";
import { launcherEnv } from "../platform/env";

/** Files a command is given: names, folders that are walked, and - for standard input. */

export interface InputFile {
  /** As it was named. */
  file: string;
  bytes: Buffer;
}

const READ = /\.(cap|xml|atom|rss|edxlde|edxl)$/i;

/** What a command was given cannot be used at all; the exit status is 2. */
export class WrongUsage extends Error {}

function readFile(name: string, at: string): Buffer {
  try {
    return fs.readFileSync(at);
  } catch {
    throw new WrongUsage(`“${oneLine(name)}” cannot be read.`);
  }
}

/** npm runs commands in the package's folder; names are meant where the person stands. */
export const fromHere = (name: string) => path.resolve(launcherEnv().startedIn ?? ".", name);

function* walk(folder: string): Generator<string> {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(at);
    else if (entry.isFile() && READ.test(entry.name)) yield at;
  }
}

function readStandardInput(): Buffer {
  return fs.readFileSync(0);
}

/**
 * Reads each in turn, so that many large files are never in memory together.
 * @throws WrongUsage with the name when one cannot be read
 */
export function* readInputs(names: readonly string[]): Generator<InputFile> {
  for (const name of names) {
    if (name === "-") {
      yield { file: "-", bytes: readStandardInput() };
      continue;
    }
    const at = fromHere(name);
    if (!fs.existsSync(at)) throw new WrongUsage(`There is no file “${oneLine(name)}”.`);
    if (!fs.statSync(at).isDirectory()) yield { file: name, bytes: readFile(name, at) };
    else
      for (const inside of walk(at))
        yield { file: path.join(name, path.relative(at, inside)), bytes: readFile(inside, inside) };
  }
}

/** Says what is missing, for the exit status of wrong usage. */
export function misuse(words: string): 2 {
  process.stderr.write(`${words}\n`);
  return 2;
}
