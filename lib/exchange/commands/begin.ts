import "server-only";
import type { PrismaClient } from "../../platform/db";
import { refuse, type Result, success } from "../../platform/result";
import { fingerprint } from "../../record/chain";
import type { BeginImport } from "../schema";
import { type Importer, nameOf } from "./importer";

/** Makes an empty import, so that its progress can be asked for while the file is read. */
export async function beginImport(
  client: PrismaClient,
  importer: Importer,
  { kind, fileName, mapping, columns }: BeginImport,
  now: Date,
): Promise<string> {
  const row = await client.directoryImport.create({
    data: {
      kind,
      fileName,
      agencyId: importer.agencyId,
      byId: importer.actor?.personId ?? null,
      by: nameOf(importer),
      at: now,
      state: "reading",
      counts: {},
      ...(mapping ? { mapping } : columns ? { mapping: { columns } } : {}),
    },
  });
  // The agency's next file of the same making is read the same way.
  if (columns) await client.agency.update({ where: { id: importer.agencyId }, data: { numberColumns: columns } });
  return row.id;
}

/**
 * Ends an import that cannot be read, unless it was dropped or read in the meantime.
 * @param turn of the reading that failed: where another one has begun since, that one goes on
 */
export async function failImport(client: PrismaClient, id: string, problem: string, turn?: number): Promise<void> {
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: "reading", ...(turn === undefined ? {} : { turn }) },
    data: { state: "failed", problem, counts: {} },
  });
  if (count > 0) await clear(client, id);
}

/** Forgets what was read, and the file. */
async function clear(client: PrismaClient, id: string): Promise<void> {
  await client.importRow.deleteMany({ where: { importId: id } });
  await client.importSlice.deleteMany({ where: { importId: id } });
}

/**
 * Takes the one file of an import. @returns false when it has a file already, or is not waiting for one
 */
export async function claimImport(client: PrismaClient, id: string, bytes: Uint8Array): Promise<boolean> {
  const sha256 = fingerprint(bytes);
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: "reading", sha256: null },
    data: { sha256, size: bytes.length },
  });
  return count === 1;
}

/** Drops a preview. Nothing was written. */
export async function dropImport(client: PrismaClient, id: string): Promise<Result<null>> {
  const { count } = await client.directoryImport.updateMany({
    where: { id, state: { in: ["read", "reading", "failed"] } },
    data: { state: "dropped" },
  });
  if (count === 0) return refuse("gone", "This import was applied or dropped already.");
  await clear(client, id);
  return success(null);
}
