"use client";

import { useMemo, useRef } from "react";
import type { MapShapes } from "../../lib/places/map";
import { Patterns } from "../directory/readiness-summary";
import { middleOf, placeLabels } from "./map-labels";

export interface MapTown {
  id: string;
  name: string;
  /** Class that gives the fill: chosen, waits, good, soon, bad, none, foreign, or nothing. */
  look: string;
  /** What a screen reader hears after the name. */
  says: string;
}

const ARROWS: ReadonlyMap<string, [number, number]> = new Map(
  Object.entries({
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  }),
);

/** The size of a name's letters and how many are named: on a wide screen, and where the map is as narrow as a phone. */
const NAMES = [
  { className: "map-names", size: 15, most: 12 },
  { className: "map-names on-phone", size: 27, most: 4 },
] as const;

/**
 * Towns as shapes. One of them is in the tab order; arrow keys move to the
 * neighbor that way, Space or Enter presses it. The list beside it says the same.
 */
export function PlaceMap({
  shapes,
  towns,
  countyIds,
  label,
  named = [],
  press,
}: {
  shapes: MapShapes;
  towns: readonly MapTown[];
  countyIds: readonly string[];
  label: string;
  /** Ids of the places whose names stand on the map, the most important first. */
  named?: readonly string[];
  /** What pressing a place does: it is chosen, or it is opened. */
  press?: { role: "checkbox" | "link"; run: (id: string) => void };
}) {
  const svg = useRef<SVGSVGElement>(null);
  const middles = useMemo(
    () => new Map(towns.map((town) => [town.id, middleOf(shapes.paths[town.id] ?? "")])),
    [shapes, towns],
  );
  const names = useMemo(() => {
    const byId = new Map(towns.map((town) => [town.id, town.name]));
    const places = named.flatMap((id) => {
      const [name, path] = [byId.get(id), shapes.paths[id]];
      return name !== undefined && path ? [{ id, name, path }] : [];
    });
    return NAMES.map(({ className, size, most }) => ({
      className,
      size,
      labels: placeLabels(places.slice(0, most), shapes, size),
    }));
  }, [named, shapes, towns]);
  const move = (from: string, [dx, dy]: [number, number]) => {
    const here = middles.get(from);
    if (!here) return;
    let best: { id: string; cost: number } | undefined;
    for (const [id, [x, y]] of middles) {
      const along = (x - here[0]) * dx + (y - here[1]) * dy;
      const across = Math.abs((x - here[0]) * dy) + Math.abs((y - here[1]) * dx);
      const cost = along + across * 2;
      if (id !== from && along > 0.5 && (!best || cost < best.cost)) best = { id, cost };
    }
    if (best) svg.current?.querySelector<SVGPathElement>(`[data-town="${best.id}"]`)?.focus();
  };
  return (
    <svg
      ref={svg}
      className="place-map"
      viewBox={`0 0 ${shapes.width} ${shapes.height}`}
      role="group"
      aria-label={label}
    >
      <Patterns />
      {towns.map((town, index) => (
        <path
          key={town.id}
          d={shapes.paths[town.id]}
          className={`town ${town.look}`}
          data-town={town.id}
          {...(press
            ? {
                role: press.role,
                ...(press.role === "checkbox" ? { "aria-checked": town.look.includes("chosen") } : {}),
                "aria-label": `${town.name}, ${town.says}`,
                tabIndex: index === 0 ? 0 : -1,
                onClick: () => press.run(town.id),
                onKeyDown: (event: React.KeyboardEvent) => {
                  const arrow = ARROWS.get(event.key);
                  if (arrow) {
                    event.preventDefault();
                    move(town.id, arrow);
                  } else if (event.key === "Enter" || (event.key === " " && press.role === "checkbox")) {
                    event.preventDefault();
                    press.run(town.id);
                  }
                },
              }
            : { "aria-hidden": true })}
        >
          <title>{`${town.name}, ${town.says}`}</title>
        </path>
      ))}
      {countyIds.map((id) => (
        <path key={id} d={shapes.paths[id]} className="county" aria-hidden="true" />
      ))}
      {names.map(({ className, size, labels }) => (
        <g key={className} className={className} fontSize={size} aria-hidden="true">
          {labels.map(({ id, line }) => line && <Leader key={id} {...line} />)}
          {labels.map(({ id, name, x, y }) => (
            <text key={id} x={x} y={y}>
              {name}
            </text>
          ))}
        </g>
      ))}
    </svg>
  );
}

function Leader({ from, to }: { from: readonly [number, number]; to: readonly [number, number] }) {
  return <line x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />;
}
