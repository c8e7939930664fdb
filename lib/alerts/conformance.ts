import { STANDARD_RULES } from "../standards/standard-rules";
import { FACTS } from "../standards/facts";
import type { RuleRow } from "../standards/rule";
import { LANGUAGE_RULES, TEXT_RULES } from "../wording/wording-rules";
import { ALERT_RULES, PLACE_RULES } from "./rules";

/** CONFORMANCE.md, printed from the tables of rules and facts. */

const FAMILIES: readonly [prefix: string, title: string][] = [
  ["XML", "Reading XML safely"],
  ["CAP", "CAP 1.2"],
  ["IPAWS", "IPAWS profile and IPAWS-OPEN"],
  ["WEA", "Wireless Emergency Alerts"],
  ["EAS", "Emergency Alert System"],
  ["CB", "Cell broadcast"],
  ["SIG", "Signatures"],
  ["FEED", "Feeds"],
  ["TPL", "The FCC's templates"],
  ["IPO", "Handing over to IPAWS-OPEN"],
  ["PSAP", "Dispatch centers"],
  ["W", "Wording"],
  ["NUM", "Numbers in texts"],
  ["DIR", "The directory"],
  ["INC", "The incident and what people were told before"],
  ["TXT", "Texts of single places and languages"],
  ["AREA", "Areas"],
];

/** Every rule there is: of the standards, of the wording, of the directory and the plan. */
export const ALL_RULES: readonly RuleRow[] = [
  ...STANDARD_RULES,
  ...TEXT_RULES,
  ...LANGUAGE_RULES,
  ...PLACE_RULES,
  ...ALERT_RULES,
];

const KNOWN: Record<RuleRow["confidence"], string> = {
  C: "confirmed in the source",
  S: "at second hand",
  M: "from memory, not read again",
};

const cell = (text: string) => text.replace(/\|/g, "\\|").replace(/\{/g, "\\{");
const byId = (left: { id: string }, right: { id: string }) => left.id.localeCompare(right.id, "en", { numeric: true });
const familyOf = (id: string) => id.replace(/-?\d+$/, "");

function writeTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), `|${headings.map(() => " --- ").join("|")}|`, ...rows.map(line)].join("\n");
}

function writeFamily([prefix, title]: (typeof FAMILIES)[number]): string {
  const rules = ALL_RULES.filter(({ id }) => familyOf(id) === prefix).sort(byId);
  const facts = FACTS.filter(({ id }) => familyOf(id) === prefix).sort(byId);
  const parts = [`## ${title}`];
  if (rules.length > 0) {
    parts.push(
      writeTable(
        ["rule", "level", "says", "source", "known"],
        rules.map(({ id, level, says, source, confidence }) => [id, level, says, source, KNOWN[confidence]]),
      ),
    );
  }
  if (facts.length > 0) {
    parts.push(
      writeTable(
        ["fact", "says", "here", "source", "known"],
        facts.map(({ id, says, here, source, confidence }) => [id, says, here, source, KNOWN[confidence]]),
      ),
    );
  }
  return parts.join("\n\n");
}

/** The whole page, ending in a line break. */
export function writeConformance(): string {
  const unsure = [...ALL_RULES, ...FACTS].filter(({ confidence }) => confidence !== "C").length;
  return (
    "# Conformance\n\n" +
    "Printed from the tables of rules by `npm run callbox -- conformance`; a test keeps it fresh. `must` stops an alert,\n" +
    "`should` warns, `advice` informs. A rule known only at second hand or from memory says so: check it before relying on it.\n\n" +
    `${ALL_RULES.length} rules and ${FACTS.length} facts; ${unsure} of them are not confirmed in their source.\n\n` +
    `${FAMILIES.map(writeFamily).join("\n\n")}\n`
  );
}
