"use client";

import { Button } from "@trussworks/react-uswds";
import { useMemo, useState } from "react";
import type { PlaceList } from "../../lib/places/data";
import { groupBy } from "../../lib/platform/group-by";
import { formatCounty } from "../../lib/places/county-kinds";
import { formatCount, formatPeople, formatPlaces } from "../ui/time";
import { type FindInOutline, OutlineFile } from "./outline-file";
import { PastedList } from "./pasted-list";

export interface Places {
  ids: ReadonlySet<string>;
  /** Lines of a pasted list that nobody answered yet. */
  open: number;
  /** Places that such lines may stand for, or that lie in a file's outlines in part. */
  waiting?: ReadonlySet<string>;
}

/** By place id, why it has no number of its own to give out now. */
export type Unready = Readonly<Record<string, "expired" | "failing" | "missing">>;

type Way = "state" | "counties" | "areas" | "towns" | "list" | "outline";
const WAYS: Record<Way, string> = {
  state: "Whole area",
  counties: "Counties",
  areas: "Dispatch areas",
  towns: "Cities and towns",
  list: "Paste a list",
  outline: "Outline file",
};

interface PickerProps {
  places: PlaceList;
  allowed: ReadonlySet<string>;
  agencyName: string;
  /** Left out where nobody is told a number. */
  unready?: Unready;
  value: Places;
  onChange: (value: Places) => void;
}

export function PlacePicker({
  find,
  ...props
}: PickerProps & {
  /** Null where no outline can be read for this person. */
  find: FindInOutline | null;
}) {
  const [way, setWay] = useState<Way>("state");
  const { places, allowed, agencyName, value, onChange } = props;
  const ways = (Object.keys(WAYS) as Way[]).filter(
    (name) => (name !== "areas" || places.areas.length > 0) && (name !== "outline" || find !== null),
  );
  return (
    <>
      <div className="segmented" role="group" aria-label="How to choose places">
        {ways.map((name) => (
          <button key={name} type="button" aria-pressed={way === name} onClick={() => setWay(name)}>
            {WAYS[name]}
          </button>
        ))}
      </div>
      {way === "state" && (
        <>
          <p className="row">
            <Button type="button" outline onClick={() => onChange({ ids: new Set(allowed), open: 0 })}>
              Choose all of {agencyName}: {formatCount(allowed.size)}
            </Button>
            <Button type="button" unstyled onClick={() => onChange({ ids: new Set(), open: 0 })}>
              Clear
            </Button>
          </p>
          {props.unready && <ReadyTable places={places} allowed={allowed} unready={props.unready} />}
        </>
      )}
      {way === "counties" && <Counties {...props} />}
      {way === "areas" && <Areas {...props} />}
      {way === "towns" && <Towns {...props} />}
      {/* What was pasted or read, and what was answered to it, is still there for whoever comes back to it. */}
      <div hidden={way !== "list"}>
        <PastedList places={places} allowed={allowed} value={value} onChange={onChange} />
      </div>
      {find && (
        <div hidden={way !== "outline"}>
          <OutlineFile places={places} value={value} find={find} onChange={onChange} />
        </div>
      )}
    </>
  );
}

/** "14 places", "3 places and the rest of the county", "the whole county". */
function describeCounty(units: readonly PlaceList["towns"][number][]): string {
  const towns = units.filter(({ id, countyId }) => id !== countyId).length;
  const named = formatPlaces(towns);
  if (units.length === 0) return "not yours";
  if (towns === units.length) return named;
  return towns === 0 ? "the whole county" : `${named} and the rest of the county`;
}

/** How many of some places have a number to give out: "29 of 32". */
const describeReady = (ids: readonly string[], unready: Unready): string =>
  `${formatCount(ids.filter((id) => unready[id] === undefined).length)} of ${formatCount(ids.length)}`;

/** What an alert can be for in each county, as far as the agency's area goes; none where nothing of a county is in it. */
function useUnits({ towns }: PlaceList, allowed: ReadonlySet<string>) {
  return useMemo(
    () =>
      groupBy(
        towns.filter(({ id }) => allowed.has(id)),
        ({ countyId }) => countyId,
      ),
    [towns, allowed],
  );
}

/** The counties of the agency's area, with what an alert for them could give out now. */
function ReadyTable({ places, allowed, unready }: Pick<PickerProps, "places" | "allowed"> & { unready: Unready }) {
  const unitsOf = useUnits(places, allowed);
  const counties = places.counties.flatMap((county) => {
    const units = unitsOf.get(county.id);
    return units ? [{ id: county.id, name: formatCounty(county), units }] : [];
  });
  if (counties.length === 0) return null;
  return (
    <div className="ready-table" tabIndex={0} role="region" aria-label="Counties of your area">
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">County</th>
            <th scope="col" className="right">
              Places
            </th>
            <th scope="col" className="right where-wide">
              People
            </th>
            <th scope="col" className="right">
              Numbers ready
            </th>
          </tr>
        </thead>
        <tbody>
          {counties.map(({ id, name, units }) => {
            const ids = units.map((unit) => unit.id);
            return (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td className="right tabular">{formatCount(units.length)}</td>
                <td className="right tabular where-wide">{formatPeople(units.map(({ population }) => population))}</td>
                <td className={`right tabular${ids.some((unit) => unready[unit] !== undefined) ? " strong" : ""}`}>
                  {describeReady(ids, unready)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** More than fit on a screen are searched. */
const MANY = 20;

function Counties({ places, allowed, unready = {}, ...choice }: PickerProps) {
  const unitsOf = useUnits(places, allowed);
  const groups = places.counties.map((county) => {
    const units = unitsOf.get(county.id) ?? [];
    const ids = units.map(({ id }) => id);
    const says = ids.some((id) => unready[id] !== undefined)
      ? `${describeCounty(units)}, numbers ready: ${describeReady(ids, unready)}`
      : describeCounty(units);
    return { id: county.id, name: formatCounty(county), says, ids };
  });
  return <Groups groups={groups} what="county" {...choice} />;
}

function Areas({ places, allowed, ...choice }: PickerProps) {
  const groups = places.areas.map(({ id, name, placeIds }) => {
    const ids = placeIds.filter((place) => allowed.has(place));
    const foreign = placeIds.length - ids.length;
    const says = `${formatCount(ids.length)} ${ids.length === 1 ? "place" : "places"}${foreign > 0 ? `; ${formatCount(foreign)} more not yours` : ""}`;
    return { id, name, says: ids.length === 0 ? "not yours" : says, ids };
  });
  return <Groups groups={groups} what="dispatch area" {...choice} />;
}

/** Counties or areas, each chosen with all that an alert can be for in it. */
function Groups({
  groups,
  what,
  value,
  onChange,
}: {
  groups: readonly { id: string; name: string; says: string; ids: readonly string[] }[];
  what: string;
  value: Places;
  onChange: (value: Places) => void;
}) {
  const [find, setFind] = useState("");
  const needle = find.trim().toLowerCase();
  const shown = groups.filter(({ name }) => name.toLowerCase().includes(needle));
  const tiles = (
    <div className="tiles">
      {shown.map((group) => {
        const all = group.ids.length > 0 && group.ids.every((id) => value.ids.has(id));
        return (
          <label className="tile" key={group.id}>
            <input
              type="checkbox"
              checked={all}
              disabled={group.ids.length === 0}
              onChange={() => {
                const ids = new Set(value.ids);
                for (const id of group.ids) {
                  if (all) ids.delete(id);
                  else ids.add(id);
                }
                onChange({ ...value, ids });
              }}
            />
            <span>
              <span className="strong">{group.name}</span>
              <span className="hint">{group.says}</span>
            </span>
          </label>
        );
      })}
    </div>
  );
  if (groups.length <= MANY) return tiles;
  return (
    <>
      <label className="usa-label" htmlFor="find-group">
        Find a {what}
      </label>
      <input
        className="usa-input"
        id="find-group"
        type="search"
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      {shown.length === 0 && <p>No {what} here matches.</p>}
      {tiles}
    </>
  );
}

function Towns({ places, allowed, value, onChange }: PickerProps) {
  const [find, setFind] = useState("");
  const shown = places.towns
    .filter(({ id, name }) => allowed.has(id) && name.toLowerCase().includes(find.trim().toLowerCase()))
    .slice(0, 400);
  return (
    <>
      <label className="usa-label" htmlFor="find-town">
        Find a city or town
      </label>
      <input
        className="usa-input"
        id="find-town"
        type="search"
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      <div className="place-list" role="group" aria-label="Cities and towns" tabIndex={0}>
        {shown.length === 0 && <p>No city or town in your area matches.</p>}
        {shown.map((town) => (
          <label className="check" key={town.id}>
            <input
              type="checkbox"
              checked={value.ids.has(town.id)}
              onChange={() => {
                const ids = new Set(value.ids);
                if (!ids.delete(town.id)) ids.add(town.id);
                onChange({ ...value, ids });
              }}
            />
            <span>
              {town.name} <span className="hint">{formatPeople([town.population])}</span>
            </span>
          </label>
        ))}
      </div>
    </>
  );
}
