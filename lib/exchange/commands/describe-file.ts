import "server-only";
import type { Actor } from "../../access/actor";
import { agenciesFor } from "../../access/actor";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { type ColumnMap, describeColumns, type FileColumn } from "../columns";
import { FileRefused, readCsv } from "../csv-file";

/** Rows that are looked at to know the columns. */
const ROWS = 14;

/** The first rows of the beginning of a file; its last line may be cut. */
async function readFirstRows(head: Uint8Array, whole: boolean): Promise<string[][]> {
  const lastLine = Math.max(head.lastIndexOf(10), head.lastIndexOf(13));
  const bytes = whole || lastLine < 0 ? head : head.subarray(0, lastLine + 1);
  const rows: string[][] = [];
  for await (const { cells } of readCsv(bytes)) {
    rows.push(cells);
    if (rows.length >= ROWS) break;
  }
  return rows;
}

/** What an agency's files called their columns before. */
async function loadColumns(client: PrismaClient, agencyId: string): Promise<ColumnMap> {
  const { numberColumns } = await client.agency.findUniqueOrThrow({ where: { id: agencyId } });
  return (numberColumns as ColumnMap | null) ?? {};
}

/** The columns of a file, each with its first values and what it most likely is. */
export async function describeFile(
  client: PrismaClient,
  actor: Actor,
  head: Uint8Array,
): Promise<Result<FileColumn[]>> {
  const [agencyId] = agenciesFor(actor, "directory:edit");
  if (!agencyId) return refuse("not-permitted", "Your role does not allow importing numbers.");
  try {
    const agencies = await client.agency.findMany({ select: { code: true, name: true } });
    const names = new Set(agencies.flatMap(({ code, name }) => [code.toLowerCase(), name.toLowerCase()]));
    // What cannot be read as the beginning cannot be read as a whole either.
    return success(describeColumns(await readFirstRows(head, false), await loadColumns(client, agencyId), names));
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return refuse("invalid", "This file can’t be used.", { file: error.message });
  }
}
