import fs from "node:fs";
import path from "node:path";
import { fromHere, misuse } from "../input-files";
import { say, withDatabase } from "../steps";

/** `callbox import-numbers`, `import-places` and `export-numbers`: files in and out without a browser. */

interface ImportOptions {
  kind: "numbers" | "places";
  file: string | undefined;
  dryRun: boolean;
  json: boolean;
  agency?: string;
  name?: string;
  geoid?: string;
  population?: string;
  as?: string;
  map?: string;
}

/** "place=Town Name,number=Phone,number:fire=Fire Dept" as a map of columns by heading; a sentence when it is none. */
async function readColumnMap(text: string): Promise<import("../../exchange/columns").ColumnMap | string> {
  const { isRole, ROLES } = await import("../../exchange/columns");
  const map: Record<string, import("../../exchange/columns").Role> = {};
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const [role, heading] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 0 || heading === "" || !isRole(role) || role === "") {
      const roles = ROLES.map((one) => one.role).filter(Boolean);
      return `--map takes pairs such as place:town=Town,number=Phone. “${part}” is none; known are ${roles.join(", ")}.`;
    }
    map[heading] = role;
  }
  return map;
}

export async function importFile(options: ImportOptions): Promise<number> {
  if (!options.file) return misuse("Name the file.");
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(fromHere(options.file));
  } catch {
    return misuse(`${options.file} cannot be read.`);
  }
  const { beginImport, failImport } = await import("../../exchange/commands/begin");
  const { readImport } = await import("../../exchange/commands/read");
  const { guessMapping, isMeaning, listProperties, MEANINGS, readPlaceFile } =
    await import("../../exchange/place-file");
  const { FileRefused } = await import("../../exchange/csv-file");
  return withDatabase(async (client) => {
    const agency = await client.agency.findFirst({
      where: options.agency ? { code: options.agency.toUpperCase() } : { parentId: null },
      orderBy: { id: "asc" },
    });
    if (!agency) {
      return misuse(options.agency ? `There is no agency ${options.agency}.` : "There is no agency yet.");
    }
    const importer = { actor: null, agencyId: agency.id };
    const fileName = path.basename(options.file!);
    const columns = options.map === undefined ? undefined : await readColumnMap(options.map);
    if (typeof columns === "string") return misuse(columns);
    let mapping;
    if (options.kind === "places") {
      try {
        const guess = guessMapping(listProperties(readPlaceFile(bytes).features));
        const as = options.as ?? guess.as ?? "municipality";
        if (!isMeaning(as)) return misuse(`--as takes one of ${MEANINGS.join(", ")}.`);
        mapping = {
          ...guess,
          as,
          name: options.name ?? guess.name,
          code: options.geoid ?? guess.code,
          ...(options.population ? { population: options.population } : {}),
        };
      } catch (error) {
        if (!(error instanceof FileRefused)) throw error;
        process.stderr.write(`${fileName}: ${error.message} Nothing was written.\n`);
        return 1;
      }
    }
    const begun = {
      kind: options.kind,
      fileName,
      ...(mapping ? { mapping } : {}),
      ...(columns ? { columns } : {}),
    };
    const id = await beginImport(client, importer, begun, new Date());
    say(`Reading ${fileName}`);
    const alive = setInterval(() => {
      void client.directoryImport
        .findUnique({ where: { id } })
        .then((row) => row && say(`  … ${row.progress} of about ${row.total} rows`));
    }, 2000);
    try {
      await readImport(client, importer, id, bytes);
    } catch (error) {
      await failImport(client, id, "Something went wrong on our side while reading. Try again.");
      throw error;
    } finally {
      clearInterval(alive);
    }
    return finish(client, importer, id, options);
  });
}

async function finish(
  client: import("../../platform/db").PrismaClient,
  importer: { actor: null; agencyId: string },
  id: string,
  options: ImportOptions,
): Promise<number> {
  const { applyImport } = await import("../../exchange/commands/apply");
  const { dropImport } = await import("../../exchange/commands/begin");
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  const rows = await client.importRow.findMany({
    where: { importId: id, ...(options.json ? {} : { result: "rejected" }) },
    orderBy: { position: "asc" },
  });
  let written = 0;
  let problem = row.problem;
  const counts = row.counts as Record<string, number>;
  const wanted = (counts.new ?? 0) + (counts.changed ?? 0);
  if (row.state === "read" && !options.dryRun && wanted > 0) {
    say(`Writing ${wanted}`);
    const result = await applyImport(client, importer, id, new Date());
    if (result.ok) written = result.value.written;
    else problem = result.message;
  } else {
    await dropImport(client, id);
  }
  const unread = (row.mapping as { unknown?: string[] } | null)?.unknown ?? [];
  const good = problem === null && (counts.rejected ?? 0) === 0;
  if (options.json) {
    const report = rows.map(({ position, result, why, subject, data }) => ({
      line: (data as { line?: number }).line ?? position,
      result,
      subject,
      why,
    }));
    process.stdout.write(
      `${JSON.stringify({ file: row.fileName, ok: good, problem, counts, written, unread, rows: report })}\n`,
    );
  } else {
    for (const { why, subject, data } of rows) {
      process.stdout.write(`line ${(data as { line?: number }).line ?? "?"}: ${subject}: ${why}\n`);
    }
    const { strays } = (row.mapping as { strays?: string } | null) ?? {};
    if (strays) process.stdout.write(`${strays}\n`);
    if (unread.length > 0) process.stdout.write(`Columns that were not read: ${unread.join(", ")}.\n`);
    const said = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
    process.stdout.write(
      problem
        ? `${row.fileName}: ${problem}\n`
        : `${row.fileName}: ${said.join(", ") || "no rows"}; ${written} written.\n`,
    );
  }
  return good ? 0 : 1;
}

export async function exportNumbers(options: { json: boolean; out?: string }): Promise<number> {
  const { writeNumbers } = await import("../../exchange/data");
  return withDatabase(async (client) => {
    if (options.json) {
      const rows = await client.directNumber.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" } });
      process.stdout.write(`${JSON.stringify(rows)}\n`);
      return 0;
    }
    const out = options.out ? fs.createWriteStream(fromHere(options.out)) : process.stdout;
    for await (const part of writeNumbers(client)) {
      if (!out.write(part)) await new Promise<void>((resolve) => out.once("drain", () => resolve()));
    }
    if (out !== process.stdout) await new Promise<void>((resolve) => out.end(() => resolve()));
    return 0;
  });
}
