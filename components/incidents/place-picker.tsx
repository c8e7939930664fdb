"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import { countyWord } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import { formatCount, formatPeople, formatPlaces } from "../ui/time";
import { standingOf, toggleGroup } from "./county-rows";
import { CountyTable } from "./county-table";
import { FindGroup, isMany } from "./find-group";
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
  const word = countyWord(places.counties.map(({ id }) => id));
  const ways = (Object.keys(WAYS) as Way[]).filter(
    (name) => (name !== "areas" || places.areas.length > 0) && (name !== "outline" || find !== null),
  );
  return (
    <>
      <div className="tabs" role="group" aria-label="How to choose places">
        {ways.map((name) => (
          <button key={name} type="button" aria-pressed={way === name} onClick={() => setWay(name)}>
            {name === "counties" ? word.Many : WAYS[name]}
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
          {props.unready && <CountyTable {...props} />}
        </>
      )}
      {way === "counties" && <CountyTable {...props} searched />}
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

/** Dispatch areas, each chosen with all that an alert can be for in it. */
function Areas({ places, allowed, value, onChange }: PickerProps) {
  const [find, setFind] = useState("");
  const groups = places.areas.map(({ id, name, placeIds }) => {
    const ids = placeIds.filter((place) => allowed.has(place));
    const foreign = placeIds.length - ids.length;
    const says = `${formatPlaces(ids.length)}${foreign > 0 ? `; ${formatCount(foreign)} more not yours` : ""}`;
    return { id, name, says: ids.length === 0 ? "not yours" : says, ids };
  });
  const shown = groups.filter(({ name }) => name.toLowerCase().includes(find.trim().toLowerCase()));
  return (
    <>
      {isMany(groups.length) && (
        <FindGroup what="dispatch area" value={find} none={shown.length === 0} onChange={setFind} />
      )}
      <div className="tiles">
        {shown.map(({ id, name, says, ids }) => (
          <label className="tile" key={id}>
            <input
              type="checkbox"
              checked={standingOf(ids, value.ids) === "all"}
              disabled={ids.length === 0}
              onChange={() => onChange({ ...value, ids: toggleGroup(ids, value.ids) })}
            />
            <span>
              <span className="strong">{name}</span>
              <span className="hint">{says}</span>
            </span>
          </label>
        ))}
      </div>
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
