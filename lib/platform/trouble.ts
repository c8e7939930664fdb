/** Trouble with the database in words for people, without an address or a library's own text. */

/** The database did not answer in time, so whether a change was made has to be looked up. */
export class DatabaseSilent extends Error {
  override name = "DatabaseSilent";
}

/** No server took the connection, or the one that did was on its way out: nothing was changed. */
export class DatabaseSwitching extends Error {
  override name = "DatabaseSwitching";
  /** As PostgreSQL says it of a server that takes no connection now, so that Prisma hands it on as such. */
  readonly code = "57P03";
  readonly severity = "FATAL";
  constructor(options?: ErrorOptions) {
    super("The database takes no connection now.", options);
  }
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

const CROWDED =
  "The database has no room for another connection at this moment. Nothing was changed. What you wrote is still here; try again in a few seconds.";

const SWITCHING =
  "The database is being switched over or restarted. Nothing you typed is lost; try again in a few seconds.";

/** Codes of Prisma, of the driver and of sockets for a connection that could not be had. */
const UNREACHED = /^(?:P1001|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|DatabaseNotReachable)$/;
/** The same for one that broke, so that what was asked last may have been done. */
const BROKEN = /^(?:P1017|ECONNRESET|EPIPE|ConnectionClosed)$/;

/** The first of an error's own codes and of those behind it that a pattern knows. */
function hasCode(error: unknown, pattern: RegExp, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  const { code, kind, meta, cause, driverAdapterError } = error as Record<string, unknown>;
  if ([code, kind].some((one) => typeof one === "string" && pattern.test(one))) return true;
  return [meta, cause, driverAdapterError].some((one) => hasCode(one, pattern, depth + 1));
}

const messageOf = (error: unknown) => String((error as { message?: unknown } | null)?.message ?? "");

/** Whether no server could be had, so that nothing was asked of one; or it was one that takes no changes. */
export function isUnreached(error: unknown): boolean {
  const state = sqlState(error);
  return (
    state === "57P03" ||
    state === "25006" ||
    state === "08001" ||
    hasCode(error, UNREACHED) ||
    /ECONNREFUSED|reach database/i.test(messageOf(error))
  );
}

/** Whether the server is gone, or the connection to it: another one may be had, and what was not committed did not happen. */
export function isLost(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined && /^(?:08|57P0)/.test(state)) return true;
  return (
    isUnreached(error) ||
    hasCode(error, BROKEN) ||
    /ECONNRESET|EPIPE|Connection (?:terminated|closed|error)|Client has encountered a connection error/i.test(
      messageOf(error),
    )
  );
}

/** Whether the server has no room for another connection: one is free again when someone gives theirs back. */
export const isCrowded = (error: unknown): boolean => sqlState(error) === "53300";

/** What to tell a person about trouble with the database; null for any other error. */
export function describeTrouble(error: unknown): string | null {
  if (error instanceof DatabaseSilent) return SILENT;
  if (isUnreached(error)) return SWITCHING;
  const state = sqlState(error);
  if (state === "55P03") return BUSY;
  if (state === "53100") return FULL;
  if (isCrowded(error) || (error as { code?: string } | null)?.code === "P2037") return CROWDED;
  if (isLost(error) || state?.startsWith("08") || state?.startsWith("57")) return SILENT;
  const { code } = (error ?? {}) as { code?: string };
  if (code === "P2028" || code === "P1002" || code === "P1008") return SILENT;
  return /timeout/i.test(messageOf(error)) ? SILENT : null;
}
