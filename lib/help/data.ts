import fs from "node:fs/promises";
import path from "node:path";
import { type HelpText, readMarkdown } from "./markdown";
import { fileOf } from "./pages";

/** The repository, or the copy that the console is served from. */
const at = (...parts: string[]) => path.join(/* turbopackIgnore: true */ process.cwd(), ...parts);

/** A page of `docs/`, read anew each time; null where there is none of this name. */
export async function getHelpText(page: string): Promise<HelpText | null> {
  const file = fileOf(page);
  return file ? readMarkdown(await fs.readFile(at(file), "utf8")) : null;
}

/** A picture of the pages; null where there is none of this name. */
export async function getHelpPicture(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!/^[a-z][a-z0-9-]*\.png$/.test(file)) return null;
  try {
    return new Uint8Array(await fs.readFile(at("docs", "people", "pictures", file)));
  } catch {
    return null;
  }
}
