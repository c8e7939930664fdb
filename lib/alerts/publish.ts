import "server-only";
import { randomUUID } from "node:crypto";
import { RENDERER, renderMessage } from "./renderers/cap-2";
import type { Bundle } from "./bundle";
import { fingerprint, manifestHash } from "../record/chain";
import { appendAudit } from "../record/append";
import type { Actor } from "../access/actor";
import { inTransaction, type PrismaClient, type Transaction } from "../platform/db";
import { inSlices } from "../platform/slices";
import { MESSAGE_RULES } from "../standards/all-rules";
import { checkDerived } from "../standards/derived";
import { writeCap } from "../standards/cap/write";
import { applyRules, isStopping } from "../standards/rule";
import { writeSigned } from "../standards/signature/sign";
import type { Signer } from "./signing/data";

export const CAP_EXPORT = "cap-export";

interface Written {
  identifier: string;
  sent: string;
  /** In base64. */
  xml: string;
  sha256: string;
  size: number;
}

/** The bytes of every message at its real times, one at a time. @throws when one breaks a rule that must be kept */
function* writeMessages(bundle: Bundle, sentAt: Date, signer: Signer | null): Generator<void, Written[]> {
  const written: Written[] = [];
  for (const message of bundle.messages) {
    const cap = renderMessage(bundle, message, sentAt.getTime());
    const context = { now: sentAt.getTime(), meant: bundle.status };
    const broken = [...applyRules(MESSAGE_RULES, cap, context), ...checkDerived(cap)].find(isStopping);
    if (broken) throw new Error(`${message.identifier} breaks ${broken.rule}: ${broken.message}`);
    const xml = Buffer.from(signer ? writeSigned(cap, signer.key, sentAt.getTime()) : writeCap(cap), "utf8");
    written.push({
      identifier: message.identifier,
      sent: cap.sent,
      xml: xml.toString("base64"),
      sha256: fingerprint(xml),
      size: xml.length,
    });
    yield;
  }
  return written;
}

/**
 * Writes the bytes of every message, once, and logs each as published to the
 * CAP export: who, when, which message, which channel, sha256 of the bytes.
 * With a signing key the stored bytes are the signed ones.
 * @returns the moment of sending, in whole seconds as CAP writes it
 * @throws when a message at its real times breaks a rule that must be kept; nothing is written then
 */
export async function publishMessages(
  transaction: Transaction,
  actor: Actor,
  alert: { id: string; bundle: Bundle; signer: Signer | null },
  now: Date,
): Promise<{ sentAt: Date; count: number; manifest: string }> {
  const sentAt = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const written = await inSlices(writeMessages(alert.bundle, sentAt, alert.signer));
  const rows = alert.bundle.messages.map(
    ({ placeId, audience, identifier, msgType, tells, placeIds, references }, index) => ({
      ...written[index],
      id: randomUUID(),
      publication: randomUUID(),
      placeId,
      audience,
      identifier,
      msgType,
      tells,
      covers: placeIds,
      references,
    }),
  );
  const json = JSON.stringify(rows);
  // Three statements for all messages, however many: they are made without bytes, written once, then published.
  const made = await transaction.$executeRaw`
    insert into "Message" (id, "alertId", "placeId", audience, identifier, renderer, "msgType", tells, covers)
    select id, ${alert.id}, "placeId", audience, identifier, ${RENDERER}, "msgType", tells,
      array(select jsonb_array_elements_text(covers))
    from jsonb_to_recordset(${json}::jsonb) as given(id text, "placeId" text, audience text, identifier text,
      "msgType" text, tells text, covers jsonb)`;
  const updated = await transaction.$executeRaw`
    update "Message" set xml = decode(given.xml, 'base64'), sha256 = given.sha256, sent = given.sent
    from jsonb_to_recordset(${json}::jsonb) as given(id text, sent text, xml text, sha256 text)
    where "Message".id = given.id`;
  const published = await transaction.$executeRaw`
    insert into "Publication" (id, "messageId", channel, sha256, size, "publishedById", "publishedBy", "publishedAt")
    select publication, id, ${CAP_EXPORT}, sha256, size, ${actor.personId}, ${actor.name}, ${sentAt}
    from jsonb_to_recordset(${json}::jsonb) as given(id text, publication text, sha256 text, size int)`;
  // What each of them replaces or cancels, by the identifier in the middle of sender,identifier,sent.
  const referring = rows.flatMap(({ id, references }) =>
    (references?.split(" ") ?? []).map((reference) => ({ id, earlier: reference.split(",")[1] })),
  );
  const referred = await transaction.$executeRaw`
    insert into "MessageReference" ("messageId", "earlierId")
    select given.id, "Message".id
    from jsonb_to_recordset(${JSON.stringify(referring)}::jsonb) as given(id text, earlier text)
      join "Message" on "Message".identifier = given.earlier`;
  if (referred !== referring.length) throw new Error(`Of ${referring.length} references ${referred} were found.`);
  if ([made, updated, published].some((count) => count !== rows.length)) {
    throw new Error(`Of ${rows.length} messages ${made} were made, ${updated} written and ${published} published.`);
  }
  return { sentAt, count: written.length, manifest: manifestHash(written) };
}

/** Records that someone took the stored bytes away. */
export async function recordExport(
  client: PrismaClient,
  actor: Actor,
  alert: { id: string; agencyId: string; incidentId: string; title: string; what: string },
  now: Date,
): Promise<void> {
  await inTransaction(client, (transaction) =>
    appendAudit(
      transaction,
      {
        actor,
        agencyId: alert.agencyId,
        action: "message.exported",
        subject: { type: "alert", id: alert.id },
        incidentId: alert.incidentId,
        summary: `Took ${alert.what} of “${alert.title}”.`,
      },
      now,
    ),
  );
}
