"use client";

import { Button } from "@trussworks/react-uswds";
import type { AlertContent } from "../../lib/alerts/schema";
import { WordDiff } from "../ui/word-diff";
import { differingTexts } from "./differing-texts";
import type { SaveState } from "./save-queue";

type Theirs = Extract<SaveState, { kind: "collision" }>["theirs"];

/** How many texts are shown side by side. */
const SHOWN = 3;

/** Two people saved at once: both versions, to choose from. */
export function CollisionNotice({
  theirs,
  mine,
  onKeepTheirs,
  onKeepMine,
}: {
  theirs: Theirs;
  mine: AlertContent;
  onKeepTheirs: (theirs: Theirs) => void;
  onKeepMine: (theirs: Theirs) => void;
}) {
  const differing = differingTexts(mine, theirs.content);
  return (
    <div className="box" role="alert">
      <h2>{theirs.by} saved this alert while you were writing</h2>
      <p>
        {theirs.submitted
          ? "It waits for approval now. “Keep mine” takes it back; with “Keep theirs” your text stays on this device."
          : "Nothing is lost: both versions stay in the history. Choose the one to go on with."}
      </p>
      {differing.slice(0, SHOWN).map((text) => (
        <div key={text.key}>
          <h3>
            {text.label} <span className="hint">{text.language}</span>
          </h3>
          <div className="texts-received">
            <div className="received">
              <strong>{theirs.by}</strong>
              <div lang={text.language} data-verbatim>
                {text.theirs}
              </div>
            </div>
            <div className="received">
              <strong>You, with what differs marked</strong>
              <div lang={text.language}>
                <WordDiff before={text.theirs} after={text.mine} />
              </div>
            </div>
          </div>
        </div>
      ))}
      {differing.length > SHOWN && <p>{differing.length - SHOWN} more texts differ.</p>}
      {differing.length === 0 && (
        <p>The texts are the same. The title, the times, or decisions about numbers differ.</p>
      )}
      <p className="row">
        <Button type="button" outline onClick={() => onKeepTheirs(theirs)}>
          Keep theirs
        </Button>
        <Button type="button" outline onClick={() => onKeepMine(theirs)}>
          Keep mine
        </Button>
      </p>
    </div>
  );
}
