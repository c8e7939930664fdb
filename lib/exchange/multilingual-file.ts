import { parse } from "csv-parse/sync";
import { z } from "zod";
import { type MultilingualBody, multilingualBodySchema } from "../wording/multilingual";

/**
 * A file of regulated texts: JSON, {"source": …, "templates": [{"language",
 * "name", "text", "note"}]} or the list alone; or CSV with these columns and a
 * column "source". UTF-8 only, since a text must stay as it is.
 */

/** Why a file cannot be taken, a sentence for each thing that is wrong. */
export class TextsRefused extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join(" "));
  }
}

/** Bytes of a file: fourteen texts are a few thousand. */
const MOST_BYTES = 1024 * 1024;

const rowSchema = z.object({
  language: z.string().trim().default(""),
  name: z.string().trim().default(""),
  text: z.string().default(""),
  note: z.string().trim().default(""),
});
const listSchema = z.array(rowSchema);
const fileSchema = z.union([
  z.object({ source: z.string().default(""), templates: listSchema }),
  listSchema.transform((templates) => ({ source: "", templates })),
]);

function decode(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new TextsRefused(["The file is larger than 1 MB."]);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TextsRefused(["The file is not UTF-8. Save it as UTF-8."]);
  }
}

function readJson(text: string) {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new TextsRefused(["The file is neither CSV with a column “language” nor JSON that can be read."]);
  }
  const read = fileSchema.safeParse(json);
  if (!read.success) {
    throw new TextsRefused(["The JSON has no list “templates” of objects with “language” and “text”."]);
  }
  return read.data;
}

function readCsv(text: string) {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: (headings: string[]) => headings.map((heading) => heading.trim().toLowerCase()),
      skip_empty_lines: true,
      bom: true,
    });
  } catch (error) {
    throw new TextsRefused([`The CSV cannot be read: ${error instanceof Error ? error.message : "it is damaged"}.`]);
  }
  const templates = listSchema.parse(rows);
  const sources = [...new Set(rows.map(({ source = "" }) => source.trim()).filter(Boolean))];
  if (sources.length > 1)
    throw new TextsRefused(["The rows name more than one source. Load each from a file of its own."]);
  return { source: sources[0] ?? "", templates };
}

/**
 * The texts of a file, as they are kept.
 * @param file its name and the SHA-256 of its bytes
 * @param source which document the texts are from, where the file does not say
 * @throws TextsRefused when anything in it is wrong; nothing is taken in part
 */
export function readMultilingualFile(
  bytes: Uint8Array,
  file: { name: string; sha256: string },
  source = "",
): MultilingualBody {
  const text = decode(bytes);
  const isJson = /^\ufeff?\s*[[{]/.test(text);
  const read = isJson ? readJson(text.replace(/^\ufeff/, "")) : readCsv(text);
  const body = multilingualBodySchema.safeParse({
    format: "callbox-multilingual-1",
    source: source || read.source,
    file,
    texts: read.templates,
  });
  const rowOf = (index: unknown) => (typeof index === "number" ? `Text ${index + 1}: ` : "");
  const problems = body.success
    ? []
    : body.error.issues.map(({ path, message }) => `${path[0] === "texts" ? rowOf(path[1]) : ""}${message}`);
  const seen = new Set<string>();
  for (const [index, { language }] of read.templates.entries()) {
    if (seen.has(language.toLowerCase())) problems.push(`Text ${index + 1}: ${language} is in the file twice.`);
    seen.add(language.toLowerCase());
  }
  if (!body.success || problems.length > 0) throw new TextsRefused(problems);
  return body.data;
}
