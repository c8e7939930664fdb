import { misuse } from "../input-files";
import { withDatabase } from "../steps";

/** `callbox verify-log`: the record checked from outside the console. Exit 1 when anything does not fit. */
export async function verifyLog(options: { json: boolean; expect?: string }): Promise<number> {
  const { parseCheckpoint, verifyRecord } = await import("../../evidence/verify");
  const expect = options.expect === undefined ? undefined : parseCheckpoint(options.expect);
  if (expect === null) return misuse("--expect takes SEQ:HASH, as verify-log prints it.");
  return withDatabase(async (client) => {
    const found = await verifyRecord(client, new Date(), expect ? { expect } : {});
    if (options.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
    } else if (found.ok) {
      process.stdout.write(
        `Unbroken: ${found.entries} entries, ${found.publications} publications, ${found.rows} rows. Last entry ${found.head}\n`,
      );
    } else {
      process.stdout.write(
        `BROKEN: ${found.problems.length} ${found.problems.length === 1 ? "problem" : "problems"}.\n${found.problems.map((line) => `  ${line}\n`).join("")}`,
      );
    }
    return found.ok ? 0 : 1;
  });
}
