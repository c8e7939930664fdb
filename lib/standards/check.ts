import type { X509Certificate } from "node:crypto";
import { MESSAGE_RULES } from "./all-rules";
import { SET_RULES } from "./cap/set-rules";
import { checkDerived } from "./derived";
import { CAP_RULES, type MessageContext } from "./cap/rules";
import { type CapReading, readCapElement, versionOf } from "./cap/document";
import { type CapAlert } from "./cap/model";
import { FEED_RULES } from "./feeds/rules";
import { type Feed, readFeedElement } from "./feeds/feed";
import { claimsIpaws } from "./ipaws/rules";
import { applyRules, type Finding, isStopping } from "./rule";
import { SIGNATURE_RULES } from "./signature/rules";
import { type SignatureReport, verifyRead } from "./signature/verify";
import { readXml } from "./xml/read";
import { findPath, type XmlNode } from "./xml/tree";

/** Everything the rule tables say about one file: a CAP message or a feed of them. */

export interface Check {
  kind: "cap" | Feed["kind"] | "unreadable";
  /** The messages in it: one, or those a feed carries. */
  messages: { alert: CapAlert; version: string; path: string }[];
  /** Each with its line, where it has a place in the text. */
  findings: Finding[];
  signature: SignatureReport;
  /** No `must` is broken. */
  ok: boolean;
  /** Whether the rules of IPAWS, WEA and EAS were asked: only of messages that mean to go there. */
  ipaws: boolean;
  /** The text as it was read. */
  text: string;
}

export interface CheckOptions extends MessageContext {
  /** Certificates whose signatures count as trusted. */
  trusted?: readonly X509Certificate[];
}

function located(findings: readonly Finding[], root: XmlNode, prefix = ""): Finding[] {
  return findings.map((finding) => {
    const node = findPath(root, finding.path);
    const line = finding.line ?? node.line;
    const lines = node.children.length > 0 || line !== node.line ? 0 : node.text.split("\n").length - 1;
    return { ...finding, path: prefix + finding.path, line, endLine: line + lines };
  });
}

function checkMessage({ alert, root, findings }: CapReading, options: CheckOptions, prefix = ""): Finding[] {
  if (!alert || !root) return findings;
  const rules = claimsIpaws(alert) ? MESSAGE_RULES : CAP_RULES;
  const derived = claimsIpaws(alert) ? checkDerived(alert) : [];
  return located([...findings, ...applyRules(rules, alert, options), ...derived], root, prefix);
}

function messagesOf(reading: CapReading | undefined, path = ""): Check["messages"] {
  return reading?.alert ? [{ alert: reading.alert, version: reading.version ?? "1.2", path }] : [];
}

const NO_SIGNATURE: SignatureReport = { verdict: "absent", why: "The document has no signature of its own." };

/**
 * Checks a file. Never throws, whatever it is given; without `now` nothing
 * depends on the day it is asked.
 */
export function checkFile(bytes: Uint8Array, options: CheckOptions = {}): Check {
  const read = readXml(bytes);
  const { root, text, findings } = read;
  if (!root) {
    return { kind: "unreadable", messages: [], findings, signature: NO_SIGNATURE, ok: false, ipaws: false, text };
  }
  const feed = readFeedElement(root, text);
  if (feed) return checkFeed(feed, root, text, options);
  const reading = readCapElement(root, text);
  const signature = verifyRead(bytes, read, options.trusted ?? []);
  const all = [
    ...checkMessage(reading, options),
    ...(signature.facts ? located(applyRules(SIGNATURE_RULES, signature.facts, undefined), root) : []),
  ];
  return {
    kind: versionOf(root) ? "cap" : "unreadable",
    messages: messagesOf(reading),
    findings: all,
    signature,
    ok: !all.some(isStopping),
    ipaws: reading.alert !== undefined && claimsIpaws(reading.alert),
    text,
  };
}

function checkFeed(feed: Feed, root: XmlNode, text: string, options: CheckOptions): Check {
  const entries = feed.entries.map(({ embedded }, index) => ({ embedded, path: `entry[${index}].` }));
  const embedded = entries.flatMap((entry) =>
    entry.embedded?.alert ? [{ ...entry, alert: entry.embedded.alert }] : [],
  );
  const across = applyRules(
    SET_RULES,
    embedded.map(({ alert }) => alert),
    undefined,
  ).map((finding) => ({ ...finding, path: embedded[Number(/\d+/.exec(finding.path)?.[0])]?.path ?? "" }));
  const findings = [
    ...across,
    ...applyRules(FEED_RULES, feed, undefined).map((finding) => ({ ...finding, line: finding.line ?? root.line })),
    ...entries.flatMap(({ embedded, path }) => (embedded ? checkMessage(embedded, options, path) : [])),
  ];
  return {
    kind: feed.kind,
    messages: entries.flatMap(({ embedded, path }) => messagesOf(embedded, path)),
    findings,
    signature: NO_SIGNATURE,
    ok: !findings.some(isStopping),
    ipaws: entries.some(({ embedded }) => embedded?.alert && claimsIpaws(embedded.alert)),
    text,
  };
}
