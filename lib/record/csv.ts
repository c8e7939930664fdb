import { writeCsvRow } from "../platform/csv-row";
import type { AuditEntry } from "./schema";

/** The record as CSV, RFC 4180, with a byte order mark so that Excel reads it as UTF-8. */
export function writeLogCsv(entries: readonly AuditEntry[]): string {
  const head = ["entry", "time", "who", "action", "what", "subject", "fingerprint", "before"];
  const rows = entries.map(({ seq, at, actor, action, summary, subjectId, hash, prevHash }) =>
    writeCsvRow([seq, at, actor, action, summary, subjectId, hash, prevHash]),
  );
  return `\ufeff${writeCsvRow(head)}${rows.join("")}`;
}
