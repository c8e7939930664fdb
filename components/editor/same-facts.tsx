"use client";

import { useMemo } from "react";
import type { AlertContent } from "../../lib/alerts/schema";
import type { LanguageWords } from "../../lib/wording/languages";
import { type Shape, State, type Tone } from "../ui/state";
import { compareFacts, type ComparedFacts } from "./compared-facts";
import type { Checked } from "./use-checked";

const LINES: Readonly<Record<ComparedFacts["verdict"], { shape: Shape; tone: Tone; says: string }>> = {
  same: { shape: "tick", tone: "good", says: "Same facts in every language" },
  judge: { shape: "half", tone: "plain", says: "Compare the languages" },
  differ: { shape: "triangle", tone: "bad", says: "Facts differ between languages" },
};

/** How many differences are listed. */
const LISTED = 12;

/** Whether every language gives the same facts in what is sent, in one line. */
export function SameFacts({
  content: { texts },
  languages,
  checked,
}: {
  content: AlertContent;
  /** Those the alert is written in. */
  languages: readonly LanguageWords[];
  checked: Checked | null;
}) {
  const facts = useMemo(
    () =>
      checked &&
      compareFacts(
        checked.problems,
        texts,
        languages.map(({ code }) => code),
      ),
    // A list of the same languages is made anew with each letter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [checked, texts],
  );
  if (!facts || languages.length < 2) return null;
  const { shape, tone, says } = LINES[facts.verdict];
  return (
    <details className="hint">
      <summary>
        <State shape={shape} tone={tone}>
          {says}
        </State>
      </summary>
      <p>
        Compared by program in every message: {facts.compared.join(", ")}. Everything else is for people to compare.
      </p>
      {facts.differences.length > 0 && (
        <ul>
          {facts.differences.slice(0, LISTED).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {facts.differences.length > LISTED && <li>and {facts.differences.length - LISTED} more</li>}
        </ul>
      )}
    </details>
  );
}
