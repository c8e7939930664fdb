import "server-only";
import { strToU8, zipSync, type Zippable } from "fflate";
import { type Actor, agenciesFor } from "../../../access/actor";
import { db, type PrismaClient } from "../../../platform/db";

/** One stored message, or null when it does not exist for this person. Always the stored bytes. */
export async function getMessageBytes(actor: Actor, id: string) {
  const row = await db().message.findFirst({
    where: { id, xml: { not: null }, alert: { agencyId: { in: agenciesFor(actor, "message:export") } } },
    select: {
      identifier: true,
      xml: true,
      sha256: true,
      alert: { select: { id: true, agencyId: true, incidentId: true, title: true } },
    },
  });
  return row?.xml ? { ...row, xml: row.xml } : null;
}

/** Whether this person may take the messages of an alert, with what the record says of it. */
export async function getExportableAlert(actor: Actor, id: string) {
  return db().alert.findFirst({
    where: { id, publishedAt: { not: null }, agencyId: { in: agenciesFor(actor, "message:export") } },
    select: { id: true, agencyId: true, incidentId: true, title: true, code: true },
  });
}

/** Stored messages of an alert, by identifier. */
export async function listStoredMessages(client: PrismaClient, alertId: string) {
  return client.message.findMany({
    where: { alertId, xml: { not: null } },
    select: {
      identifier: true,
      xml: true,
      sha256: true,
      sent: true,
      audience: true,
      place: { select: { name: true } },
    },
    orderBy: { identifier: "asc" },
  });
}

interface StoredFile {
  identifier: string;
  xml: Uint8Array | null;
  sha256: string | null;
}

/**
 * The set as a ZIP: each message under its identifier, and a list of
 * fingerprints that `sha256sum -c` reads. Same messages, same bytes.
 */
export function packMessages(messages: readonly StoredFile[]): Uint8Array {
  // ZIP knows no time before 1980; a fixed one keeps the bytes the same every time.
  const options = { mtime: new Date(1980, 0, 1), level: 6 as const };
  const files: Zippable = {};
  for (const { identifier, xml } of messages) if (xml) files[`${identifier}.xml`] = [new Uint8Array(xml), options];
  const list = messages.map(({ identifier, sha256 }) => `${sha256}  ${identifier}.xml\n`).join("");
  files["SHA256SUMS"] = [strToU8(list), options];
  return zipSync(files);
}
