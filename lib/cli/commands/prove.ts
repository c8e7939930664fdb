import { misuse } from "../input-files";
import { oneLine } from "../one-line";
import { withDatabase } from "../steps";

/** `callbox prove`: one published alert, from its bytes to its approval. Exit 1 when anything does not fit. */
export async function prove(name: string | undefined, options: { json: boolean }): Promise<number> {
  if (!name) return misuse("Name an alert by its code or id.");
  const { proveAlert } = await import("../../evidence/proof/data");
  return withDatabase(async (client) => {
    const proof = await proveAlert(client, name);
    if (!proof) return misuse(`Nothing was published of an alert “${oneLine(name)}”.`);
    if (options.json) process.stdout.write(`${JSON.stringify(proof)}\n`);
    else {
      process.stdout.write(`${oneLine(proof.title)} (${proof.code})\n`);
      for (const { ok, says, problems } of proof.steps) {
        process.stdout.write(`  ${ok ? "right    " : "NOT RIGHT"}  ${says}\n`);
        for (const problem of problems) process.stdout.write(`             ${oneLine(problem)}\n`);
      }
    }
    return proof.ok ? 0 : 1;
  });
}
