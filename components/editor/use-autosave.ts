"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type Draft, type SaveAction, SaveQueue, type SaveState } from "./save-queue";

const keyOf = (id: string) => `callbox-draft-${id}`;

/** What this browser kept of a draft that could not be saved. */
export function readKept(id: string): (Draft & { version: number; at: number }) | null {
  try {
    const text = localStorage.getItem(keyOf(id));
    return text ? (JSON.parse(text) as Draft & { version: number; at: number }) : null;
  } catch {
    return null;
  }
}

export function dropKept(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

function keep(id: string, draft: Draft, version: number): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify({ ...draft, version, at: Date.now() }));
  } catch {
    // The draft is still on screen; the state says that it is not saved.
  }
}

/** The save queue of one draft for a component, and a warning before the page is closed with something unsaved. */
export function useAutosave(id: string, initialVersion: number, savedAt: number, save: SaveAction) {
  const [state, setState] = useState<SaveState>({ kind: "saved", at: savedAt });
  const held = useRef<SaveQueue | null>(null);
  const queue = useCallback(() => {
    held.current ??= new SaveQueue(id, initialVersion, {
      save,
      keep: (draft, version) => keep(id, draft, version),
      drop: () => dropKept(id),
      show: setState,
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    return held.current;
  }, [id, initialVersion, save]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (held.current?.unsaved) event.preventDefault();
    };
    // Somebody who comes back from signing in again in another window is not kept waiting.
    const retry = () => {
      if (held.current?.unsaved) void held.current.flush();
    };
    window.addEventListener("beforeunload", warn);
    window.addEventListener("online", retry);
    window.addEventListener("focus", retry);
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("online", retry);
      window.removeEventListener("focus", retry);
      held.current?.stop();
    };
  }, []);

  return {
    state,
    version: () => held.current?.version ?? initialVersion,
    change: useCallback((draft: Draft) => queue().change(draft), [queue]),
    flush: useCallback(() => queue().flush(), [queue]),
    resolve: useCallback((newer: number, mine: Draft | null) => queue().resolve(newer, mine), [queue]),
  };
}
