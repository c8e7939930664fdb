"use client";

import { Button } from "@trussworks/react-uswds";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { guessMapping, listProperties, type Mapping, readGeoJson } from "../../lib/exchange/place-plan";
import { type ImportProgress, importProgressSchema } from "../../lib/exchange/schema";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { fetchJson } from "../ui/poll";
import { formatCount } from "../ui/time";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { beginImportSchema } from "../../lib/exchange/schema";

const MOST_BYTES = 64 * 1024 * 1024;

/** Gives a file to the console, which reads it and shows every row's result before anything is written. */
export function Importer({
  kind,
  begin,
}: {
  kind: "numbers" | "places";
  begin: Action<z.input<typeof beginImportSchema>, { id: string }>;
}) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [properties, setProperties] = useState<{ name: string; sample: string }[]>([]);
  const [mapping, setMapping] = useState<Mapping>({ name: "", code: "" });
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
    if (!chosen || kind === "numbers") return;
    try {
      const found = listProperties(readGeoJson(await chosen.text()));
      setProperties(found);
      setMapping(guessMapping(found));
    } catch (error) {
      setProblem({ message: "This file can’t be used.", fields: { file: (error as Error).message } });
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!file) return setProblem({ message: "Nothing was read.", fields: { file: "Choose a file." } });
    if (kind === "places" && properties.length === 0) {
      return setProblem({
        message: "Nothing was read.",
        fields: { file: "This file is not GeoJSON with properties. Choose another file." },
      });
    }
    if (file.size > MOST_BYTES) {
      return setProblem({ message: "Nothing was read.", fields: { file: "It is larger than 64 MB. Split it." } });
    }
    run({ kind, fileName: file.name, ...(kind === "places" ? { mapping } : {}) });
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
  return (
    <form onSubmit={submit} noValidate aria-label={kind === "numbers" ? "Import numbers" : "Import outlines"}>
      <ErrorSummary problem={problem} />
      <Field
        id="file"
        label={kind === "numbers" ? "CSV file" : "GeoJSON file"}
        hint={
          kind === "numbers"
            ? "CSV with a header row that has “number” and “place” or “geoid”."
            : "GeoJSON of cities and towns (WGS 84) with a name and a Census GEOID."
        }
        error={problem?.fields?.file ?? problem?.fields?.fileName}
      >
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            type="file"
            accept={kind === "numbers" ? ".csv,.txt,.tsv,text/csv" : ".geojson,.json,application/geo+json"}
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      {properties.length > 0 && (
        <>
          {select("name", "Property with the name")}
          {select("code", "Property with the Census GEOID")}
          {select("population", "Property with the population", true)}
        </>
      )}
      <p className="row">
        <Button type="submit" disabled={busy || reading}>
          {reading ? "Reading" : "Read the file and preview"}
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
