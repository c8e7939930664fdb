"use client";

import { useMemo } from "react";
import type { Sample } from "../../../lib/alerts/templates/check";
import { type Looked, type SampleMessage, writeSamples } from "../../../lib/alerts/templates/preview";
import type { Purpose } from "../../../lib/alerts/schema";
import { FAILURES, TEXT_TO_911 } from "../../../lib/incidents/schema";
import { codeText } from "../../../lib/standards/cellbroadcast/gsm7";
import { countCharacters } from "../../../lib/wording/text-length";
import type { TemplateBody } from "../../../lib/wording/schema";
import { type Audience, type Part, PART_SPECS } from "../../../lib/wording/texts";
import { Counter } from "../../editor/text-counter";
import { useLanguageOf } from "../../layout/providers";
import { Flowing } from "../../ui/flowing";
import { State } from "../../ui/state";

/** What the samples say of one audience, or why they can't be written. */
export function useSamples(
  purpose: Purpose,
  body: TemplateBody,
  sample: Sample,
  audience: Audience,
  { failure, textTo911 }: Looked,
  now: number,
): { messages: readonly SampleMessage[]; problem: string | null } {
  return useMemo(() => {
    try {
      const messages = writeSamples(purpose, body, sample, audience, { failure, textTo911 }, now);
      return { messages, problem: null };
    } catch (error) {
      return { messages: [], problem: error instanceof Error ? error.message : "It can’t be read." };
    }
  }, [purpose, body, sample, audience, failure, textTo911, now]);
}

/** Chooses what fails, and what is known of text-to-911. */
export function LookedChoice({ looked, onLooked }: { looked: Looked; onLooked: (looked: Looked) => void }) {
  const { failure, textTo911 } = looked;
  return (
    <div className="validity">
      <div>
        <label className="usa-label" htmlFor="looked-failure">
          What fails
        </label>
        <select
          id="looked-failure"
          className="usa-select"
          value={failure}
          onChange={({ target }) => onLooked({ ...looked, failure: target.value as Looked["failure"] })}
        >
          {Object.entries(FAILURES).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="usa-label" htmlFor="looked-texting">
          Text-to-911
        </label>
        <select
          id="looked-texting"
          className="usa-select"
          value={textTo911}
          onChange={({ target }) => onLooked({ ...looked, textTo911: target.value as Looked["textTo911"] })}
        >
          {Object.entries(TEXT_TO_911).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** The chosen text as people of the sample places would get it, at its longest. */
export function SamplePreview({
  messages,
  problem,
  part,
}: {
  messages: readonly SampleMessage[];
  problem: string | null;
  part: Part;
}) {
  const { limit } = PART_SPECS[part];
  const languageOf = useLanguageOf();
  if (problem !== null)
    return (
      <State shape="octagon" tone="bad">
        {problem}
      </State>
    );
  if (messages.length === 0) return <p className="hint">No sample has this text.</p>;
  return messages.map(({ placeId, place, texts }) => (
    <section key={placeId} aria-label={place}>
      <h3>{place}</h3>
      {[...texts].map(([language, parts]) => {
        const text = parts[part];
        return (
          <div key={language} className="sample">
            <p className="received" lang={language} dir={languageOf(language)?.direction} data-verbatim>
              <Flowing text={text} />
            </p>
            <Counter
              id={`sample-${placeId}-${language}`}
              coding={codeText(text)}
              characters={countCharacters(part, text)}
              limit={limit}
              longest={undefined}
              phone={part === "short" || part === "long"}
            />
          </div>
        );
      })}
    </section>
  ));
}
