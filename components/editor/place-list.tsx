"use client";

import { memo, useEffect, useRef } from "react";
import { formatNumber } from "../../lib/directory/schema";
import type { Selection } from "../../lib/directory/selection";
import { type Shape, State } from "../ui/state";

export interface PlaceRow {
  id: string;
  name: string;
  selection: Selection;
  /** The day on which its number was answered last. */
  answered: string | null;
  /** What its people are told where it has no number. */
  help: string | null;
  custom: boolean;
  /** Its county, where its stations have wording of their own. */
  county: string | null;
  /** 911 works again there. */
  restored: boolean;
  /** Whether the alert gives numbers at all; where not, a place without one is no news. */
  giving: boolean;
}

const SIGNS: Record<Selection["outcome"], { shape: Shape; says: string } | null> = {
  ready: null,
  alternate: { shape: "arrows", says: "alternate" },
  override: { shape: "triangle", says: "override" },
  "no-number": { shape: "dash", says: "tells people where to go" },
  blocked: { shape: "octagon", says: "must fix first" },
};

function SecondLine({ row: { selection, answered, help, custom, county, restored, giving } }: { row: PlaceRow }) {
  const sign = restored
    ? ({ shape: "tick", says: "911 works again" } as const)
    : giving
      ? SIGNS[selection.outcome]
      : null;
  if (!sign && answered === null && !custom && !county) return null;
  return (
    <span className="hint row">
      {sign && <State shape={sign.shape}>{help === null ? sign.says : `tells people: ${help}`}</State>}
      {answered !== null && <span>answered {answered}</span>}
      {custom && <span>edited for this place only</span>}
      {county && <span>stations: edited for {county}</span>}
    </span>
  );
}

/** One place. Thousands of them are on screen, so that only the two that a choice changes are drawn anew. */
const Option = memo(function Option({
  row,
  selected,
  onSelect,
}: {
  row: PlaceRow;
  selected: boolean;
  onSelect: (id: string) => void;
}) {
  return (
    <li id={`plan-${row.id}`} role="option" aria-selected={selected} onClick={() => onSelect(row.id)}>
      <span className="line">
        <strong>{row.name}</strong>
        <span className="number">
          {row.selection.number ? formatNumber(row.selection.number) : row.restored || !row.giving ? "" : "no number"}
        </span>
      </span>
      <SecondLine row={row} />
    </li>
  );
});

/** The places of the alert as one list: arrows move, the choice fills texts and preview. */
export function PlaceList({
  rows,
  selected,
  onSelect,
}: {
  rows: readonly PlaceRow[];
  selected: string;
  onSelect: (id: string) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const option = list.current?.querySelector('[aria-selected="true"]');
    if (option && list.current && list.current.contains(document.activeElement))
      option.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const move = (by: number) => {
    const index = rows.findIndex(({ id }) => id === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, index + by))];
    if (next) onSelect(next.id);
  };
  return (
    <ul
      ref={list}
      className="place-list"
      role="listbox"
      tabIndex={0}
      aria-label="Places of this alert"
      aria-activedescendant={rows.some(({ id }) => id === selected) ? `plan-${selected}` : undefined}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[
          event.key
        ];
        if (step !== undefined) {
          event.preventDefault();
          move(step);
        }
      }}
    >
      {rows.map((row) => (
        <Option key={row.id} row={row} selected={row.id === selected} onSelect={onSelect} />
      ))}
      {rows.length === 0 && <li role="presentation">No place matches.</li>}
    </ul>
  );
}
