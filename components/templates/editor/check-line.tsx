"use client";

import type { TemplateCheck } from "../../../lib/alerts/templates/check";
import { State } from "../../ui/state";
import { nameFailure, nameText, nameTexting } from "../field-label";
import { countCombinations, type FindingLine, groupFindings } from "./group-findings";
import type { Checking } from "./use-template-check";

/** What all combinations came to, in one line. */
function describeCheck({ must, should, combinations }: TemplateCheck): string {
  const broken = countCombinations(must);
  const looked = countCombinations(should);
  const rest = looked > 0 ? `, ${looked} to look at` : "";
  return broken > 0
    ? `${combinations} combinations, ${broken} ${broken === 1 ? "breaks" : "break"} a rule${rest}`
    : `${combinations} combinations, all pass${rest}`;
}

/** Every combination in one line, with what was found behind a fold; each finding leads to its text. */
export function CheckLine({
  checking: { check, done, of },
  languages,
  onShow,
}: {
  checking: Checking;
  /** Codes, in the order of the texts. */
  languages: readonly string[];
  onShow?: (line: FindingLine) => void;
}) {
  if (!check)
    return (
      <p className="check-line">
        <State shape="dots">
          Checking: {done} of {of} combinations
        </State>
      </p>
    );
  const good = check.must.length === 0;
  const lines = [
    ...groupFindings(check.must, languages).map((line) => ({ line, must: true })),
    ...groupFindings(check.should, languages).map((line) => ({ line, must: false })),
  ];
  const state = (
    <State shape={good ? "tick" : "octagon"} tone={good ? "good" : "bad"}>
      {describeCheck(check)}
    </State>
  );
  if (lines.length === 0) return <p className="check-line">{state}</p>;
  return (
    <details className="check-line" open={!good}>
      <summary>{state}</summary>
      <ul className="plain">
        {lines.map(({ line, must }) => (
          <li className="finding" key={`${must} ${line.key}`}>
            <State shape={must ? "octagon" : "triangle"} tone={must ? "bad" : "plain"}>
              {line.message}
            </State>
            <div className="hint">
              {line.text && `${nameText(line.text.audience, line.text.part)}. `}
              {line.place && `Such as ${line.place}, `}
              {line.place ? nameFailure(line.failure).toLowerCase() : nameFailure(line.failure)}, texts:{" "}
              {nameTexting(line.textTo911).toLowerCase()}. In {line.combinations} of {of}. {line.rule}
            </div>
            {onShow && line.text && (
              <button type="button" className="text-button" onClick={() => onShow(line)}>
                Show this text
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
