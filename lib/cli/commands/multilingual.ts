import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fromHere, misuse } from "../input-files";
import { oneLine } from "../one-line";
import { withDatabase } from "../steps";

/** `callbox import-multilingual`: regulated texts in many languages from a file, kept as the file has them. */
export async function importMultilingualFile(options: {
  file: string | undefined;
  source: string | undefined;
  dryRun: boolean;
  json: boolean;
}): Promise<number> {
  if (!options.file) return misuse("Name the file.");
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(fromHere(options.file));
  } catch {
    return misuse(`${oneLine(options.file)} cannot be read.`);
  }
  const { readMultilingualFile, TextsRefused } = await import("../../exchange/multilingual-file");
  const { describeTexts } = await import("../../wording/multilingual");
  const file = { name: path.basename(options.file), sha256: createHash("sha256").update(bytes).digest("hex") };
  let body;
  try {
    body = readMultilingualFile(bytes, file, options.source);
  } catch (error) {
    if (!(error instanceof TextsRefused)) throw error;
    for (const problem of error.problems) process.stderr.write(`${oneLine(problem)}\n`);
    process.stderr.write(`${oneLine(file.name)}: nothing was written.\n`);
    return 1;
  }
  const notes = describeTexts(body.texts);
  const languages = body.texts.map(({ language }) => language);
  const tell = (version: number | null, isNew: boolean) => {
    if (options.json) {
      process.stdout.write(
        `${JSON.stringify({ file: file.name, source: body.source, languages, version, isNew, notes })}\n`,
      );
      return;
    }
    for (const note of notes) process.stdout.write(`${oneLine(note)}\n`);
    const result =
      version === null
        ? "nothing was written"
        : isNew
          ? `kept as version ${version}; they are on the Templates page`
          : `unchanged, they are version ${version}`;
    process.stdout.write(`${languages.length} texts (${languages.join(", ")}): ${result}.\n`);
  };
  if (options.dryRun) {
    tell(null, false);
    return 0;
  }
  return withDatabase(async (client) => {
    if ((await client.site.count()) === 0) return misuse("There is no site yet. Make one with callbox init.");
    const { importMultilingual } = await import("../../exchange/commands/import-multilingual");
    const { version, isNew } = await importMultilingual(client, body, "an administrator at the server", new Date());
    tell(version, isNew);
    return 0;
  });
}
