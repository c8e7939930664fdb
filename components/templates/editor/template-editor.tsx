"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useReducer, useState } from "react";
import type { Sample } from "../../../lib/alerts/templates/check";
import { TRIED } from "../../../lib/alerts/templates/check";
import type { TemplateDraftDetail } from "../../../lib/alerts/templates/data";
import type { Looked } from "../../../lib/alerts/templates/preview";
import type { Purpose } from "../../../lib/alerts/schema";
import type { Action } from "../../../lib/platform/result";
import { listTemplateChanges, writtenTexts } from "../../../lib/wording/fields";
import { Announcer } from "../../ui/announcer";
import { AskedButton } from "../../ui/asked-button";
import { CopyNotice } from "../../ui/copy-notice";
import { ErrorSummary } from "../../ui/error-summary";
import { useAction } from "../../ui/use-action";
import { useOnline } from "../../ui/use-online";
import { useFieldFocus } from "../../editor/use-field-focus";
import { CheckLine } from "./check-line";
import { countCombinations, type FindingLine, groupFindings } from "./group-findings";
import { SavedByOther, SavingStrip } from "./saving-notices";
import { TemplateHead } from "./template-head";
import { describeSending, reduceTemplate } from "./template-state";
import { type Chosen, TextList } from "./text-list";
import { TextPane } from "./text-pane";
import { type SaveTemplate, useSaving } from "./use-saving";
import { useTemplateCheck } from "./use-template-check";
import { LookedChoice, SamplePreview, useSamples } from "./sample-preview";
import type { WordingActs } from "./wording-field";

export interface TemplateEditorProps {
  draft: TemplateDraftDetail;
  purpose: Purpose;
  sample: Sample;
  now: number;
  save: SaveTemplate;
  submit: Action<{ id: string; version: number }, { contentHash: string }>;
  withdraw: Action<{ id: string; discard: boolean }, null>;
}

const PANES = { places: "Texts", texts: "Wording", preview: "Preview" } as const;

/** Where the words of a template are changed: its texts, the wordings of one, and how samples read. */
export function TemplateEditor(props: TemplateEditorProps) {
  return (
    <Announcer>
      <Desk {...props} />
    </Announcer>
  );
}

function useEditing({ draft, purpose, sample, now, save }: TemplateEditorProps) {
  const [state, dispatch] = useReducer(reduceTemplate, null, () => ({
    words: { name: draft.name, body: draft.body },
    past: [],
    future: [],
  }));
  const { words } = state;
  const saving = useSaving(draft, words, save);
  const checking = useTemplateCheck(purpose, words.body, sample, now);
  const changes = useMemo(() => listTemplateChanges(draft.basedOn.body, words.body), [draft.basedOn.body, words.body]);
  const acts: WordingActs = useMemo(
    () => ({
      write: (field, text, step) => dispatch({ type: "field", field, text, step }),
      undo: () => dispatch({ type: "undo" }),
      redo: () => dispatch({ type: "redo" }),
    }),
    [],
  );
  return { state, dispatch, words, saving, checking, changes, acts };
}

function Desk(props: TemplateEditorProps) {
  const { draft, purpose, sample, now, submit, withdraw } = props;
  const router = useRouter();
  const online = useOnline();
  const { state, dispatch, words, saving, checking, changes, acts } = useEditing(props);
  const languages = sample.languages.filter(({ code }) => words.body.frames[code]);
  const codes = languages.map(({ code }) => code);
  const texts = useMemo(
    () => writtenTexts(draft.basedOn.body).filter(({ audience }) => TRIED[purpose].includes(audience)),
    [draft.basedOn.body, purpose],
  );
  const [chosen, setChosen] = useState<Chosen>(texts.find(({ part }) => part === "long") ?? texts[0] ?? "no-testing");
  const [looked, setLooked] = useState<Looked>({ failure: "full", textTo911: "fails" });
  const [pane, setPane] = useState<keyof typeof PANES>("texts");
  const focusField = useFieldFocus();
  const later = useDeferredValue(words.body);
  const audience = chosen === "no-testing" ? "place" : chosen.audience;
  const samples = useSamples(purpose, later, sample, audience, looked, now);
  const problems = checking.check ? groupFindings(checking.check.must, codes) : [];
  const sending = useAction(submit, () => router.refresh());
  const discarding = useAction(withdraw, () => router.push("/templates"));
  const verdict = describeSending({
    changes,
    check: checking.check && { broken: countCombinations(checking.check.must) },
    done: checking.done,
    of: checking.of,
    online,
  });
  const send = async () => {
    const version = await saving.flush();
    if (version !== null) sending.run({ id: draft.id, version });
  };
  const show = ({ text, failure, textTo911 }: FindingLine) => {
    if (!text) return;
    setChosen({ audience: text.audience, part: text.part });
    setLooked({ failure, textTo911 });
    setPane("texts");
    focusField(`[data-field="text.${text.language}.${text.audience}.${text.part}.0"]`);
  };
  return (
    <>
      <div className="wrap">
        <TemplateHead
          name={words.name}
          basedOn={draft.basedOn.version}
          changes={changes.length}
          busy={sending.busy || saving.busy}
          {...verdict}
          onName={(name) => dispatch({ type: "name", name })}
          onSend={() => void send()}
        />
        <ErrorSummary problem={sending.problem ?? saving.problem ?? discarding.problem} />
        {draft.reason && (
          <div className="quote reason">
            <strong>Returned for changes:</strong> “{draft.reason}”
          </div>
        )}
        {saving.copy.found && (
          <CopyNotice
            at={saving.copy.found.at}
            older={saving.copy.found.version < draft.version}
            onUse={() => {
              const { name, body } = saving.copy.found!;
              dispatch({ type: "replace", words: { name, body } });
              saving.copy.used();
            }}
            onDrop={saving.copy.drop}
          />
        )}
        <SavedByOther
          saving={saving}
          words={words}
          languages={languages}
          onTake={(theirs) => dispatch({ type: "replace", words: theirs })}
        />
      </div>
      <SavingStrip
        saving={saving}
        undoable={state.past.length > 0}
        redoable={state.future.length > 0}
        onSave={() => void saving.flush()}
        onUndo={acts.undo}
        onRedo={acts.redo}
      />
      <div className="pane-switch" role="group" aria-label="Parts of the editor">
        {(Object.keys(PANES) as (keyof typeof PANES)[]).map((name) => (
          <button key={name} type="button" aria-pressed={pane === name} onClick={() => setPane(name)}>
            {PANES[name]}
          </button>
        ))}
      </div>
      <div className="composer template-editor" data-pane={pane}>
        <section className="plan" aria-labelledby="texts-heading">
          <div className="sticky">
            <h2 id="texts-heading" className="visually-hidden">
              Texts
            </h2>
            <TextList
              texts={texts}
              chosen={chosen}
              changes={changes}
              problems={problems}
              onChoose={(next) => {
                setChosen(next);
                setPane("texts");
              }}
            />
          </div>
        </section>
        <section className="texts-pane" aria-label="Wording">
          <TextPane
            purpose={purpose}
            body={words.body}
            chosen={chosen}
            languages={languages}
            looked={looked}
            samples={samples.messages}
            acts={acts}
            dispatch={dispatch}
          />
        </section>
        <section className="preview" aria-labelledby="preview-heading">
          <div className="sticky">
            <h2 id="preview-heading" className="visually-hidden">
              Preview
            </h2>
            <CheckLine checking={checking} languages={codes} onShow={show} />
            <LookedChoice looked={looked} onLooked={setLooked} />
            {chosen !== "no-testing" && <SamplePreview {...samples} part={chosen.part} />}
          </div>
        </section>
      </div>
      <p className="visually-hidden" data-ready={checking.check ? "yes" : "no"}>
        {checking.check ? "All combinations are checked." : ""}
      </p>
      <div className="wrap composer-foot row">
        <AskedButton
          label="Discard the draft"
          question="Discard this draft? The version in use stays."
          yes="Discard"
          no="Keep it"
          disabled={discarding.busy}
          onYes={() => discarding.run({ id: draft.id, discard: true })}
        />
      </div>
    </>
  );
}
