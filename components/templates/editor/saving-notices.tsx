"use client";

import { Button } from "@trussworks/react-uswds";
import { listTemplateChanges } from "../../../lib/wording/fields";
import type { LanguageWords } from "../../../lib/wording/languages";
import { useTimeZone } from "../../layout/providers";
import { State } from "../../ui/state";
import { formatSeconds } from "../../ui/time";
import { TemplateChanges } from "../template-changes";
import type { Words } from "./template-state";
import type { Saving } from "./use-saving";

/** Whether the words are saved, the act that saves them, and the way back; in view however far down someone writes. */
export function SavingStrip({
  saving,
  undoable,
  redoable,
  onSave,
  onUndo,
  onRedo,
}: {
  saving: Saving;
  undoable: boolean;
  redoable: boolean;
  onSave: () => void;
  onUndo: () => void;
  onRedo: () => void;
}) {
  const timeZone = useTimeZone();
  const { dirty, busy, collided, at } = saving;
  return (
    <div className="draft-strip">
      <div className="wrap row">
        <span role="status">
          {busy ? (
            <State shape="dots">Saving</State>
          ) : collided ? (
            <State shape="triangle" tone="bad">
              Not saved: someone else saved first
            </State>
          ) : dirty ? (
            <State shape="circle">Not saved yet</State>
          ) : (
            <State shape="tick" tone="good">
              Saved {formatSeconds(at, timeZone)}
            </State>
          )}
        </span>
        <Button
          type="button"
          outline
          className="usa-button--small"
          disabled={!dirty || busy || collided}
          onClick={onSave}
        >
          Save the draft
        </Button>
        <span className="row">
          <button type="button" className="text-button" disabled={!undoable} onClick={onUndo}>
            Undo
          </button>
          <button type="button" className="text-button" disabled={!redoable} onClick={onRedo}>
            Redo
          </button>
        </span>
      </div>
    </div>
  );
}

/** Two people changed the same draft: both wordings, and what to keep. */
export function SavedByOther({
  saving,
  words,
  languages,
  onTake,
}: {
  saving: Saving;
  words: Words;
  languages: readonly LanguageWords[];
  onTake: (words: Words) => void;
}) {
  const { theirs, busy } = saving;
  if (!theirs) return null;
  return (
    <div className="box" role="alert">
      <p>
        <strong>{theirs.updatedBy} saved this draft before you.</strong> What you wrote is still here, and not saved.
      </p>
      <details>
        <summary>Compare: theirs, with your changes marked</summary>
        <TemplateChanges changes={listTemplateChanges(theirs.body, words.body)} languages={languages} />
      </details>
      <p className="row">
        <Button type="button" disabled={busy} onClick={() => void saving.keepMine()}>
          Keep mine
        </Button>
        <Button type="button" outline disabled={busy} onClick={() => onTake(saving.takeTheirs())}>
          Keep theirs
        </Button>
      </p>
    </div>
  );
}
