"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Collision } from "../../lib/alerts/mutations";
import type { AlertContent } from "../../lib/alerts/schema";
import type { Result } from "../../lib/platform/result";

export interface Draft {
  title: string;
  content: AlertContent;
}

export type SaveState =
  | { kind: "saved"; at: number }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "kept-here"; message: string }
  | { kind: "collision"; theirs: Collision };

export type SaveAction = (input: unknown) => Promise<Result<{ version: number; collision?: Collision }>>;

const PAUSE_MS = 700;
const RETRY_MS = 5000;
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

/**
 * Saves a draft a moment after the last change, one save at a time. Until the
 * server has it, this browser keeps it.
 */
export function useAutosave(id: string, initialVersion: number, savedAt: number, save: SaveAction) {
  const version = useRef(initialVersion);
  const pending = useRef<Draft | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [state, setState] = useState<SaveState>({ kind: "saved", at: savedAt });

  const flush = useCallback(async (): Promise<boolean> => {
    if (running.current) await running.current;
    const draft = pending.current;
    if (!draft) return true;
    pending.current = null;
    const work = (async () => {
      setState({ kind: "saving" });
      try {
        const result = await save({ id, version: version.current, ...draft });
        if (!result.ok) {
          setState({ kind: "kept-here", message: result.message });
          return false;
        }
        if (result.value.collision) {
          setState({ kind: "collision", theirs: result.value.collision });
          return false;
        }
        version.current = result.value.version;
        if (!pending.current) {
          dropKept(id);
          setState({ kind: "saved", at: Date.now() });
        }
        return true;
      } catch {
        pending.current ??= draft;
        setState({ kind: "kept-here", message: "No connection. What you write is kept in this browser." });
        if (timer.current) clearTimeout(timer.current);
        timer.current = setTimeout(() => void flush(), RETRY_MS);
        return false;
      }
    })();
    running.current = work;
    const good = await work;
    running.current = null;
    return good;
  }, [id, save]);

  const change = useCallback(
    (draft: Draft) => {
      pending.current = draft;
      keep(id, draft, version.current);
      setState({ kind: "waiting" });
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush, id],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (pending.current || running.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
      if (timer.current) clearTimeout(timer.current);
    };
  }, []);

  /** After a collision: go on from the newer version, with mine on top of it or theirs instead. */
  const resolve = useCallback(
    (newer: number, draft: Draft | null) => {
      version.current = newer;
      if (draft) change(draft);
      else {
        pending.current = null;
        dropKept(id);
        setState({ kind: "saved", at: Date.now() });
      }
    },
    [change, id],
  );

  return { state, change, flush, resolve, version };
}
