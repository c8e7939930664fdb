import "server-only";
import { type Actor, agenciesFor } from "../../access/actor";
import { readBundle } from "../../alerts/bundle";
import { db, type Reader } from "../../platform/db";
import { canonicalJson } from "../../record/canonical-json";
import { fingerprint, hashEntry, manifestHash } from "../../record/chain";
import { toEntry } from "../../record/data";
import type { AuditEntry } from "../../record/schema";
import { verifySignature } from "../../standards/signature/verify";
import { checkpointKey, signCheckpoint, writeCheckpoint } from "../../record/checkpoint";
import { comparePublished } from "../compare";
import type { Evidence } from "./bundle";

/**
 * Proves one published alert from its bytes, step by step: what was approved has
 * its fingerprint, the approval is of that fingerprint, each document parsed and
 * without its times is what was approved, its signature is valid, and the
 * entries that say so are one chain.
 */

export interface ProofStep {
  says: string;
  ok: boolean;
  /** What does not fit, the first few. */
  problems: string[];
}

export interface Proof {
  alertId: string;
  code: string;
  title: string;
  ok: boolean;
  steps: ProofStep[];
}

const MOST = 10;
const step = (says: string, problems: string[]): ProofStep => ({
  says,
  ok: problems.length === 0,
  problems: problems.slice(0, MOST),
});

/** Entries from the first one about an alert to the last, without a gap: a stranger can follow them. */
export async function loadEntriesOf(client: Reader, alertId: string): Promise<AuditEntry[]> {
  const { _min, _max } = await client.auditEvent.aggregate({
    where: { subjectId: alertId },
    _min: { seq: true },
    _max: { seq: true },
  });
  if (_min.seq === null || _max.seq === null) return [];
  const rows = await client.auditEvent.findMany({
    where: { seq: { gte: _min.seq, lte: _max.seq } },
    orderBy: { seq: "asc" },
  });
  return rows.map(toEntry);
}

/** An alert and what was stored of it, by id or code; null when nothing of it was published. */
export async function loadPublished(client: Reader, name: string) {
  return client.alert.findFirst({
    where: { OR: [{ id: name }, { code: name }], publishedAt: { not: null } },
    include: {
      decisions: { where: { decision: "approve" }, include: { person: { select: { name: true } } } },
      messages: { where: { xml: { not: null } }, orderBy: { identifier: "asc" } },
    },
  });
}

/** @param name id or code of an alert. @returns null when nothing of it was published */
export async function proveAlert(client: Reader, name: string): Promise<Proof | null> {
  const alert = await loadPublished(client, name);
  if (!alert) return null;
  const entries = await loadEntriesOf(client, alert.id);
  const dataOf = (action: string) =>
    entries.find((entry) => entry.subjectId === alert.id && entry.action === action)?.data as
      { contentHash?: string; manifest?: string } | undefined;
  const bytes = alert.bundle ?? "";
  const hash = fingerprint(bytes);
  const bundle = hash === alert.contentHash ? readBundle(bytes) : null;
  const approval = alert.decisions[0];
  const plans = new Map(bundle?.messages.map((message) => [message.identifier, message]) ?? []);
  const documents: string[] = [];
  const signatures: string[] = [];
  let signed = 0;
  for (const { identifier, xml, sha256, sent, renderer } of alert.messages) {
    const document = xml ?? new Uint8Array();
    if (fingerprint(document) !== sha256) documents.push(`${identifier}: the bytes do not have their fingerprint.`);
    const plan = plans.get(identifier);
    const why =
      bundle && plan
        ? comparePublished(document, bundle, plan, { sent: sent ?? "", renderer })
        : "is in no approved content";
    if (why) documents.push(`${identifier}: ${why}.`);
    const { verdict, why: says } = verifySignature(document);
    if (verdict === "absent") continue;
    signed += 1;
    if (verdict !== "valid-trusted" && verdict !== "valid-unknown-signer") signatures.push(`${identifier}: ${says}`);
  }
  const manifest = manifestHash(alert.messages.map(({ identifier, sha256 }) => ({ identifier, sha256: sha256 ?? "" })));
  const breaks = entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    if (hashEntry(entry) !== entry.hash) return [`Entry ${entry.seq} does not have its fingerprint.`];
    if (before && (entry.prevHash !== before.hash || entry.seq !== before.seq + 1))
      return [`Entry ${entry.seq} does not follow entry ${before.seq}.`];
    return [];
  });
  const says = (problem: boolean, words: string) => (problem ? [words] : []);
  const steps = [
    step(
      "What was approved has its fingerprint",
      says(!bundle || canonicalJson(JSON.parse(bytes)) !== bytes, "The approved content was altered."),
    ),
    step(
      `${approval?.person.name ?? "Someone"} approved exactly this fingerprint, and the record says so`,
      says(
        approval?.contentHash !== alert.contentHash || dataOf("alert.approved")?.contentHash !== alert.contentHash,
        "The approval is of other content.",
      ),
    ),
    step(`${alert.messages.length} documents, parsed and without their times, are what was approved`, documents),
    step(
      "The record names the fingerprints of exactly these documents",
      says(
        dataOf("alert.published")?.manifest !== manifest,
        "The documents are not those that the record says were published.",
      ),
    ),
    step(
      signed === 0 ? "No document is signed: the site had no signing key" : `${signed} signatures are valid`,
      signatures,
    ),
    step(`${entries.length} entries of the record follow each other, from the draft to the last act`, breaks),
  ];
  return { alertId: alert.id, code: alert.code, title: alert.title, ok: steps.every(({ ok }) => ok), steps };
}

/** The same for a person who may read the log. */
export async function getProof(actor: Actor, id: string): Promise<Proof | null> {
  const row = await db().alert.findFirst({
    where: { id, agencyId: { in: agenciesFor(actor, "log:read") } },
    select: { id: true },
  });
  return row ? proveAlert(db(), row.id) : null;
}

/**
 * What the evidence of an alert is made of, with a checkpoint signed at this
 * moment and every entry up to it.
 * @param secret of the site
 */
export async function loadEvidence(client: Reader, id: string, secret: string, now: Date): Promise<Evidence | null> {
  const alert = await loadPublished(client, id);
  const site = await client.site.findUnique({ where: { id: 1 }, select: { name: true } });
  const first = await client.auditEvent.findFirst({
    where: { subjectId: alert?.id ?? "" },
    orderBy: { seq: "asc" },
    select: { seq: true },
  });
  if (!alert || !site || !first) return null;
  const entries = (
    await client.auditEvent.findMany({ where: { seq: { gte: first.seq } }, orderBy: { seq: "asc" } })
  ).map(toEntry);
  const last = entries.at(-1);
  if (!last) return null;
  const text = writeCheckpoint({ site: site.name, seq: last.seq, hash: last.hash, at: now });
  return {
    alertId: alert.id,
    code: alert.code,
    title: alert.title,
    content: alert.bundle ?? "",
    messages: alert.messages.flatMap(({ identifier, xml, sha256 }) =>
      xml ? [{ identifier, xml, sha256: sha256 ?? "" }] : [],
    ),
    entries,
    checkpoint: { text, signature: signCheckpoint(text, secret), key: checkpointKey(secret) },
  };
}

/**
 * The same for a person. It carries entries of all agencies, since a chain has
 * no gaps: so it is for who may read the whole log.
 */
export async function getEvidence(actor: Actor, id: string, secret: string, now: Date): Promise<Evidence | null> {
  const reach = new Set(agenciesFor(actor, "log:read"));
  const topmost = await db().agency.findMany({ where: { parentId: null }, select: { id: true } });
  if (topmost.length === 0 || !topmost.every((agency) => reach.has(agency.id))) return null;
  return loadEvidence(db(), id, secret, now);
}
