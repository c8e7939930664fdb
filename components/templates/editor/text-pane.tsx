"use client";

import { useMemo } from "react";
import type { Looked, SampleMessage } from "../../../lib/alerts/templates/preview";
import type { Purpose } from "../../../lib/alerts/schema";
import type { LanguageWords } from "../../../lib/wording/languages";
import { phrasesFor } from "../../../lib/wording/prepare";
import { fillText, type SlotValues } from "../../../lib/wording/slots";
import type { TemplateBody } from "../../../lib/wording/schema";
import { PART_SPECS } from "../../../lib/wording/texts";
import type { PhraseTexts } from "../../editor/slots/slot-editor";
import { nameText } from "../field-label";
import { LockedList } from "./locked-list";
import { lockedParts } from "./locked-parts";
import { NoTesting } from "./no-testing";
import { PhraseTables } from "./phrase-tables";
import type { Edit } from "./template-state";
import type { Chosen } from "./text-list";
import { TextWordings } from "./text-wordings";
import type { WordingActs } from "./wording-field";

const NO_VALUES: SlotValues = {};
const NO_PHRASES: PhraseTexts = {};

/** The chosen text: its lengths, then the phrases it is made of. */
export function TextPane({
  purpose,
  body,
  chosen,
  languages,
  looked,
  samples,
  acts,
  dispatch,
}: {
  purpose: Purpose;
  body: TemplateBody;
  chosen: Chosen;
  languages: readonly LanguageWords[];
  looked: Looked;
  samples: readonly SampleMessage[];
  acts: WordingActs;
  dispatch: (edit: Edit) => void;
}) {
  const [first] = samples;
  const valuesOf = useMemo(() => (language: string) => first?.values.get(language) ?? NO_VALUES, [first]);
  const { failure, textTo911 } = looked;
  const phrasesOf = useMemo(() => {
    const known = new Map(
      languages.map(({ code }) => {
        const words = phrasesFor(body, { failure, textTo911 }, code);
        // Those of other outages as well: a text is the same for all of them.
        const names = Object.values(body.phrases[code] ?? {}).flatMap((ofFailure) => Object.keys(ofFailure));
        const filled = [...new Set([...names, ...Object.keys(words)])].map((name) => {
          const text = words[name];
          return [name, text && fillText(text, valuesOf(code))] as const;
        });
        return [code, Object.fromEntries(filled) as PhraseTexts];
      }),
    );
    return (code: string) => known.get(code) ?? NO_PHRASES;
    // Of a template, only its phrases: typing in a text must not draw the others anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [body.phrases, body.texting, failure, textTo911, languages, valuesOf]);
  const [language] = languages;
  if (chosen === "no-testing" || !language)
    return (
      <>
        <div className="rule">
          <h2>Sentences that ask not to test 911</h2>
        </div>
        <NoTesting body={body} languages={languages} readOnly={false} acts={acts} />
      </>
    );
  const { audience, part } = chosen;
  const { limit } = PART_SPECS[part];
  const shown = { body, audience, part, languages, valuesOf, readOnly: false, acts };
  return (
    <div key={`${audience}.${part}`}>
      <div className="rule">
        <h2>{nameText(audience, part)}</h2>
        {limit !== undefined && <span>at most {limit} characters</span>}
      </div>
      <LockedList parts={lockedParts(purpose, audience, part, looked.failure, language)} />
      <p className="hint">
        <span className="slot">Marked</span> words come from the directory, the incident, or the clock
        {first && `, here those of ${first.place}`}. Words like <span className="slot phrase-atom">these</span> are
        phrases that depend on what fails, and are written below. Type {"{"} to put either in. The first wording that
        fits a place is used for it.
      </p>
      <TextWordings
        {...shown}
        phrasesOf={phrasesOf}
        onAdd={() => dispatch({ type: "add-shorter", audience, part })}
        onDrop={() => dispatch({ type: "drop-shorter", audience, part })}
      />
      <div className="rule">
        <h2>Phrases of this text</h2>
      </div>
      <PhraseTables {...shown} looked={looked} />
    </div>
  );
}
