"use client";

import { memo, useRef, useState } from "react";
import { fieldKey, type TemplateField } from "../../../lib/wording/fields";
import type { LanguageWords } from "../../../lib/wording/languages";
import type { SlotValues } from "../../../lib/wording/slots";
import { InsertMenu } from "../../editor/slots/insert-menu";
import { type PhraseTexts, SlotEditor } from "../../editor/slots/slot-editor";
import type { SlotView, Step } from "../../editor/slots/slot-view";

export interface WordingActs {
  write: (field: TemplateField, text: string, step: Step) => void;
  undo: () => void;
  redo: () => void;
}

interface Props {
  field: TemplateField;
  /** What it is, as screen readers call it. */
  label: string;
  language: LanguageWords;
  wording: string;
  values: SlotValues;
  /** What it can have between double brackets, with its words for the chosen outage; a phrase itself has none. */
  phrases?: PhraseTexts;
  /** Reads like the same phrase for every call. */
  inherited?: boolean;
  readOnly: boolean;
  acts: WordingActs;
}

/** One wording of a template in one language: slots as atoms with a sample's values, everything else as typed. */
export const WordingField = memo(function WordingField(props: Props) {
  const { field, label, language, wording, values, phrases, inherited, readOnly, acts } = props;
  const key = fieldKey(field);
  const id = `field-${key.replaceAll(".", "-")}`;
  const view = useRef<SlotView>(null);
  const [inserting, setInserting] = useState(false);
  const [cleaned, setCleaned] = useState<readonly string[]>([]);
  const close = () => {
    setInserting(false);
    view.current?.view.focus();
  };
  return (
    <div className={inherited ? "text-block wording-field inherited" : "text-block wording-field"} data-field={key}>
      <SlotEditor
        id={id}
        label={`${label}, ${language.name}`}
        language={language}
        wording={wording}
        values={values}
        {...(phrases ? { phrases } : {})}
        readOnly={readOnly}
        invalid={false}
        describedBy={`${id}-note`}
        view={view}
        onChange={(text, step) => acts.write(field, text, step)}
        onUndo={acts.undo}
        onRedo={acts.redo}
        onPasted={({ changes }) => setCleaned(changes)}
        onInsert={() => setInserting(true)}
      />
      <div className="counter-row" id={`${id}-note`}>
        {cleaned.length > 0 && <span className="hint">Pasted text was cleaned: {cleaned.join(", ")}.</span>}
        {inserting && (
          <InsertMenu
            id={`${id}-insert`}
            values={values}
            first={[]}
            {...(phrases ? { phrases } : {})}
            onChoose={(atom) => {
              setInserting(false);
              view.current?.insertAtom(atom);
            }}
            onClose={close}
          />
        )}
      </div>
    </div>
  );
});
