"use client";

import { useDeferredValue, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { isOnlyShortened } from "../../lib/alerts/choose-wording";
import { buildBundle } from "../../lib/alerts/content";
import { choosePlaces, planMessages } from "../../lib/alerts/plan";
import type { ComposerProps } from "./composer";
import { reduce } from "./composer-state";
import { useAutosave } from "./use-autosave";
import { useChecked } from "./use-checked";

/** What is being written, with everything that follows from it. */
export function useDraft({ alert, now, save }: ComposerProps) {
  const { facts } = alert;
  const [state, dispatch] = useReducer(reduce, null, () => {
    const selected = [...facts.places].sort((left, right) => right.population - left.population)[0]?.id ?? "";
    return {
      title: alert.title,
      content: alert.content,
      edits: 0,
      selected,
      customScope: alert.content.customWording[selected] !== undefined,
      filter: "all" as const,
      find: "",
      past: [],
      future: [],
      returned: null,
    };
  });
  const [opened] = useState(alert.content);
  const { title, content } = state;
  const autosave = useAutosave(alert.id, alert.version, alert.updatedAt, save);
  const { change: changed } = autosave;
  const saved = useRef(0);
  useEffect(() => {
    if (state.edits === saved.current) return;
    saved.current = state.edits;
    changed({ title, content });
  }, [state.edits, title, content, changed]);
  const checked = useChecked(facts, content, now);
  // What numbers are given depends on decisions only, so typing does not choose them again.
  const { placeIds, numbers, grouping, validMinutes, customWording } = content;
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const chosen = useMemo(() => choosePlaces(facts, content, now), [facts, placeIds, numbers, validMinutes, now]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const plans = useMemo(() => planMessages(facts, content, chosen, now), [chosen, grouping]);
  const editedIds = Object.entries(customWording)
    .filter(([, own]) => !isOnlyShortened(content, own))
    .map(([id]) => id)
    .join(" ");
  const edited = useMemo(() => new Set(editedIds.split(" ")), [editedIds]);
  return { state, dispatch, opened, autosave, checked, chosen, plans, edited };
}

/** The preview is of one county only, and follows typing when there is time. */
export function usePreview(
  { alert: { facts }, now }: ComposerProps,
  draft: ReturnType<typeof useDraft>,
  county: string | undefined,
) {
  const later = useDeferredValue(draft.state.content);
  return useMemo(() => {
    const near = facts.places.filter((place) => place.counties.some(({ id }) => id === county)).map(({ id }) => id);
    const bundleOf = (content: typeof later) => {
      const ids = content.grouping === "place" ? content.placeIds.filter((id) => near.includes(id)) : content.placeIds;
      return buildBundle(facts, { ...content, placeIds: ids }, now);
    };
    return { bundle: bundleOf(later), before: () => bundleOf({ ...draft.opened, placeIds: later.placeIds }) };
  }, [facts, later, county, now, draft.opened]);
}
