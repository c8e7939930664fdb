"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import type { Collision } from "../../lib/alerts/commands/save";
import { readContent } from "../../lib/alerts/schema";
import { SESSION_KEY } from "../layout/providers";
import { deviceCopies } from "../ui/device-copy";
import { type Draft, type SaveAction, SaveQueue, type SaveState } from "./save-queue";

const backupSchema = z.object({
  title: z.string(),
  // An earlier version of Callbox may have written it.
  content: z.unknown().transform(readContent),
  version: z.number(),
  at: z.number(),
});

/** What this device has of drafts that could not be saved. */
export const BACKUPS = deviceCopies("callbox-draft-", backupSchema);

/** The save queue of one draft for a component, and a warning before the page is closed with something unsaved. */
export function useAutosave(id: string, initialVersion: number, savedAt: number, save: SaveAction) {
  const queries = useQueryClient();
  const [state, setState] = useState<SaveState>({ kind: "saved", at: savedAt });
  const held = useRef<SaveQueue | null>(null);
  const [tab] = useState(() => crypto.randomUUID());
  const queue = useCallback(() => {
    held.current ??= new SaveQueue(id, initialVersion, {
      save: async (draft) => {
        const answer = await save(draft);
        if (!answer.ok && answer.code === "signed-out") void queries.invalidateQueries({ queryKey: SESSION_KEY });
        return answer;
      },
      keep: (draft, version) => BACKUPS.write(id, tab, { ...draft, version, at: Date.now() }),
      drop: () => BACKUPS.drop(id, tab),
      keepAside: (draft, version) => {
        const slot = crypto.randomUUID();
        BACKUPS.write(id, slot, { ...draft, version, at: Date.now() });
        return () => BACKUPS.drop(id, slot);
      },
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
    keepMine: useCallback((newer: number, mine: Draft) => queue().keepMine(newer, mine), [queue]),
    keepTheirs: useCallback((theirs: Collision, mine: Draft) => queue().keepTheirs(theirs, mine), [queue]),
  };
}
