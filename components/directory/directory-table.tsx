"use client";

import Link from "next/link";
import { useState } from "react";
import type { DirectoryEntry } from "../../lib/directory/data";
import { classify, type ReadinessClass } from "../../lib/directory/readiness";
import { sayNumber } from "../../lib/directory/schema";
import { lastGoodCall, verifiedUntil } from "../../lib/directory/selection";
import type { MapShapes } from "../../lib/geography/map";
import { useTimeZone } from "../layout/providers";
import { RegionMap } from "../map/region-map";
import { type Shape, State, type Tone } from "../ui/state";
import { sayDay } from "../ui/time";
import { READINESS_WORDS } from "./readiness-summary";

const LOOKS: Record<ReadinessClass, string> = {
  ready: "good",
  soon: "soon",
  alternate: "soon",
  unverified: "bad",
  none: "none",
};
const SIGNS: Record<ReadinessClass, { shape: Shape; tone: Tone; word: string }> = {
  none: { shape: "dash", tone: "plain", word: "No number" },
  unverified: { shape: "octagon", tone: "bad", word: "Check expired" },
  alternate: { shape: "arrows", tone: "plain", word: "On an alternate" },
  soon: { shape: "clock", tone: "plain", word: "Ends soon" },
  ready: { shape: "tick", tone: "good", word: "Answered" },
};
/** The doubtful first. */
const ORDER: readonly ReadinessClass[] = ["unverified", "none", "alternate", "soon", "ready"];

export function DirectoryTable({
  entries,
  map,
  now,
}: {
  entries: readonly DirectoryEntry[];
  map: MapShapes;
  now: number;
}) {
  const timeZone = useTimeZone();
  const [find, setFind] = useState("");
  const [county, setCounty] = useState("");
  const [only, setOnly] = useState<ReadinessClass | "">("");
  const counties = [...new Map(entries.map((entry) => [entry.countyId, entry.county])).entries()].sort((left, right) =>
    left[1].localeCompare(right[1]),
  );
  const rows = entries
    .map((entry) => ({ ...entry, ...classify(entry.numbers, now) }))
    .filter((row) => (county === "" || row.countyId === county) && (only === "" || row.readiness === only))
    .filter((row) => {
      const needle = find.trim().toLowerCase();
      const digits = needle.replace(/\D/g, "");
      return (
        needle === "" ||
        row.name.toLowerCase().includes(needle) ||
        (digits.length >= 3 && row.numbers.some(({ e164 }) => e164.includes(digits)))
      );
    })
    .sort(
      (left, right) =>
        ORDER.indexOf(left.readiness) - ORDER.indexOf(right.readiness) || left.name.localeCompare(right.name),
    );
  return (
    <div className="columns">
      <div>
        <div className="row">
          <div>
            <label className="usa-label" htmlFor="find">
              Find a town or a number
            </label>
            <input
              className="usa-input"
              id="find"
              type="search"
              value={find}
              onChange={(event) => setFind(event.target.value)}
            />
          </div>
          <div>
            <label className="usa-label" htmlFor="county">
              County
            </label>
            <select
              className="usa-select"
              id="county"
              value={county}
              onChange={(event) => setCounty(event.target.value)}
            >
              <option value="">All</option>
              {counties.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label className="usa-label" htmlFor="readiness">
              Readiness
            </label>
            <select
              className="usa-select"
              id="readiness"
              value={only}
              onChange={(event) => setOnly(event.target.value as ReadinessClass | "")}
            >
              <option value="">All</option>
              {ORDER.map((name) => (
                <option key={name} value={name}>
                  {SIGNS[name].word}
                </option>
              ))}
            </select>
          </div>
        </div>
        <p className="hint" role="status">
          {rows.length} of {entries.length} cities and towns, the doubtful first
        </p>
        {rows.length === 0 ? (
          <p>No city or town fits. Clear the search to see all.</p>
        ) : (
          <table className="lines stacks">
            <thead>
              <tr>
                <th scope="col">City or town</th>
                <th scope="col">Gives out</th>
                <th scope="col">State</th>
                <th scope="col">Good until</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const number = row.number ?? row.numbers[0];
                const until = number && verifiedUntil(number);
                const good = number && lastGoodCall(number);
                return (
                  <tr key={row.id}>
                    <th scope="row">
                      <Link href={`/directory/${row.id}`} prefetch={false}>
                        {row.name}
                      </Link>
                      <div className="hint">{row.county} County</div>
                    </th>
                    <td className="number">{row.number ? sayNumber(row.number.e164) : "places only"}</td>
                    <td>
                      <State shape={SIGNS[row.readiness].shape} tone={SIGNS[row.readiness].tone}>
                        {SIGNS[row.readiness].word}
                      </State>
                      {row.readiness !== "ready" && <div className="hint">{row.why}</div>}
                    </td>
                    <td className="tabular" data-label="Good until">
                      {until ? (until > now ? sayDay(until, timeZone) : `ended ${sayDay(until, timeZone)}`) : "–"}
                      {good && <div className="hint">answered {sayDay(good.at, timeZone)}</div>}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </div>
      <aside aria-label="Map">
        <RegionMap
          shapes={map}
          label="Map of readiness. The table says the same."
          countyIds={counties.map(([id]) => id)}
          towns={entries.map((entry) => {
            const { readiness } = classify(entry.numbers, now);
            return { id: entry.id, name: entry.name, look: LOOKS[readiness], says: SIGNS[readiness].word };
          })}
        />
        <ul className="plain hint">
          <li>Solid blue: {READINESS_WORDS.ready}.</li>
          <li>
            Stripes: {READINESS_WORDS.soon}, or {READINESS_WORDS.alternate}.
          </li>
          <li>Dense hatch: {READINESS_WORDS.unverified}.</li>
          <li>Black: {READINESS_WORDS.none}.</li>
          <li>Outlines of towns are approximate.</li>
        </ul>
      </aside>
    </div>
  );
}
