"use client";

import { useState } from "react";
import { readField, splitLines } from "../../../lib/wording/fields";
import type { LanguageWords } from "../../../lib/wording/languages";
import type { TemplateBody } from "../../../lib/wording/schema";
import { Field } from "../../ui/field";
import type { WordingActs } from "./wording-field";

interface Props {
  body: TemplateBody;
  languages: readonly LanguageWords[];
  readOnly: boolean;
  acts: WordingActs;
}

/** Sentences that ask not to test 911 in words of their own, so that the rules know them (W7). */
export function NoTesting(props: Props) {
  return (
    <>
      <p>
        Every text with room for it asks people not to call 911 to test it. The rules know the usual sentences. Where
        this template asks in other words, enter the sentence here exactly as the texts have it, one a line.
      </p>
      <div className="texts">
        {props.languages.map((language) => (
          <Sentences key={language.code} language={language} {...props} />
        ))}
      </div>
    </>
  );
}

function Sentences({
  language: { code, name, direction, lexicon },
  body,
  readOnly,
  acts,
}: Props & { language: LanguageWords }) {
  const stored = readField(body, { kind: "noTesting", language: code }) ?? "";
  // A line that is still empty is typed in, and kept nowhere.
  const [typed, setTyped] = useState(stored);
  return (
    <Field
      id={`no-testing-${code}`}
      label={name}
      {...(lexicon ? { hint: `Known already: “${lexicon.noTesting}”` } : {})}
    >
      {(aria) => (
        <textarea
          {...aria}
          className="usa-textarea"
          lang={code}
          dir={direction}
          readOnly={readOnly}
          value={splitLines(typed).join("\n") === stored ? typed : stored}
          onChange={({ target }) => {
            setTyped(target.value);
            acts.write({ kind: "noTesting", language: code }, target.value, "typing");
          }}
        />
      )}
    </Field>
  );
}
