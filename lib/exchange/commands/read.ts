import "server-only";
import type { PrismaClient } from "../../platform/db";
import { fingerprint } from "../../record/chain";
import type { ColumnMap } from "../columns";
import { FileRefused } from "../csv-file";
import type { Mapping } from "../place-file";
import { claimImport, failImport } from "./begin";
import type { Importer } from "./importer";
import { planNumbers } from "./plan-numbers";
import { planPlaces } from "./plan-places";
import { ImportDropped, Preview } from "./preview";

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
  const preview = new Preview(client, id);
  try {
    if (row.kind === "numbers")
      await planNumbers(client, importer, id, bytes, preview, (row.mapping as { columns?: ColumnMap } | null)?.columns);
    else await planPlaces(client, importer, bytes, row.mapping as unknown as Mapping, preview);
    await preview.close();
  } catch (error) {
    await preview.settle();
    if (error instanceof ImportDropped) {
      await client.importRow.deleteMany({ where: { importId: id } });
      return;
    }
    if (!(error instanceof FileRefused)) {
      await failImport(client, id, "Something went wrong on our side while reading. Try again.");
      throw error;
    }
    await failImport(client, id, error.message);
  }
}
