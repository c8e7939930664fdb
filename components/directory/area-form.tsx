"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { areaFormSchema } from "../../lib/places/area-schema";
import type { Area } from "../../lib/places/data";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";

/** Makes an area of places, or changes which it is made of. */
export function AreaForm({
  area,
  save,
}: {
  area?: Area;
  save: Action<z.input<typeof areaFormSchema>, { id: string; places: number }>;
}) {
  const router = useRouter();
  const id = useId();
  const [form, setForm] = useState({
    kind: area?.kind ?? "psap",
    name: area?.name ?? "",
    places: area?.places.join("\n") ?? "",
    order: String(area?.serveOrder ?? 1),
  });
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(save, ({ places }) => {
    setSaid(`Saved: ${places} ${places === 1 ? "place" : "places"}.`);
    if (!area) setForm({ kind: "psap", name: "", places: "", order: "1" });
    router.refresh();
  });
  const error = (name: string) => problem?.fields?.[`${id}-${name}`] ?? problem?.fields?.[name];
  const set = (change: Partial<typeof form>) => {
    setSaid("");
    setForm((before) => ({ ...before, ...change }));
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { ...form, ...(area ? { id: area.id } : {}) };
    const checked = areaFormSchema.safeParse(input);
    if (checked.success) return run(checked.data);
    const fields = fieldMessages(checked.error, (name) => `${id}-${name}`);
    setProblem({ message: "Not saved yet.", fields });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={area ? `Change ${area.name}` : "Add a dispatch area"}>
      <ErrorSummary problem={problem} />
      <Field id={`${id}-kind`} label="What it is" error={error("kind")}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.kind}
            onChange={(event) => set({ kind: event.target.value })}
          >
            <option value="psap">Area of a dispatch center</option>
            <option value="custom">Another group of places</option>
          </select>
        )}
      </Field>
      <Field id={`${id}-name`} label="Name" hint="For example: Franklin County regional dispatch" error={error("name")}>
        {(aria) => (
          <input
            {...aria}
            className="usa-input"
            value={form.name}
            maxLength={120}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      {form.kind === "psap" && (
        <Field
          id={`${id}-order`}
          label="Order"
          hint="Where a place has several dispatch centers, 1 goes before 2."
          error={error("order")}
        >
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              inputMode="numeric"
              value={form.order}
              maxLength={4}
              onChange={(event) => set({ order: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field
        id={`${id}-places`}
        label="Places, one per line"
        hint="Towns, counties (“Hampshire County”) or GEOIDs. A place can be in several areas."
        error={error("places")}
      >
        {(aria) => (
          <textarea
            {...aria}
            className="usa-textarea"
            rows={6}
            value={form.places}
            onChange={(event) => set({ places: event.target.value })}
          />
        )}
      </Field>
      <p className="row">
        <Button type="submit" disabled={busy}>
          {busy ? "Saving" : area ? "Save" : "Add dispatch area"}
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
