"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { readContent } from "../../lib/alerts/schema";
import { type Draft, type SaveAction, SaveQueue, type SaveState } from "./save-queue";

const keyOf = (id: string) => `callbox-draft-${id}`;

const backupSchema = z.object({
  title: z.string(),
  // An earlier version of Callbox may have written it.
  content: z.unknown().transform(readContent),
  version: z.number(),
  at: z.number(),
});

/** What this device has of a draft that could not be saved. */
export function readBackup(id: string): (Draft & { version: number; at: number }) | null {
  try {
    const text = localStorage.getItem(keyOf(id));
    return text ? backupSchema.parse(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}

export function dropBackup(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

function writeBackup(id: string, draft: Draft, version: number): void {
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
      keep: (draft, version) => writeBackup(id, draft, version),
      drop: () => dropBackup(id),
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
    // Someone who comes back from signing in again in another window is not kept waiting.
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
