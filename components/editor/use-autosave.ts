"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { readContent } from "../../lib/alerts/schema";
import { SESSION_KEY } from "../layout/providers";
import { type Draft, type SaveAction, SaveQueue, type SaveState } from "./save-queue";

/** Every tab keeps its own, so that one that saves does not drop what another one could not. */
const PREFIX = "callbox-draft-";
const keysOf = (id: string) => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${id}`));

const backupSchema = z.object({
  title: z.string(),
  // An earlier version of Callbox may have written it.
  content: z.unknown().transform(readContent),
  version: z.number(),
  at: z.number(),
});
type Backup = z.infer<typeof backupSchema>;

function parseBackup(key: string): Backup | null {
  try {
    return backupSchema.parse(JSON.parse(localStorage.getItem(key) ?? ""));
  } catch {
    return null;
  }
}

/** What this device has of a draft that could not be saved, the newest of it. */
export function readBackup(id: string): Backup | null {
  try {
    return keysOf(id)
      .flatMap((key) => parseBackup(key) ?? [])
      .reduce<Backup | null>((newest, one) => (newest && newest.at > one.at ? newest : one), null);
  } catch {
    return null;
  }
}

function drop(keys: () => string[]): void {
  try {
    for (const key of keys()) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}

/** Forgets all that this device has of a draft. */
export const dropBackup = (id: string): void => drop(() => keysOf(id));

function writeBackup(key: string, draft: Draft, version: number): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, version, at: Date.now() }));
  } catch {
    // The draft is still on screen; the state says that it is not saved.
  }
}

/** The save queue of one draft for a component, and a warning before the page is closed with something unsaved. */
export function useAutosave(id: string, initialVersion: number, savedAt: number, save: SaveAction) {
  const queries = useQueryClient();
  const [state, setState] = useState<SaveState>({ kind: "saved", at: savedAt });
  const held = useRef<SaveQueue | null>(null);
  const [tab] = useState(() => crypto.randomUUID());
  const queue = useCallback(() => {
    const key = `${PREFIX}${id}-${tab}`;
    held.current ??= new SaveQueue(id, initialVersion, {
      save: async (draft) => {
        const answer = await save(draft);
        if (!answer.ok && answer.code === "signed-out") void queries.invalidateQueries({ queryKey: SESSION_KEY });
        return answer;
      },
      keep: (draft, version) => writeBackup(key, draft, version),
      drop: () => drop(() => [key]),
      show: setState,
      now: () => Date.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    return held.current;
  }, [id, initialVersion, queries, save, tab]);

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
