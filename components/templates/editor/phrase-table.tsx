"use client";

import { Checkbox } from "@trussworks/react-uswds";
import { useState } from "react";
import { fieldKey, LOCKED, lockField, readField, type TemplateField } from "../../../lib/wording/fields";
import type { LanguageWords } from "../../../lib/wording/languages";
import type { TemplateBody } from "../../../lib/wording/schema";
import { fillText } from "../../../lib/wording/slots";
import type { ValuesOf } from "./text-wordings";
import { State } from "../../ui/state";
import { WordingField, type WordingActs } from "./wording-field";

export interface PhraseRow {
  /** What fails, or the state of text-to-911. */
  label: string;
  field: (language: string) => TemplateField;
}

/** What stands for one [[phrase]], row by row and language by language; rows that read like the first are pale. */
export function PhraseTable({
  name,
  rows,
  lookedAt,
  usedIn,
  body,
  languages,
  valuesOf,
  readOnly,
  acts,
}: {
  name: string;
  rows: readonly PhraseRow[];
  /** The row whose words the fold shows. */
  lookedAt: TemplateField;
  /** How many texts of the template use it. */
  usedIn: number;
  body: TemplateBody;
  languages: readonly LanguageWords[];
  valuesOf: ValuesOf;
  readOnly: boolean;
  acts: WordingActs;
}) {
  const [open, setOpen] = useState(false);
  const [first] = rows;
  const [spoken] = languages;
  if (!first || !spoken) return null;
  const usual = readField(body, { ...lookedAt, language: spoken.code }) ?? "";
  const lock = lockField(name);
  const isLocked = readField(body, lock) !== undefined;
  return (
    <details className="finding" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="phrase">[[{name}]]</span>{" "}
        <span className="hint" data-verbatim>
          {usual.trim() === "" ? "nothing" : fillText(usual, valuesOf(spoken.code))}
        </span>
        {isLocked && (
          <>
            {" "}
            <State shape="lock">Locked</State>
          </>
        )}
      </summary>
      {open && (
        <>
          <p className="hint">
            Used in {usedIn === 1 ? "1 text" : `${usedIn} texts`} of this template. A change here changes all of them.
          </p>
          <Checkbox
            id={`lock-${name}`}
            name={`lock-${name}`}
            label={LOCKED}
            checked={isLocked}
            disabled={readOnly}
            onChange={({ target }) => acts.write(lock, target.checked ? LOCKED : "", "act")}
          />
          <table className="lines stacks phrases">
            <thead>
              <tr>
                <th scope="col">{name === "texting" ? "Text-to-911" : "What fails"}</th>
                {languages.map(({ code, name: language }) => (
                  <th scope="col" key={code}>
                    {language}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => {
                const isSame = (language: string) =>
                  index > 0 && readField(body, row.field(language)) === readField(body, first.field(language));
                return (
                  <tr key={row.label}>
                    <th scope="row">
                      {row.label}
                      {languages.every(({ code }) => isSame(code)) && (
                        <span className="hint"> same as “{first.label}”</span>
                      )}
                    </th>
                    {languages.map((language) => {
                      const field = row.field(language.code);
                      return (
                        <td key={language.code} data-label={language.name}>
                          <WordingField
                            key={fieldKey(field)}
                            field={field}
                            label={`Phrase ${name}, ${row.label}`}
                            language={language}
                            wording={readField(body, field) ?? ""}
                            values={valuesOf(language.code)}
                            inherited={isSame(language.code)}
                            readOnly={readOnly}
                            acts={acts}
                          />
                        </td>
                      );
                    })}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
    </details>
  );
}
