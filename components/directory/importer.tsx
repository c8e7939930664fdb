"use client";

import { Button } from "@trussworks/react-uswds";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { FileColumn } from "../../lib/exchange/columns";
import type { Mapping, Meaning, PlaceFile } from "../../lib/exchange/place-file";
import { type ImportProgress, importProgressSchema } from "../../lib/exchange/schema";
import type { Action } from "../../lib/platform/result";
import { ColumnRoles } from "./column-roles";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { fetchJson } from "../ui/poll";
import { formatCount } from "../ui/time";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { beginImportSchema } from "../../lib/exchange/schema";

const MOST_BYTES = 64 * 1024 * 1024;
/** So much of a file shows its columns. */
const HEAD_BYTES = 64 * 1024;

const HOLDS: Record<PlaceFile["holds"], string> = {
  outlines: "The file holds outlines.",
  points:
    "The file holds points without outlines: each place is drawn round, in one county, and marked, until a real outline is imported.",
  people: "The file is a table: it changes how many people live in places that are here, and makes none.",
  zips: "The file is a table of ZIP Codes: people find places that are here by them. It makes no place.",
  centers: "The file is a list of 911 centers: each becomes a dispatch area of the county it is in.",
};
const MEANINGS: Record<Meaning, string> = {
  municipality: "Cities and towns",
  psap: "Dispatch areas: what a 911 center serves",
  custom: "Other areas, such as tribal land, made of places",
};

/** The beginning of a file, base64. */
async function readHead(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Gives a file to the console, which reads it and shows every row's result before anything is written. */
export function Importer({
  kind,
  describe,
  begin,
}: {
  kind: "numbers" | "places";
  describe: Action<{ head: string }, FileColumn[]>;
  begin: Action<z.input<typeof beginImportSchema>, { id: string }>;
}) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [holds, setHolds] = useState<PlaceFile["holds"]>("outlines");
  const [properties, setProperties] = useState<{ name: string; sample: string }[]>([]);
  const [mapping, setMapping] = useState<Mapping>({ name: "", code: "" });
  const [columns, setColumns] = useState<FileColumn[]>([]);
  const [looking, setLooking] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const { run, busy, problem, setProblem } = useAction(begin, ({ id: begun }) => {
    setId(begun);
    void fetch(`/api/directory/imports/${begun}`, { method: "PUT", body: file })
      .then(async (answer) => {
        if (answer.ok) return;
        const { message } = (await answer.json()) as { message: string };
        setId(null);
        setProblem({ message: "Nothing was read.", fields: { file: message } });
      })
      .catch(() => {
        setId(null);
        setProblem({ message: "The connection was lost during the upload. Nothing was saved. Try again." });
      });
  });
  const progress = useQuery({
    queryKey: ["import", id],
    queryFn: ({ signal }): Promise<ImportProgress> =>
      fetchJson(`/api/directory/imports/${id}`, importProgressSchema, signal),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "reading" ? false : 700),
    networkMode: "always",
  });
  const state = progress.data?.state;
  useEffect(() => {
    if (id !== null && state !== undefined && state !== "reading") router.push(`/directory/import/${id}`);
  }, [id, state, router]);
  const choose = async (chosen: File | undefined) => {
    setFile(chosen ?? null);
    setProblem(null);
    setProperties([]);
    setColumns([]);
    if (!chosen) return;
    if (kind === "numbers") {
      setLooking(true);
      const found = await readHead(chosen)
        .then((head) => describe({ head }))
        .catch(() => null);
      setLooking(false);
      if (found?.ok) setColumns(found.value);
      else
        setProblem(
          found
            ? { message: found.message, ...(found.fields ? { fields: found.fields } : {}) }
            : { message: "No connection to Callbox. Nothing was read. Choose the file again." },
        );
      return;
    }
    setLooking(true);
    try {
      // Reading shapefiles and tables is much code, for those who import places.
      const { guessMapping, listProperties, readPlaceFile } = await import("../../lib/exchange/place-file");
      const read = readPlaceFile(new Uint8Array(await chosen.arrayBuffer()));
      const found = listProperties(read.features);
      setHolds(read.holds);
      setProperties(found);
      // Of ZIP Codes everything is known from the headings.
      setMapping(read.holds === "zips" ? { name: "GEOID", code: "GEOID" } : guessMapping(found));
    } catch (error) {
      setProblem({ message: "This file can’t be used.", fields: { file: (error as Error).message } });
    }
    setLooking(false);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!file) return setProblem({ message: "Nothing was read.", fields: { file: "Choose a file." } });
    if (kind === "places" && properties.length === 0) {
      return setProblem({
        message: "Nothing was read.",
        fields: { file: "Nothing in this file says what its outlines are called. Choose another file." },
      });
    }
    if (file.size > MOST_BYTES) {
      return setProblem({ message: "Nothing was read.", fields: { file: "It is larger than 64 MB. Split it." } });
    }
    const roles = columns.map(({ role }) => role);
    const holds = (...wanted: string[]) => roles.some((role) => wanted.includes(role.split(":")[0] ?? ""));
    if (columns.length > 0 && !(holds("number") && holds("place", "code"))) {
      const missing = "Say which column holds the number, and which the place or its Census GEOID.";
      return setProblem({ message: "Nothing was read.", fields: { columns: missing } });
    }
    const said = Object.fromEntries(columns.map(({ name, role }) => [name, role]));
    run({
      kind,
      fileName: file.name,
      ...(kind === "places" ? { mapping } : columns.length > 0 ? { columns: said } : {}),
    });
  };
  const select = (name: "name" | "code" | "population", label: string, optional = false) => (
    <Field id={name} label={label} error={problem?.fields?.[name] ?? problem?.fields?.[`mapping.${name}`]}>
      {(aria) => (
        <select
          {...aria}
          className="usa-select"
          value={mapping[name] ?? ""}
          onChange={(event) => setMapping((before) => ({ ...before, [name]: event.target.value || undefined }))}
        >
          <option value="">{optional ? "None" : "Choose"}</option>
          {properties.map(({ name: property, sample }) => (
            <option key={property} value={property}>
              {property} ({sample})
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const reading = id !== null;
  const areas = (mapping.as ?? "municipality") !== "municipality";
  return (
    <form onSubmit={submit} noValidate aria-label={kind === "numbers" ? "Import numbers" : "Import outlines"}>
      <ErrorSummary problem={problem} />
      <Field
        id="file"
        label={kind === "numbers" ? "CSV file" : "File of places"}
        hint={
          kind === "numbers"
            ? "CSV with a row of column names. You say which column is which."
            : "Outlines as GeoJSON or a zipped shapefile, or a gazetteer of the Census, which has none: they are drawn round then, and marked. A table of people, or of ZIP Codes, with GEOIDs. Boundaries of 911 centers (NENA), or the FCC’s list of them."
        }
        error={problem?.fields?.file ?? problem?.fields?.fileName}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            type="file"
            accept={
              kind === "numbers"
                ? ".csv,.txt,.tsv,text/csv"
                : ".geojson,.json,.zip,.txt,.csv,application/geo+json,text/plain"
            }
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      {columns.length > 0 && <ColumnRoles columns={columns} onChange={setColumns} error={problem?.fields?.columns} />}
      {properties.length > 0 && (
        <>
          <p>{HOLDS[holds]}</p>
          {(holds === "outlines" || holds === "points") && (
            <Field id="as" label={holds === "points" ? "Its places are" : "Its outlines are"}>
              {(aria) => (
                <select
                  {...aria}
                  className="usa-select"
                  value={mapping.as ?? "municipality"}
                  onChange={(event) => setMapping((before) => ({ ...before, as: event.target.value as Meaning }))}
                >
                  {Object.entries(MEANINGS).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {holds !== "zips" && (
            <>
              {select("name", "Property with the name", holds === "people")}
              {!areas && select("code", "Property with the Census GEOID")}
              {!areas && select("population", "Property with the population", holds !== "people")}
            </>
          )}
        </>
      )}
      <p className="row">
        <Button type="submit" disabled={busy || reading || looking}>
          {reading ? "Reading" : looking ? "Looking at its columns" : "Read the file and preview"}
        </Button>
        <span role="status">
          {reading &&
            (progress.data
              ? `${formatCount(progress.data.progress)} of about ${formatCount(progress.data.total)} rows read.`
              : "Uploading.")}
        </span>
      </p>
      <p className="hint">Nothing is written until you have seen what it would do and say so.</p>
    </form>
  );
}
