"use client";

import { useRouter } from "next/navigation";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { z } from "zod";
import type { TemplateDraftDetail } from "../../../lib/alerts/templates/data";
import type { saveTemplateSchema } from "../../../lib/alerts/templates/schema";
import type { Action } from "../../../lib/platform/result";
import { readTemplate } from "../../../lib/wording/schema";
import { SESSION_KEY } from "../../layout/providers";
import { deviceCopies } from "../../ui/device-copy";
import { useDeviceCopy } from "../../ui/use-device-copy";
import type { FormProblem } from "../../ui/error-summary";
import type { Words } from "./template-state";

export type SaveTemplate = Action<z.input<typeof saveTemplateSchema>, { version: number }>;

const NO_CONNECTION = "No connection to Callbox. Nothing was saved. What you wrote is on this device; try again.";

/** Words of template drafts that are on this device and not saved. */
const COPIES = deviceCopies(
  "callbox-template-",
  // An earlier version of Callbox may have written it.
  z.object({ name: z.string(), body: z.unknown().transform(readTemplate), version: z.number(), at: z.number() }),
);

const isSame = (left: Words, right: Words) =>
  left.name === right.name && JSON.stringify(left.body) === JSON.stringify(right.body);

/** Saves a draft of a template when its author says so. What a save is refused for, the words stay on screen. */
export function useSaving(draft: TemplateDraftDetail, words: Words, save: SaveTemplate) {
  const router = useRouter();
  const [saved, setSaved] = useState({ words, version: draft.version, at: draft.updatedAt });
  const [busy, setBusy] = useState(false);
  const [collided, setCollided] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const queries = useQueryClient();
  const dirty = words.body !== saved.words.body || words.name !== saved.words.name;
  const unsaved = useMemo(
    () => (dirty ? { name: words.name, body: words.body, version: saved.version } : null),
    [dirty, words, saved.version],
  );
  const copy = useDeviceCopy(COPIES, draft.id, unsaved, (found) => isSame(found, draft));

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);

  /** @returns the version that the server has now; null where it did not take it */
  const saveOver = async (version: number): Promise<number | null> => {
    setBusy(true);
    setProblem(null);
    const result = await save({ id: draft.id, version, ...words }).catch(() => null);
    setBusy(false);
    if (result?.ok) {
      setSaved({ words, version: result.value.version, at: Date.now() });
      setCollided(false);
      return result.value.version;
    }
    if (result?.ok === false && result.code === "signed-out") void queries.invalidateQueries({ queryKey: SESSION_KEY });
    if (result?.code === "content-changed") {
      setCollided(true);
      // Brings what the other person saved; what was typed here stays.
      router.refresh();
    } else {
      setProblem(
        result
          ? { message: result.message, ...(result.fields ? { fields: result.fields } : {}) }
          : { message: NO_CONNECTION },
      );
    }
    return null;
  };
  return {
    dirty,
    busy,
    problem,
    at: saved.at,
    copy,
    saved: saved.words,
    /** What someone else saved meanwhile, once the page has it. */
    theirs: collided && draft.version > saved.version ? draft : null,
    collided,
    flush: async () => (dirty ? saveOver(saved.version) : saved.version),
    /** After a collision: mine on top of theirs. */
    keepMine: () => saveOver(draft.version),
    /** After a collision: theirs in place of mine. @returns the words that are saved now */
    takeTheirs: (): Words => {
      const theirs = { name: draft.name, body: draft.body };
      setSaved({ words: theirs, version: draft.version, at: draft.updatedAt });
      setCollided(false);
      return theirs;
    },
  };
}
export type Saving = ReturnType<typeof useSaving>;
