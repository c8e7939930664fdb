import type { AuditEntry } from "./schema";

/** One cell. What a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value: string | number | null): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The record as CSV, RFC 4180, with a byte order mark so that Excel reads it as UTF-8. */
export function writeLogCsv(entries: readonly AuditEntry[]): string {
  const head = ["entry", "time", "who", "action", "what", "subject", "fingerprint", "before"];
  const rows = entries.map((entry) =>
    [entry.seq, entry.at, entry.actor, entry.action, entry.summary, entry.subjectId, entry.hash, entry.prevHash]
      .map(cell)
      .join(","),
  );
  return `\ufeff${[head.map(cell).join(","), ...rows].join("\r\n")}\r\n`;
}
