"use client";

import { Button } from "@trussworks/react-uswds";
import type { AlertContent } from "../../lib/alerts/schema";
import { TEXTS } from "../../lib/wording/texts";
import { useTimeZone } from "../layout/providers";
import { formatSeconds } from "../ui/time";
import type { SaveState } from "./save-queue";

/** Typing that this device kept because the server did not get it. */
export function BackupNotice({ at, onUse, onDrop }: { at: number; onUse: () => void; onDrop: () => void }) {
  const timeZone = useTimeZone();
  return (
    <div className="box" role="alert">
      <p>
        <strong>Unsaved text from {formatSeconds(at, timeZone)} is on this device.</strong>
      </p>
      <div className="row">
        <Button type="button" onClick={onUse}>
          Use the unsaved text
        </Button>
        <Button type="button" outline onClick={onDrop}>
          Keep the saved text
        </Button>
      </div>
    </div>
  );
}

/** Someone else saved the alert that is open here. */
export function NewerNotice({ by, at }: { by: string; at: number }) {
  const timeZone = useTimeZone();
  return (
    <div className="box" role="status">
      <p>
        <strong>{by} changed this alert</strong> at {formatSeconds(at, timeZone)}.
      </p>
      <Button type="button" outline onClick={() => window.location.reload()}>
        Show the new version
      </Button>
    </div>
  );
}

type Theirs = Extract<SaveState, { kind: "collision" }>["theirs"];

/** Every text in which two contents differ. */
export function differingTexts(mine: AlertContent, theirs: AlertContent) {
  return Object.keys(mine.texts).flatMap((language) =>
    TEXTS.flatMap(({ audience, part, label }) => {
      const [my, their] = [mine, theirs].map(({ texts }) => texts[language]?.[audience][part] ?? "");
      return my === their ? [] : [{ key: `${language}.${audience}.${part}`, language, label, mine: my, theirs: their }];
    }),
  );
}

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
      <p>Nothing is lost: both versions stay in the history. Choose the one to go on with.</p>
      {differing.slice(0, 3).map((text) => (
        <div className="texts-received" key={text.key}>
          <div className="received" lang={text.language}>
            <strong lang="en">{theirs.by}</strong>
            <br />
            {text.theirs}
          </div>
          <div className="received" lang={text.language}>
            <strong lang="en">You</strong>
            <br />
            {text.mine}
          </div>
        </div>
      ))}
      {differing.length > 3 && <p>{differing.length - 3} more texts differ.</p>}
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
