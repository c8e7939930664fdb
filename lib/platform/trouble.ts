/** Trouble with the database in words for people, without an address or a library's own text. */

/** The database did not answer in time, so whether a change was made has to be looked up. */
export class DatabaseSilent extends Error {
  override name = "DatabaseSilent";
}

/** SQLSTATE of PostgreSQL behind an error of Prisma or of the driver, if there is one. */
function sqlState(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const { code, originalCode, meta, cause } = error as Record<string, unknown>;
  for (const one of [originalCode, code])
    if (typeof one === "string" && /^(?!P[1-9])[0-9A-Z]{5}$/.test(one)) return one;
  return (
    sqlState(meta, depth + 1) ??
    sqlState((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, depth + 1) ??
    sqlState(cause, depth + 1)
  );
}

const BUSY =
  "Someone else's change is taking unusually long, so yours was given up. Nothing was changed. What you wrote is still here; try again.";
const SILENT =
  "The database does not answer, so nothing can be said for certain. What you wrote is still here. Reload to see what was saved before you try again.";
const FULL =
  "The database's disk is full. Nothing was changed, and nothing can be until there is room. What you wrote is still here. Tell whoever runs this console.";

/** What to tell a person about trouble with the database; null for any other error. */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof DatabaseSilent) return SILENT;
  const state = sqlState(error);
  if (state === "55P03") return BUSY;
  if (state === "53100" || state === "25006") return FULL;
  if (state?.startsWith("08") || state?.startsWith("57")) return SILENT;
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code === "P2028" || code === "P1001" || code === "P1002" || code === "P1008" || code === "P1017") return SILENT;
  return /timeout|ECONNREFUSED|ECONNRESET|Connection terminated|reach database/i.test(message ?? "") ? SILENT : null;
}
