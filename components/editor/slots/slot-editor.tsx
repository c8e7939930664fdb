"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { LanguageWords } from "../../../lib/wording/languages";
import { segmentText, SLOTS, type SlotName, type SlotValues } from "../../../lib/wording/slots";
import { useSay } from "../../ui/announcer";
import type { Pasted } from "./paste";
import type { Atom } from "./slot-doc";
import { type SlotHooks, SlotView, type Step } from "./slot-view";

/** A slot and what it reads, in words: "the direct number: 413-555-0142". */
const describeSlot = (slot: SlotName, values: SlotValues): string =>
  `${SLOTS[slot]}: ${values[slot] ?? "no value for this place"}`;

/** What each phrase of a template reads in one language for the chosen example; undefined where it has no words. */
export type PhraseTexts = Readonly<Record<string, string | undefined>>;
const NO_PHRASES: PhraseTexts = {};

function describe(atom: Atom, values: SlotValues, phrases: PhraseTexts): string {
  if (atom.kind === "slot") return describeSlot(atom.name, values);
  const text = phrases[atom.name];
  return `${atom.name}: ${text === undefined ? "no words for this outage" : text.trim() || "nothing here"}`;
}

interface Props {
  id: string;
  /** What the text is, as screen readers call it. */
  label: string;
  language: Pick<LanguageWords, "code" | "direction">;
  wording: string;
  values: SlotValues;
  /** Of a template's text; without them, double brackets are text like any other. */
  phrases?: PhraseTexts;
  readOnly: boolean;
  invalid: boolean;
  describedBy: string;
  /** Set while the editor is on screen. */
  view: React.RefObject<SlotView | null>;
  onChange: (wording: string, step: Step) => void;
  onUndo: () => void;
  onRedo: () => void;
  onPasted: (pasted: Pasted) => void;
  onInsert: () => void;
}

const attributesOf = ({ id, label, language, readOnly, invalid, describedBy }: Props): Record<string, string> => ({
  id,
  class: "slot-text",
  role: "textbox",
  "aria-multiline": "true",
  "aria-label": label,
  "aria-describedby": describedBy,
  lang: language.code,
  dir: language.direction,
  spellcheck: "true",
  ...(readOnly ? { "aria-readonly": "true", tabindex: "0" } : {}),
  ...(invalid ? { "aria-invalid": "true" } : {}),
});

/** A wording in place: its slots with their values as atoms, everything around them plain text. */
export function SlotEditor(props: Props) {
  const say = useSay();
  const mount = useRef<HTMLDivElement>(null);
  const latest = useRef({ props, say });
  const [ready, setReady] = useState(false);
  const { wording, values, phrases = NO_PHRASES, view, readOnly, invalid } = props;
  useLayoutEffect(() => {
    latest.current = { props, say };
  });
  useLayoutEffect(() => {
    if (!mount.current) return;
    const now = () => latest.current.props;
    const known = () => now().phrases ?? NO_PHRASES;
    const hooks: SlotHooks = {
      value: (atom) => (atom.kind === "slot" ? now().values[atom.name] : known()[atom.name]),
      describe: (atom) => describe(atom, now().values, known()),
      isPhrase: (name) => Object.hasOwn(known(), name),
      change: (next, step) => now().onChange(next, step),
      undo: () => now().onUndo(),
      redo: () => now().onRedo(),
      say: (words) => latest.current.say(words),
      pasted: (pasted) => now().onPasted(pasted),
      insert: () => now().onInsert(),
    };
    const made = new SlotView(
      mount.current,
      now().wording,
      () => hooks,
      () => attributesOf(now()),
    );
    made.setReadOnly(now().readOnly);
    view.current = made;
    setReady(true);
    return () => {
      view.current = null;
      made.destroy();
      setReady(false);
    };
  }, [view]);
  useEffect(() => view.current?.setWording(wording), [view, wording]);
  useEffect(() => view.current?.drawValues(), [view, values, phrases]);
  useEffect(() => view.current?.setReadOnly(readOnly), [view, readOnly, invalid]);
  return (
    <>
      <div ref={mount} data-verbatim />
      {!ready && (
        // What the server sends, until the editor is there.
        <div className="slot-text" lang={props.language.code} dir={props.language.direction} data-verbatim>
          {segmentText(wording, values).map((segment, index) => (
            <span key={index} className={segment.slot === undefined ? undefined : "slot"}>
              {segment.text}
            </span>
          ))}
        </div>
      )}
    </>
  );
}
