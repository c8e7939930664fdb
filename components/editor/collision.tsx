"use client";

import { Button } from "@trussworks/react-uswds";
import { differingDecisions, type Names, type SavedState } from "../../lib/alerts/history/differing-decisions";
import { type DifferingText, differingTexts } from "../../lib/alerts/history/differing-texts";
import { Flowing } from "../ui/flowing";
import { WordDiff } from "../ui/word-diff";
import { DecisionChanges } from "./decision-changes";
import type { SaveState } from "./save-queue";

type Theirs = Extract<SaveState, { kind: "collision" }>["theirs"];

/** How many texts stand open side by side. */
const SHOWN = 3;

/** Two people saved at once: both versions, to choose from. */
export function CollisionNotice({
  theirs,
  mine,
  names,
  onKeepTheirs,
  onKeepMine,
}: {
  theirs: Theirs;
  mine: SavedState;
  names: Names;
  onKeepTheirs: (theirs: Theirs) => void;
  onKeepMine: (theirs: Theirs) => void;
}) {
  const differing = differingTexts(mine.content, theirs.content, names.place);
  const decisions = differingDecisions(theirs, mine, names);
  const whose = theirs.ownName ? `${theirs.by}, in the other tab` : theirs.by;
  return (
    <div className="box" role="alert">
      <h2>
        {theirs.ownName
          ? "This alert was saved under your name in another tab while you were writing"
          : `${theirs.by} saved this alert while you were writing`}
      </h2>
      <p>
        {theirs.submitted
          ? "It waits for approval now. “Keep mine” takes it back; with “Keep theirs” your text stays on this device."
          : "Nothing is lost: both versions stay in the history. Choose the one to go on with."}
      </p>
      <DecisionChanges changes={decisions} before={whose} after="You" />
      <BothTexts by={whose} texts={differing.slice(0, SHOWN)} />
      {differing.length > SHOWN && (
        <details>
          <summary>
            {differing.length - SHOWN === 1 ? "1 more text differs" : `${differing.length - SHOWN} more texts differ`}
          </summary>
          <BothTexts by={whose} texts={differing.slice(SHOWN)} />
        </details>
      )}
      {differing.length === 0 && <p>The texts are the same.</p>}
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

function BothTexts({ by, texts }: { by: string; texts: readonly DifferingText[] }) {
  return texts.map((text) => (
    <div key={text.key}>
      <h3>
        {text.label}, {text.languageName}
      </h3>
      <div className="texts-received">
        <div className="received">
          <strong>{by}</strong>
          <div lang={text.language} data-verbatim>
            <Flowing text={text.theirs} />
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
  ));
}
