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
    <span className="hint">
      Compared by program in every language: slots, {Object.values(COMPARED).join(", ")}.{" "}
      {differing.length === 0 ? (
        <State shape="tick" tone="good">
          Same in all
        </State>
      ) : (
        <State shape="triangle" tone="bad">
          Different: {differing.map(({ label, facts }) => `${label} (${facts.join(", ")})`).join("; ")}
        </State>
      )}
    </span>
  );
}
