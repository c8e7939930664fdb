"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { actOf, type ComposerAct } from "./composer-keys";
import { type Pane, PANE_NAMES } from "./panes";

/** Where the focus goes in a part: its first field, the chosen row, the chosen tab. */
const FIRST: Readonly<Record<Pane, string>> = {
  fix: ".fix button, .fix a, .fix",
  texts: ".texts-pane .slot-text",
  preview: '.preview [role="tab"][aria-selected="true"]',
  places: '.plan [role="listbox"]',
};

interface Keys {
  pane: (pane: Pane) => void;
  send: () => void;
  undo: () => void;
  redo: () => void;
}

const paneOf = (element: Element | null): Pane | undefined =>
  PANE_NAMES.find((name) => element?.closest(`[data-pane-name="${name}"]`));

/** A field that undoes by itself what is typed in it. */
const undoesItself = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.id !== "alert-title" &&
  (target.isContentEditable || target.matches("input, textarea, select"));

/**
 * F6 goes from part to part, "/" to the search of places, Ctrl+Enter sends when
 * that is allowed, and undo works wherever the focus is.
 */
export function useComposerKeys(keys: Keys): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    // Where the focus goes with the next frame: a second press before that goes on from there.
    let going: Pane | undefined;
    const focusPane = (step: number) => {
      const here = going ?? paneOf(document.activeElement);
      const index = here === undefined ? (step > 0 ? -1 : 0) : PANE_NAMES.indexOf(here);
      const pane = PANE_NAMES[(index + step + PANE_NAMES.length) % PANE_NAMES.length] ?? "texts";
      latest.current.pane(pane);
      // On a phone the part has to be there first.
      going = pane;
      requestAnimationFrame(() => {
        if (going !== pane) return;
        going = undefined;
        document.querySelector<HTMLElement>(FIRST[pane])?.focus();
      });
    };
    const acts: Record<ComposerAct, () => void> = {
      "next-part": () => focusPane(1),
      "earlier-part": () => focusPane(-1),
      send: () => latest.current.send(),
      undo: () => latest.current.undo(),
      redo: () => latest.current.redo(),
      "find-place": () => document.getElementById("plan-find")?.focus(),
    };
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      const act = actOf(
        {
          key: event.key,
          command: event.ctrlKey || event.metaKey,
          shift: event.shiftKey,
          isTaken: event.defaultPrevented,
        },
        {
          undoesItself: undoesItself(event.target),
          inPlaces: paneOf(document.activeElement) === "places",
        },
      );
      if (!act) return;
      event.preventDefault();
      acts[act]();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
