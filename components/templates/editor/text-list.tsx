"use client";

import type { TemplateChange } from "../../../lib/wording/fields";
import { type Audience, AUDIENCES, type Part, PART_SPECS } from "../../../lib/wording/texts";
import { AUDIENCE_NAMES, namePart } from "../field-label";
import type { FindingLine } from "./group-findings";

export type Chosen = { audience: Audience; part: Part } | "no-testing";

const isSame = (one: Chosen, other: Chosen) =>
  one === other ||
  (one !== "no-testing" && other !== "no-testing" && one.audience === other.audience && one.part === other.part);

/** Every text of the template by its audience, each with its limit and what is wrong with it. */
export function TextList({
  texts,
  chosen,
  changes,
  problems,
  onChoose,
}: {
  texts: readonly { audience: Audience; part: Part }[];
  chosen: Chosen;
  changes: readonly TemplateChange[];
  problems: readonly FindingLine[];
  onChoose: (chosen: Chosen) => void;
}) {
  const isChanged = (audience: Audience, part: Part) =>
    changes.some(({ field }) => field.kind === "text" && field.audience === audience && field.part === part);
  const countProblems = (audience: Audience, part: Part) =>
    problems.filter(({ text }) => text?.audience === audience && text.part === part).length;
  const line = (to: Chosen, name: string, hint: string, count: number) => (
    <button
      type="button"
      className="template-text"
      aria-current={isSame(to, chosen) ? "true" : undefined}
      onClick={() => onChoose(to)}
    >
      <span>{name}</span>
      <span className="hint">
        {hint}
        {count > 0 && <strong className="to-fix"> {count} to fix</strong>}
      </span>
    </button>
  );
  return (
    <nav aria-label="Texts of this template">
      {AUDIENCES.filter((audience) => texts.some((text) => text.audience === audience)).map((audience) => (
        <section key={audience} aria-label={AUDIENCE_NAMES[audience]}>
          <h3>{AUDIENCE_NAMES[audience]}</h3>
          <ul className="plain">
            {texts
              .filter((text) => text.audience === audience)
              .map(({ part }) => {
                const { limit } = PART_SPECS[part];
                const hint = [
                  limit === undefined ? "" : `${limit} characters`,
                  isChanged(audience, part) ? "changed" : "",
                ];
                return (
                  <li key={part}>
                    {line(
                      { audience, part },
                      namePart(audience, part),
                      hint.filter(Boolean).join(", "),
                      countProblems(audience, part),
                    )}
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
      <section aria-label="What the rules know">
        <h3>What the rules know</h3>
        {line("no-testing", "Sentences that ask not to test 911", "", 0)}
      </section>
    </nav>
  );
}
