"use client";

import { countWordings, fieldKey, MOST_SHORTER, readField } from "../../../lib/wording/fields";
import type { PhraseTexts } from "../../editor/slots/slot-editor";
import type { LanguageWords } from "../../../lib/wording/languages";
import type { SlotValues } from "../../../lib/wording/slots";
import type { TemplateBody } from "../../../lib/wording/schema";
import { type Audience, type Part } from "../../../lib/wording/texts";
import { nameText, nameWording } from "../field-label";
import { WordingField, type WordingActs } from "./wording-field";

export type ValuesOf = (language: string) => SlotValues;
export type PhrasesOf = (language: string) => PhraseTexts;

/** A text in each of its lengths, every language side by side. The first that fits a place is used for it. */
export function TextWordings({
  body,
  audience,
  part,
  languages,
  valuesOf,
  phrasesOf,
  readOnly,
  acts,
  onAdd,
  onDrop,
}: {
  body: TemplateBody;
  audience: Audience;
  part: Part;
  languages: readonly LanguageWords[];
  valuesOf: ValuesOf;
  phrasesOf: PhrasesOf;
  readOnly: boolean;
  acts: WordingActs;
  onAdd: () => void;
  onDrop: () => void;
}) {
  const count = countWordings(body, audience, part);
  return (
    <>
      <div className="texts languages" aria-hidden="true">
        {languages.map(({ code, name }) => (
          <strong key={code}>{name}</strong>
        ))}
      </div>
      {Array.from({ length: count }, (_, index) => (
        <section className="channel" key={index} aria-label={nameWording(index)}>
          <h3>{index === 0 ? "Usual wording" : `Shorter wording ${index}`}</h3>
          <div className="texts">
            {languages.map((language) => {
              const field = { kind: "text", language: language.code, audience, part, index } as const;
              const wording = readField(body, field);
              return wording === undefined ? (
                <p className="hint" key={language.code}>
                  {language.name}: none of its own. The wording above is used.
                </p>
              ) : (
                <WordingField
                  key={fieldKey(field)}
                  field={field}
                  label={`${nameText(audience, part)}, ${nameWording(index)}`}
                  language={language}
                  wording={wording}
                  values={valuesOf(language.code)}
                  phrases={phrasesOf(language.code)}
                  readOnly={readOnly}
                  acts={acts}
                />
              );
            })}
          </div>
        </section>
      ))}
      {!readOnly && (
        <p className="row">
          {count <= MOST_SHORTER && (
            <button type="button" className="text-button" onClick={onAdd}>
              Add a shorter wording
            </button>
          )}
          {count > 1 && (
            <button type="button" className="text-button" onClick={onDrop}>
              Take out shorter wording {count - 1}
            </button>
          )}
        </p>
      )}
    </>
  );
}
