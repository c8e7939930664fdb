"use client";

import { useMemo } from "react";
import type { AlertContent } from "../../lib/alerts/schema";
import type { LanguageWords } from "../../lib/wording/languages";
import { COMPARED, compareWordings } from "../../lib/wording/parity";
import { State } from "../ui/state";

/** Whether every language gives the same numbers, times and links, in one line. */
export function SameFacts({ content, languages }: { content: AlertContent; languages: readonly LanguageWords[] }) {
  const differing = useMemo(
    () =>
      compareWordings(
        content.texts,
        languages.map(({ code }) => code),
      ),
    [content.texts, languages],
  );
  return (
    <details className="hint">
      <summary>
        {differing.length === 0 ? (
          <State shape="tick" tone="good">
            Same facts in every language
          </State>
        ) : (
          <State shape="triangle" tone="bad">
            Facts differ: {differing.map(({ label }) => label).join(", ")}
          </State>
        )}
      </summary>
      <p>Compared by program: slots, {Object.values(COMPARED).join(", ")}. Everything else is for people to compare.</p>
      {differing.length > 0 && (
        <ul>
          {differing.map(({ label, facts }) => (
            <li key={label}>
              {label}: {facts.join(", ")}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
