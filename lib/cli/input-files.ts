import fs from "node:fs";
import path from "node:path";
import { launcherEnv } from "../platform/env";

/** Files a command is given: names, folders that are walked, and - for standard input. */

export interface InputFile {
  /** As it was named. */
  file: string;
  bytes: Buffer;
}

const READ = /\.(cap|xml|atom|rss|edxlde|edxl)$/i;

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
 * @throws with the name when one cannot be read
 */
export function* readInputs(names: readonly string[]): Generator<InputFile> {
  for (const name of names) {
    if (name === "-") {
      yield { file: "-", bytes: readStandardInput() };
      continue;
    }
    const at = fromHere(name);
    if (!fs.existsSync(at)) throw new Error(`There is no file “${name}”.`);
    if (!fs.statSync(at).isDirectory()) yield { file: name, bytes: fs.readFileSync(at) };
    else
      for (const inside of walk(at))
        yield { file: path.join(name, path.relative(at, inside)), bytes: fs.readFileSync(inside) };
  }
}

/** Says what is missing, for the exit status of wrong usage. */
export function misuse(words: string): 2 {
  process.stderr.write(`${words}\n`);
  return 2;
}
