"use client";

import { useEffect, useRef } from "react";
import { isSlotName, SLOTS, type SlotName, type SlotValues } from "../../../lib/wording/slots";
import type { Atom } from "./slot-doc";
import type { PhraseTexts } from "./slot-editor";

/** Slots and phrases with their values, to put in where the caret stands. Arrows choose, Enter puts in, Escape goes back. */
export function InsertMenu({
  id,
  values,
  first,
  phrases = {},
  onChoose,
  onClose,
}: {
  id: string;
  values: SlotValues;
  /** Those that the text had and lost. */
  first: readonly SlotName[];
  /** Of a template's text. */
  phrases?: PhraseTexts;
  onChoose: (atom: Atom) => void;
  onClose: () => void;
}) {
  const menu = useRef<HTMLUListElement>(null);
  useEffect(() => menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), []);
  const known = Object.keys(values).filter(isSlotName);
  const slots = [...first, ...known.filter((slot) => !first.includes(slot))];
  const move = (event: React.KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const index = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (to !== undefined) {
      event.preventDefault();
      items[(to + items.length) % items.length]?.focus();
    } else if (/^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const from = [...items.slice(index + 1), ...items.slice(0, index + 1)];
      from.find(({ dataset }) => dataset.slot?.startsWith(event.key.toLowerCase()))?.focus();
    }
  };
  return (
    <ul className="insert-menu" role="menu" id={id} aria-label="Insert a slot" ref={menu} onKeyDown={move}>
      {slots.map((slot) => (
        <li key={slot} role="none">
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            data-slot={slot}
            onClick={() => onChoose({ kind: "slot", name: slot })}
          >
            <span>
              {SLOTS[slot]}
              {first.includes(slot) && " (removed)"}
            </span>{" "}
            <strong data-verbatim>{values[slot] ?? "no value here"}</strong>
          </button>
        </li>
      ))}
      {Object.entries(phrases).map(([name, text]) => (
        <li key={`phrase ${name}`} role="none">
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            data-slot={name}
            onClick={() => onChoose({ kind: "phrase", name })}
          >
            <span>Phrase “{name}”</span> <strong data-verbatim>{text?.trim() || "nothing here"}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}
