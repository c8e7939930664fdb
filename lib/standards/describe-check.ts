import type { Check } from "./check";
import { STANDARD_RULES } from "./standard-rules";
import { type Confidence, type Finding, isStopping } from "./rule";

/** A check as a page shows it: findings by standard, each with its clause. Plain values. */

export interface DescribedFinding extends Finding {
  source: string;
  confidence: Confidence;
}

export interface DescribedCheck extends Omit<Check, "signature"> {
  groups: { standard: string; findings: DescribedFinding[] }[];
  signature: { verdict: Check["signature"]["verdict"]; why: string; signer: string | null };
}

const STANDARDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    XML: "XML",
    CAP: "CAP 1.2",
    IPAWS: "IPAWS",
    WEA: "Wireless Emergency Alerts",
    EAS: "Emergency Alert System",
    CB: "Cell broadcast",
    SIG: "Signature",
    FEED: "Feed",
    TPL: "Languages",
  }),
);

const rows = new Map(STANDARD_RULES.map((rule) => [rule.id, rule]));
const rank = (finding: Finding) =>
  isStopping(finding) ? 0 : finding.verdict === "review" ? 1 : finding.level === "advice" ? 3 : 2;

/** What stops a message first, inside each standard. */
export function describeCheck(check: Check): DescribedCheck {
  const described = check.findings.map((finding): DescribedFinding => {
    const { source, confidence } = rows.get(finding.rule)!;
    return { ...finding, source, confidence };
  });
  const groups = [...STANDARDS].map(([prefix, standard]) => ({
    standard,
    findings: described
      .filter(({ rule }) => rule.startsWith(`${prefix}-`))
      .sort((left, right) => rank(left) - rank(right)),
  }));
  const { verdict, why, signer } = check.signature;
  return {
    ...check,
    groups: groups.filter(({ findings }) => findings.length > 0),
    signature: { verdict, why, signer: signer?.subject ?? null },
  };
}
