"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import type { InOutline } from "../../lib/exchange/area-plan";
import type { PlaceList } from "../../lib/places/data";
import type { Action } from "../../lib/platform/result";
import { Field } from "../ui/field";
import { formatCount, formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";
import { chooseFrom } from "./choose-from";
import type { Places } from "./place-picker";

export type FindInOutline = Action<{ bytes: Uint8Array<ArrayBuffer> }, InOutline>;

const percent = (share: number) => (share < 0.01 ? "less than 1%" : `${Math.round(share * 100)}%`);

/** Places chosen by a file of outlines. What lies in them as a whole is chosen; what lies in them in part is asked. */
export function OutlineFile({
  places,
  value,
  find,
  onChange,
}: {
  places: PlaceList;
  value: Places;
  find: FindInOutline;
  onChange: (value: Places) => void;
}) {
  const [answers, setAnswers] = useState<Record<string, boolean>>({});
  const [found, setFound] = useState<InOutline | null>(null);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const { run, busy, problem } = useAction(find, (next) => {
    setFound(next);
    setAnswers({});
    const chosen = chooseFrom(value.ids, added, next.held);
    setAdded(chosen.added);
    onChange({ ids: chosen.ids, open: next.partly.length, waiting: new Set(next.partly.map(({ id }) => id)) });
  });
  const names = new Map(places.towns.map(({ id, name }) => [id, name]));
  const answer = (id: string, taken: boolean) => {
    const all = { ...answers, [id]: taken };
    setAnswers(all);
    const ids = new Set(value.ids);
    if (taken) ids.add(id);
    else ids.delete(id);
    setAdded(new Set(taken ? [...added, id] : [...added].filter((one) => one !== id)));
    const left = (found?.partly ?? []).filter((one) => all[one.id] === undefined);
    onChange({ ids, open: left.length, waiting: new Set(left.map((one) => one.id)) });
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setFound(null);
    run({ bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <>
      <Field
        id="outline-file"
        label="File of outlines"
        hint="GeoJSON or a zipped shapefile, at most 5 MB: what a carrier or a mapping tool says is out. Its places are added to what you chose."
        error={problem?.fields?.file ?? problem?.fields?.bytes ?? problem?.message}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            type="file"
            accept=".geojson,.json,.zip,application/geo+json"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      <div role="status">
        {busy && <p>Reading the file</p>}
        {found && (
          <p>
            <strong>
              {formatPlaces(found.held.length)} {found.held.length === 1 ? "lies" : "lie"} in it
            </strong>{" "}
            with four fifths of the land or more, and {found.held.length === 1 ? "is" : "are"} chosen.
            {found.problems.length > 0 && ` ${found.problems.slice(0, 3).join(" ")}`}
          </p>
        )}
      </div>
      {found && found.partly.length > 0 && (
        <table className="lines">
          <caption>
            {formatCount(found.partly.length)} more {found.partly.length === 1 ? "lies" : "lie"} in it in part: your
            answer decides.
          </caption>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Of its land</th>
              <th scope="col">
                <span className="visually-hidden">Answer</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.partly.map(({ id, share }) => (
              <tr key={id}>
                <th scope="row">{names.get(id)}</th>
                <td className="tabular">{percent(share)}</td>
                <td className="row">
                  {[true, false].map((taken) => (
                    <Button
                      key={String(taken)}
                      type="button"
                      outline
                      aria-pressed={answers[id] === taken}
                      aria-label={`${taken ? "Add" : "Leave out"} ${names.get(id)}`}
                      onClick={() => answer(id, taken)}
                    >
                      {taken ? "Add" : "Leave out"}
                    </Button>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
