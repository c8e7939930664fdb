"use client";

import { memo, useCallback, useRef, useState } from "react";
import { codeText, writePlain } from "../../lib/standards/cellbroadcast/gsm7";
import type { LanguageWords } from "../../lib/wording/languages";
import type { HeldWording } from "../../lib/wording/prepare";
import { fillText, leftOutSlots, type SlotName, SLOTS, type SlotValues } from "../../lib/wording/slots";
import { countCharacters } from "../../lib/wording/text-length";
import { isForCounties, PART_SPECS, type TextSpec } from "../../lib/wording/texts";
import { State } from "../ui/state";
import { WordDiff } from "../ui/word-diff";
import { textId } from "./composer-state";
import { InsertMenu } from "./slots/insert-menu";
import { type Pasted, pasteRaw, plainLetters } from "./slots/paste";
import { putBack, putSentenceBack, removedSlots } from "./slots/removed-slots";
import { SlotEditor } from "./slots/slot-editor";
import type { SlotView, Step } from "./slots/slot-view";
import { Counter, type Longest } from "./text-counter";

export interface TextActs {
  write: (spec: TextSpec, language: string, wording: string, step: Step) => void;
  /** This text of this place reads like that of all others again. */
  revert: (spec: TextSpec, language: string) => void;
  undo: () => void;
  redo: () => void;
}

interface Props {
  spec: TextSpec;
  language: LanguageWords;
  wording: string;
  /** The wording of all others, where this place has its own. */
  common: string | undefined;
  /** Its own wording was only made to fit, and nobody edited it. */
  shortened: boolean;
  /** The shorter wording that is used because this one is too long here, with this place's values. */
  instead: string | undefined;
  /** What it was when the page was opened. */
  opened: string;
  /** What the template has in its place. */
  held: HeldWording | undefined;
  /** The chosen place or its county. */
  place: string;
  /** Characters that stations have for it behind their own sentence; unset where none read it. */
  room: number | undefined;
  values: SlotValues;
  /** The same with the longest times, which is what the limit is asked about. */
  longestValues: SlotValues;
  longest: Longest | undefined;
  /** What is done to a text whose slots are filled before it is sent. */
  finish: (text: string) => string;
  readOnly: boolean;
  acts: TextActs;
}

/** One text in one language, written where it is read: with this place's values in it. */
export const TextBlock = memo(function TextBlock(props: Props) {
  const { spec, language, wording, values, longestValues, longest, readOnly, acts } = props;
  const limit = props.room ?? PART_SPECS[spec.part].limit;
  const id = textId(language.code, spec.audience, spec.part);
  const view = useRef<SlotView>(null);
  const [inserting, setInserting] = useState(false);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const write = useCallback(
    (next: string, step: Step) => acts.write(spec, language.code, next, step),
    [acts, spec, language.code],
  );
  const insert = useCallback(() => setInserting(true), []);
  const longestText = props.finish(fillText(props.instead ?? wording, longestValues));
  const coding = codeText(longestText);
  const characters = countCharacters(spec.part, longestText);
  const shownNow = countCharacters(spec.part, props.finish(fillText(props.instead ?? wording, values)));
  const over = limit !== undefined && characters > limit;
  const lost = removedSlots(props.opened, wording);
  // What it left out before the page was opened is missing as well.
  const removed = [...new Set([...lost, ...leftOutSlots(props.held?.text ?? "", wording)])];
  const letters = plainLetters(wording, coding.forcedBy);
  const asPasted = pasted && pasteRaw(wording, pasted);
  const close = () => {
    setInserting(false);
    view.current?.view.focus();
  };
  return (
    <div
      className="text-block"
      data-text={`${isForCounties(spec.audience) ? "county" : "place"}.${spec.part}.${language.code}`}
    >
      <SlotEditor
        id={id}
        label={`${spec.label}, ${language.name}`}
        language={language}
        wording={wording}
        values={values}
        readOnly={readOnly}
        invalid={over}
        describedBy={`${id}-counter`}
        view={view}
        onChange={write}
        onUndo={acts.undo}
        onRedo={acts.redo}
        onPasted={setPasted}
        onInsert={insert}
      />
      <div className="counter-row">
        <Counter
          id={`${id}-counter`}
          coding={coding}
          characters={characters}
          now={shownNow}
          limit={limit}
          longest={longest}
          onAir={props.room !== undefined}
          phone={spec.part === "short" || spec.part === "long"}
        />
        {!readOnly && (
          <button
            type="button"
            className="text-button"
            aria-haspopup="menu"
            aria-expanded={inserting}
            aria-label={`Insert a slot into ${spec.label}, ${language.name}`}
            onClick={() => setInserting(!inserting)}
          >
            Insert
          </button>
        )}
        {inserting && (
          <InsertMenu
            id={`${id}-insert`}
            values={values}
            first={removed}
            onChoose={(atom) => {
              setInserting(false);
              view.current?.insertAtom(atom);
            }}
            onClose={close}
          />
        )}
      </div>
      {props.instead !== undefined && (
        <div className="text-note">
          <State shape="half">Shorter here.</State> Too long for {props.place}, so it reads:
          <p lang={language.code} dir={language.direction}>
            {fillText(props.instead, values)}
          </p>
        </div>
      )}
      {letters.length > 0 &&
        !readOnly &&
        coding.alphabet === "UCS-2" &&
        spec.part !== "headline" &&
        PART_SPECS[spec.part].limit !== undefined && (
          <button type="button" className="text-button" onClick={() => write(writePlain(wording), "act")}>
            Write {letters.join(", ")}
          </button>
        )}
      {pasted && asPasted !== null && (
        <p className="text-note" role="status">
          Pasted text was cleaned: {pasted.changes.join(", ")}.{" "}
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setPasted(null);
              write(asPasted, "act");
            }}
          >
            Paste it as it was
          </button>
        </p>
      )}
      {!readOnly && (
        <RemovedSlots
          {...props}
          removed={removed}
          onPutBack={(slot) =>
            write(putBack(lost.includes(slot) ? props.opened : (props.held?.text ?? ""), wording, slot), "act")
          }
        />
      )}
      {props.held?.locked.map((sentence) => (
        <LockedSentence
          key={sentence}
          sentence={sentence}
          language={language}
          values={values}
          kept={wording.includes(sentence)}
          onPutBack={
            readOnly ? undefined : () => write(putSentenceBack(props.held?.text ?? "", wording, sentence), "act")
          }
        />
      ))}
      {props.common !== undefined && props.common !== wording && <OwnWording {...props} common={props.common} />}
    </div>
  );
});

/** A sentence that the template locks, and the way back to it where the text has it no more. */
function LockedSentence({
  sentence,
  language: { code, direction },
  values,
  kept,
  onPutBack,
}: {
  sentence: string;
  language: LanguageWords;
  values: SlotValues;
  kept: boolean;
  onPutBack: (() => void) | undefined;
}) {
  return (
    <p className="text-note">
      <State shape={kept ? "lock" : "octagon"} tone={kept ? "plain" : "bad"}>
        {kept ? "Locked, stays as it is:" : "Locked, and missing:"}
      </State>{" "}
      <span lang={code} dir={direction}>
        {fillText(sentence, values)}
      </span>{" "}
      {!kept && onPutBack && (
        <button type="button" className="text-button" onClick={onPutBack}>
          Put it back
        </button>
      )}
    </p>
  );
}

/** Slots that the text lost, each put back by one press. */
function RemovedSlots({
  removed,
  onPutBack,
}: Props & { removed: readonly SlotName[]; onPutBack: (slot: SlotName) => void }) {
  return removed.map((slot) => (
    <p className="text-note" key={slot}>
      <State shape="triangle">Removed: {SLOTS[slot]}.</State>{" "}
      <button type="button" className="text-button" onClick={() => onPutBack(slot)}>
        Put it back
      </button>
    </p>
  ));
}

/** That a place reads something else than all others: seen, compared, reverted. */
function OwnWording(props: Props & { common: string }) {
  const { spec, language, wording, common, shortened, place, values, readOnly, acts } = props;
  const [compared, setCompared] = useState(false);
  return (
    <div className="text-note">
      <State shape="half">
        {shortened ? "Shortened" : "Edited"} for {place} only
      </State>{" "}
      <button type="button" className="text-button" aria-expanded={compared} onClick={() => setCompared(!compared)}>
        Compare
      </button>{" "}
      {!readOnly && (
        <button type="button" className="text-button" onClick={() => acts.revert(spec, language.code)}>
          Use the common wording
        </button>
      )}
      {compared && (
        <div lang={language.code} dir={language.direction}>
          <WordDiff before={fillText(common, values)} after={fillText(wording, values)} />
        </div>
      )}
    </div>
  );
}
