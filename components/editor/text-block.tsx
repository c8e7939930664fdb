"use client";

import { codeText, plainForm, writePlain } from "../../lib/standards/cellbroadcast/gsm7";
import { fillText, segmentText, type SlotValues } from "../../lib/wording/slots";
import { LANGUAGE_NAMES, type Language, TEXT_LABELS, type TextKey } from "../../lib/wording/schema";

export interface Longest {
  length: number;
  place: string;
}

/** One text in one language: the wording with its slots, and how it reads with this town's values. */
export function TextBlock({
  textKey,
  language,
  wording,
  values,
  longestValues,
  longest,
  readOnly,
  onChange,
}: {
  textKey: TextKey;
  language: Language;
  wording: string;
  values: SlotValues;
  /** The same with the longest times, which is what the limit is asked about. */
  longestValues: SlotValues;
  longest: Longest | undefined;
  readOnly: boolean;
  onChange: (wording: string) => void;
}) {
  const { label, limit } = TEXT_LABELS[textKey];
  const id = `${textKey}-${language}`;
  const atLongest = fillText(wording, longestValues);
  const coding = codeText(atLongest);
  const over = limit !== undefined && coding.characters > limit;
  /** Letters of the wording itself that have a plain form; those of a place's name are the directory's. */
  const replaceable = coding.forcedBy.filter((character) => wording.includes(character) && plainForm(character));
  const phone = textKey === "short" || textKey === "long";
  return (
    <div className="text-block" lang={language === "es-US" ? "es" : "en"}>
      <label htmlFor={id} className="hint">
        {label}, {LANGUAGE_NAMES[language]}
      </label>
      <textarea
        id={id}
        value={wording}
        readOnly={readOnly}
        rows={Math.min(12, Math.max(3, Math.ceil(wording.length / 44)))}
        spellCheck
        aria-describedby={`${id}-counter`}
        aria-invalid={over || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="as-read" aria-label={`${label}, ${LANGUAGE_NAMES[language]}, as it reads`}>
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
      <p className={over ? "counter over" : "counter"} id={`${id}-counter`}>
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
              <button type="button" className="plain-letters" onClick={() => onChange(writePlain(wording))}>
                Write {replaceable.map((character) => `${plainForm(character)} for ${character}`).join(", ")}
              </button>
            )}{" "}
            {coding.alphabet === "GSM-7" ? "Plain letters (GSM-7)" : "Wide letters (UCS-2)"}
            {coding.forcedBy.length > 0 && ` because of ${coding.forcedBy.join(" ")}`}: {coding.pages}{" "}
            {coding.pages === 1 ? "page" : "pages"} of a cell broadcast
          </span>
        )}
      </p>
    </div>
  );
}
