import { withDatabase } from "./steps";

/** `callbox verify-log`: the record checked from outside the console. Exit 1 when anything does not fit. */
export async function verifyLog(options: { json: boolean }): Promise<number> {
  return withDatabase(async (client) => {
    const { verifyRecord } = await import("../audit/data");
    const found = await verifyRecord(client, new Date());
    if (options.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
    } else if (found.ok) {
      process.stdout.write(
        `Unbroken: ${found.entries} entries, ${found.publications} publications. Last fingerprint ${found.head}\n`,
      );
    } else {
      process.stdout.write(
        `BROKEN: ${found.problems.length} problems.\n${found.problems.map((line) => `  ${line}\n`).join("")}`,
      );
    }
    return found.ok ? 0 : 1;
  });
}
