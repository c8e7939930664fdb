"use client";

import type { Looked } from "../../../lib/alerts/templates/preview";
import { FAILURES, TEXT_TO_911 } from "../../../lib/incidents/schema";
import { phrasesOf, writtenTexts } from "../../../lib/wording/fields";
import type { LanguageWords } from "../../../lib/wording/languages";
import type { TemplateBody } from "../../../lib/wording/schema";
import type { Audience, Part } from "../../../lib/wording/texts";
import { nameFailure, nameTexting } from "../field-label";
import { type PhraseRow, PhraseTable } from "./phrase-table";
import type { ValuesOf } from "./text-wordings";
import type { WordingActs } from "./wording-field";

const byFailure = (name: string): PhraseRow[] =>
  Object.keys(FAILURES).map((failure) => ({
    label: nameFailure(failure),
    field: (language) => ({ kind: "phrase", language, failure, name }),
  }));

const BY_TEXTING: readonly PhraseRow[] = ["full", "other"].flatMap((failure) =>
  Object.keys(TEXT_TO_911).map((state) => ({
    label: `${nameFailure(failure)}, texts: ${nameTexting(state).toLowerCase()}`,
    field: (language: string) => ({ kind: "texting", language, failure, state }) as const,
  })),
);

/** The phrases a text uses: what they say by what fails, and by the state of text-to-911. */
export function PhraseTables({
  audience,
  part,
  looked: { failure, textTo911 },
  ...shown
}: {
  /** What the fold of a phrase reads. */
  looked: Looked;
  body: TemplateBody;
  audience: Audience;
  part: Part;
  languages: readonly LanguageWords[];
  valuesOf: ValuesOf;
  readOnly: boolean;
  acts: WordingActs;
}) {
  const { body } = shown;
  const names = phrasesOf(body, audience, part);
  const texts = writtenTexts(body);
  if (names.length === 0) return <p className="hint">This text reads the same whatever fails.</p>;
  return names.map((name) => (
    <PhraseTable
      key={name}
      name={name}
      lookedAt={
        name === "texting"
          ? { kind: "texting", language: "", failure: failure === "full" ? "full" : "other", state: textTo911 }
          : { kind: "phrase", language: "", failure, name }
      }
      rows={name === "texting" ? BY_TEXTING : byFailure(name)}
      usedIn={texts.filter((text) => phrasesOf(body, text.audience, text.part).includes(name)).length}
      {...shown}
    />
  ));
}
