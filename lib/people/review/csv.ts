import { writeCsvRow } from "../../platform/csv-row";
import type { AccessRow } from "./data";

const HEAD = [
  "name",
  "email",
  "agency",
  "role",
  "role in",
  "since",
  "last sign-in",
  "second factor",
  "single sign-on",
  "one-time link open until",
  "account",
];

const day = (at: number | null, unknown: string) => (at === null ? unknown : new Date(at).toISOString().slice(0, 10));

/** How a person proves who they are besides the password, in words. */
export function formatFactor({ app, passkeys }: Pick<AccessRow, "app" | "passkeys">): string {
  const keys = passkeys === 0 ? "" : passkeys === 1 ? "1 passkey" : `${passkeys} passkeys`;
  return [app ? "authenticator app" : "", keys].filter(Boolean).join(", ") || "none";
}

/** With what else a person signs in, and when that was last done, in words; empty where there is nothing. */
function formatLinked({ linked }: Pick<AccessRow, "linked">): string {
  return linked
    .map(({ provider, issuer, lastUsed }) => `${provider} (${issuer}), last used ${day(lastUsed, "never")}`)
    .join("; ");
}

/** Who has what, one line for each role of each person. Days are in UTC (RFC 4180). */
export function formatAccessCsv(rows: readonly AccessRow[]): string {
  const lines = rows.flatMap((row) =>
    (row.roles.length > 0 ? row.roles : [{ role: "none", agency: "", since: null }]).map((held) => [
      row.name,
      row.email,
      row.agency,
      held.role,
      held.agency,
      held.role === "none" ? "" : day(held.since, "before this was kept"),
      day(row.lastSignIn, "not in 180 days"),
      formatFactor(row),
      formatLinked(row),
      day(row.openLink, ""),
      row.disabled ? "disabled" : "open",
    ]),
  );
  return [HEAD, ...lines].map(writeCsvRow).join("");
}
