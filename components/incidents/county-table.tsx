"use client";

import { useMemo, useState } from "react";
import { countyWord } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import { formatCount, formatPeople } from "../ui/time";
import { type CountyRow, listCounties, standingOf, toggleGroup } from "./county-rows";
import { FindGroup, isMany } from "./find-group";
import type { Places, Unready } from "./place-picker";

/** The counties of the agency's area, to choose, with what an alert for each could give out now. */
export function CountyTable({
  places,
  allowed,
  unready,
  value,
  onChange,
  searched = false,
}: {
  places: PlaceList;
  allowed: ReadonlySet<string>;
  unready?: Unready;
  value: Places;
  onChange: (value: Places) => void;
  /** Where single counties are chosen: with a search if there are many, and with those outside the area. */
  searched?: boolean;
}) {
  const [find, setFind] = useState("");
  const word = countyWord(places.counties.map(({ id }) => id));
  const all = useMemo(() => listCounties(places, allowed), [places, allowed]);
  const counties = searched ? all : all.filter(({ units }) => units.length > 0);
  // Beside the button for the whole area, nobody should have to pass 254 boxes to get on.
  const many = isMany(counties.length);
  const shown = counties.filter(({ name }) => name.toLowerCase().includes(find.trim().toLowerCase()));
  if (counties.length === 0) return null;
  return (
    <>
      {searched && many && <FindGroup what={word.one} value={find} none={shown.length === 0} onChange={setFind} />}
      <div className="ready-table" tabIndex={0} role="region" aria-label={`${word.Many} of your area`}>
        <table className="lines">
          <thead>
            <tr>
              <th scope="col">{word.One}</th>
              <th scope="col" className="right">
                Places
              </th>
              <th scope="col" className="right where-wide">
                People
              </th>
              {unready && (
                <th scope="col" className="right">
                  Numbers ready
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((county) => (
              <Row
                key={county.id}
                county={county}
                chosen={value.ids}
                {...(unready ? { unready } : {})}
                {...(searched || !many ? { onChoose: (ids) => onChange({ ...value, ids }) } : {})}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Below a heading that says "People", the figure alone; where it is not known of every place, in words. */
function describePeople(populations: readonly number[]): string {
  return populations.every((count) => count > 0)
    ? formatCount(populations.reduce((sum, count) => sum + count, 0))
    : formatPeople(populations);
}

function Row({
  county: { name, note, units },
  chosen,
  unready,
  onChoose,
}: {
  county: CountyRow;
  chosen: ReadonlySet<string>;
  unready?: Unready;
  /** Left out where counties are only looked at. */
  onChoose?: (ids: ReadonlySet<string>) => void;
}) {
  const ids = units.map(({ id }) => id);
  const ready = ids.filter((id) => unready?.[id] === undefined).length;
  const standing = standingOf(ids, chosen);
  const named = (
    <span>
      {name} {note && <span className="hint">{note}</span>}
    </span>
  );
  return (
    <tr>
      <th scope="row">
        {onChoose ? (
          <label className="county">
            <input
              type="checkbox"
              checked={standing === "all"}
              disabled={ids.length === 0}
              ref={(box) => {
                if (box) box.indeterminate = standing === "some";
              }}
              onChange={() => onChoose(toggleGroup(ids, chosen))}
            />
            {named}
          </label>
        ) : (
          named
        )}
      </th>
      <td className="right tabular">{ids.length > 0 && formatCount(ids.length)}</td>
      <td className="right tabular where-wide">
        {ids.length > 0 && describePeople(units.map(({ population }) => population))}
      </td>
      {unready && (
        <td className={`right tabular${ready < ids.length ? " strong" : ""}`}>
          {ids.length > 0 && `${formatCount(ready)} of ${formatCount(ids.length)}`}
        </td>
      )}
    </tr>
  );
}
