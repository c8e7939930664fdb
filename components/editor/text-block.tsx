"use client";

import { memo } from "react";
import { codeText, plainForm, writePlain } from "../../lib/standards/cellbroadcast/gsm7";
import type { LanguageWords } from "../../lib/wording/languages";
import { fillText, segmentText, type SlotValues } from "../../lib/wording/slots";
import { PART_SPECS, type TextSpec } from "../../lib/wording/texts";

export interface Longest {
  length: number;
  place: string;
}

/** One text in one language: the wording with its slots, and how it reads with this place's values. */
export const TextBlock = memo(function TextBlock({
  spec,
  language,
  wording,
  values,
  longestValues,
  longest,
  readOnly,
  onChange,
}: {
  spec: TextSpec;
  language: LanguageWords;
  wording: string;
  values: SlotValues;
  /** The same with the longest times, which is what the limit is asked about. */
  longestValues: SlotValues;
  longest: Longest | undefined;
  readOnly: boolean;
  onChange: (spec: TextSpec, language: string, wording: string) => void;
}) {
  const { label, part, audience } = spec;
  const { limit } = PART_SPECS[part];
  const id = `${audience}-${part}-${language.code}`;
  const write = (next: string) => onChange(spec, language.code, next);
  const coding = codeText(fillText(wording, longestValues));
  const over = limit !== undefined && coding.characters > limit;
  /** Letters of the wording itself that have a plain form; those of a place's name are the directory's. */
  const replaceable = coding.forcedBy.filter((character) => wording.includes(character) && plainForm(character));
  const phone = part === "short" || part === "long";
  return (
    <div className="text-block" lang={language.code} dir={language.direction}>
      <label htmlFor={id} className="hint">
        {label}, {language.name}
      </label>
      <textarea
        id={id}
        value={wording}
        readOnly={readOnly}
        rows={Math.min(12, Math.max(3, Math.ceil(wording.length / 44)))}
        spellCheck
        aria-describedby={`${id}-counter`}
        aria-invalid={over || undefined}
        onChange={(event) => write(event.target.value)}
      />
      <p className="as-read" aria-label={`${label}, ${language.name}, as it reads`}>
        {segmentText(wording, values).map((segment, index) =>
          segment.slot === undefined ? (
            <span key={index}>{segment.text}</span>
          ) : (
            <span key={index} className={segment.missing ? "slot missing" : "slot"}>
              {segment.text}
            </span>
          ),
        )}
      </p>
      <p className={over ? "counter over" : "counter"} id={`${id}-counter`} lang="en" dir="ltr">
        <span>
          {over && "⯃ "}
          <strong>{coding.characters}</strong>
          {limit !== undefined ? ` of ${limit}` : " characters"}
          {over && `, ${coding.characters - limit} too many`}
          {longest && ` · longest ${longest.length}, ${longest.place}`}
        </span>
        {phone && (
          <span>
            {replaceable.length > 0 && !readOnly && (
              <button type="button" className="plain-letters" onClick={() => write(writePlain(wording))}>
                Write {replaceable.map((character) => `${plainForm(character)} for ${character}`).join(", ")}
              </button>
            )}{" "}
            {coding.alphabet === "GSM-7" ? "Plain letters" : "Special letters"}
            {coding.forcedBy.length > 0 && ` (${coding.forcedBy.join(" ")})`}: {coding.pages}{" "}
            {coding.pages === 1 ? "page" : "pages"} of a cell broadcast
          </span>
        )}
      </p>
    </div>
  );
});
