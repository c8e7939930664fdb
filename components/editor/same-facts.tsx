"use client";

import { useMemo } from "react";
import type { AlertContent } from "../../lib/alerts/schema";
import type { LanguageWords } from "../../lib/wording/languages";
import { slotsOf } from "../../lib/wording/slots";
import { TEXTS } from "../../lib/wording/texts";
import { State } from "../ui/state";

/** Slots that one language fills with words of its own. */
const OWN_WORDS = ["desk", "hours", "place"];

/** The texts in which two languages do not use the same slots. */
function differingFacts({ texts }: AlertContent, languages: readonly LanguageWords[]): string[] {
  const [first, ...others] = languages.flatMap(({ code }) => texts[code] ?? []);
  const slots = (text: string) =>
    slotsOf(text)
      .filter((slot) => !OWN_WORDS.includes(slot))
      .join();
  return TEXTS.filter(({ audience, part }) =>
    others.some((other) => first && slots(first[audience][part]) !== slots(other[audience][part])),
  ).map(({ label }) => label);
}

/** Whether every language gives the same numbers, times and links, in one line. */
export function SameFacts({ content, languages }: { content: AlertContent; languages: readonly LanguageWords[] }) {
  const differing = useMemo(() => differingFacts(content, languages), [content, languages]);
  return (
    <span className="hint">
      Same slots in every language:{" "}
      {differing.length === 0 ? (
        <State shape="tick" tone="good">
          yes
        </State>
      ) : (
        <State shape="triangle" tone="bad">
          {differing.join(", ")}
        </State>
      )}
    </span>
  );
}
