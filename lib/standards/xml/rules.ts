import { type Confidence, type Level } from "../rule";

/** What must hold before a text is a message at all. */

export const XML_LIMITS = {
  /** Bytes of one document. Two minutes of speech as base64 are below 2 MiB. */
  bytes: 5 * 1024 * 1024,
  /** Tags of any kind. */
  tags: 100_000,
  /** Elements within elements. CAP needs 5, in a feed 8, with a signature 9. */
  depth: 64,
} as const;

export interface XmlRule {
  id: string;
  level: Level;
  source: string;
  confidence: Confidence;
  says: string;
}

/** Checked while reading, so they have no check of their own. */
export const XML_RULES = {
  wellFormed: {
    id: "XML-001",
    level: "must",
    source: "XML 1.0 §2.1; Namespaces in XML §7",
    confidence: "C",
    says: "The text is well-formed XML.",
  },
  limits: {
    id: "XML-002",
    level: "must",
    source: "product rule",
    confidence: "C",
    says: "A document has at most 5 MiB, 100,000 tags and 64 levels.",
  },
  encoding: {
    id: "XML-003",
    level: "must",
    source: "CAP 1.2 §3.3.3; product rule",
    confidence: "S",
    says: "The text is UTF-8; plain ASCII and ISO-8859-1 are read too.",
  },
  safe: {
    id: "CAP-042",
    level: "must",
    source: "product rule",
    confidence: "C",
    says: "No document type, no entity of its own and no XInclude.",
  },
} as const satisfies Record<string, XmlRule>;
