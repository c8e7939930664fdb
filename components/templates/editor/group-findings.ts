import type { TemplateFinding } from "../../../lib/alerts/templates/check";
import type { Audience, Part } from "../../../lib/wording/texts";
import { fieldOf } from "../../editor/finding-field";

/** Findings of all combinations as people fix them: one line for each rule and text. Pure. */

export interface FindingLine {
  key: string;
  rule: string;
  /** Null where it is about no text that could be opened. */
  text: { audience: Audience; language: string; part: Part } | null;
  /** What was found first, for which place and where. */
  message: string;
  place: string;
  failure: TemplateFinding["failure"];
  textTo911: TemplateFinding["textTo911"];
  /** In how many combinations. */
  combinations: number;
}

const combinationOf = ({ standing, failure, textTo911, withNumber }: TemplateFinding) =>
  `${standing} ${failure} ${textTo911} ${withNumber}`;

/** How many combinations have at least one of these. */
export const countCombinations = (findings: readonly TemplateFinding[]): number =>
  new Set(findings.map(combinationOf)).size;

/** @param languages codes in the order of a message's texts */
export function groupFindings(findings: readonly TemplateFinding[], languages: readonly string[]): FindingLine[] {
  const groups = new Map<string, TemplateFinding[]>();
  for (const finding of findings) {
    const { rule, audience, path, message } = finding;
    const field = fieldOf(path, languages);
    const key = field
      ? `${rule} ${audience} ${field.language} ${field.part}`
      : `${rule} ${audience} ${path} ${message}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups].flatMap(([key, list]) => {
    const [first] = list;
    if (!first) return [];
    const { rule, audience, path, message, place, failure, textTo911 } = first;
    const field = fieldOf(path, languages);
    const text = audience && field ? { audience, ...field } : null;
    return [{ key, rule, text, message, place, failure, textTo911, combinations: countCombinations(list) }];
  });
}
