import "server-only";
import { inTransaction, type PrismaClient } from "../../platform/db";
import { fingerprint } from "../../record/chain";
import type { ColumnMap } from "../columns";
import { FileRefused } from "../csv-file";
import type { Mapping } from "../place-file";
import { claimImport, failImport } from "./begin";
import type { Importer } from "./importer";
import { planNumbers } from "./plan-numbers";
import { planPlaces } from "./plan-places";
import { NoLongerOurs, Preview } from "./preview";

/**
 * Begins to read, from the first row on, whatever another process had read before it died.
 * @returns the turn of this reading, or null when the import is not waiting any more
 */
async function takeUp(client: PrismaClient, id: string): Promise<number | null> {
  return inTransaction(client, async (transaction) => {
    const [row] = await transaction.directoryImport.updateManyAndReturn({
      where: { id, state: "reading" },
      data: { turn: { increment: 1 }, progress: 0, counts: {} },
      select: { turn: true },
    });
    if (!row) return null;
    await transaction.importRow.deleteMany({ where: { importId: id } });
    return row.turn;
  });
}

/**
 * Reads the file of an import, unless it has another one already, and keeps what would
 * become of every row. Expected trouble ends in the state "failed"; an import
 * that is dropped meanwhile stays dropped.
 */
export async function readImport(
  client: PrismaClient,
  importer: Importer,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  await claimImport(client, id, bytes);
  const row = await client.directoryImport.findUniqueOrThrow({ where: { id } });
  // Another file that came second is not read under the first one's name.
  if (row.state !== "reading" || row.sha256 !== fingerprint(bytes)) return;
  const turn = await takeUp(client, id);
  if (turn === null) return;
  const preview = new Preview(client, id, turn);
  try {
    if (row.kind === "numbers")
      await planNumbers(client, importer, id, bytes, preview, (row.mapping as { columns?: ColumnMap } | null)?.columns);
    else await planPlaces(client, importer, bytes, row.mapping as unknown as Mapping, preview);
    await preview.close();
  } catch (error) {
    await preview.settle();
    if (error instanceof NoLongerOurs) return;
    // What went wrong on our side may go well the next time, where there is one.
    if (!(error instanceof FileRefused)) throw error;
    await failImport(client, id, error.message, turn);
  }
}
