import type { FindingGroup } from "../../lib/alerts/findings";
import { FIRST_LANGUAGE } from "../../lib/platform/language";
import { COMPARED, comparedWith, compareWordings } from "../../lib/wording/parity";
import type { Texts } from "../../lib/wording/texts";

/** Whether every language says the same, as the rules found it in the texts that are sent. Pure. */

export interface ComparedFacts {
  verdict: "same" | "judge" | "differ";
  /** What was compared in every language, as screens name it. */
  compared: string[];
  /** Where it differs and how; what must agree first. */
  differences: string[];
}

/**
 * W12 and W17 read every message as it is sent, with what one place alone says,
 * shorter wordings, and what the directory has; slots are compared as they are written.
 * @param languages codes of the languages the alert is written in
 */
export function compareFacts(
  problems: readonly FindingGroup[],
  texts: Texts,
  languages: readonly string[],
): ComparedFacts {
  const found = (rule: string) =>
    problems
      .filter((group) => group.rule === rule)
      .flatMap(({ places }) => places.map(({ place, message }) => `${place}: ${message}`));
  const slots = compareWordings(texts, languages)
    .filter(({ facts }) => facts.includes("slots"))
    .map(({ label }) => `${label}: slots differ.`);
  const differing = [...found("W12"), ...slots];
  const judged = found("W17");
  const others = languages.filter((code) => code !== FIRST_LANGUAGE).map((code) => new Set(comparedWith(code)));
  const facts = comparedWith(FIRST_LANGUAGE).filter((fact) => others.every((known) => known.has(fact)));
  return {
    verdict: differing.length > 0 ? "differ" : judged.length > 0 ? "judge" : "same",
    compared: ["slots", ...facts.map((fact) => COMPARED[fact])],
    differences: [...new Set([...differing, ...judged])],
  };
}
