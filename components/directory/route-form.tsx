"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { ROUTE_KINDS, routeFormSchema, type RouteKind } from "../../lib/directory/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";

interface Route {
  id: string;
  kind: RouteKind;
  works: boolean;
  hours: string;
  wording: string;
  wordingEs: string;
  preference: number;
}

/** What the words of each usually are, in both languages. */
const USUAL: Record<RouteKind, [en: string, es: string]> = {
  "text-to-911": ["text 911", "envíe un texto al 911"],
  tty: ["use a TTY", "use un TTY"],
  "relay-711": ["call 711 and ask for the police", "llame al 711 y pida la policía"],
  "fire-box": ["pull a fire box", "use una caja de alarma"],
  "fire-station": ["go to the fire station", "vaya a los bomberos"],
  "police-station": ["go to the police station", "vaya a la policía"],
  cruiser: ["go to the police car at the town hall", "vaya al auto de policía en el ayuntamiento"],
  kiosk: ["use the call box at the town hall", "use la caja de llamada del ayuntamiento"],
};

/** Adds another way to reach help, or changes one. */
export function RouteForm({
  regionId,
  route,
  next,
  save,
  retire,
}: {
  regionId: string;
  route?: Route;
  next: number;
  save: Action<z.input<typeof routeFormSchema>, { id: string }>;
  retire: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const id = useId();
  const [form, setForm] = useState({
    kind: route?.kind ?? ("police-station" as RouteKind),
    works: route?.works ?? true,
    hours: route?.hours ?? "",
    wording: route?.wording ?? "",
    wordingEs: route?.wordingEs ?? "",
    preference: String(route?.preference ?? next),
  });
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  const remove = useAction(retire, () => router.refresh());
  const set = (change: Partial<typeof form>) => {
    setSaid("");
    setForm((before) => ({ ...before, ...change }));
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { ...form, regionId, ...(route ? { id: route.id } : {}) };
    const checked = routeFormSchema.safeParse(input);
    if (checked.success) return run(input);
    const fields = fieldMessages(checked.error, (name) => `${id}-${name}`);
    setProblem({ message: "Nothing is saved yet.", fields });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`] ?? problem?.fields?.[name];
  const text = (name: "hours" | "wording" | "wordingEs" | "preference", label: string, hint: string) => (
    <Field id={`${id}-${name}`} label={label} hint={hint} error={error(name)}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          lang={name === "wordingEs" ? "es" : undefined}
          value={form[name]}
          maxLength={200}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={route ? `Change “${route.wording}”` : "Add another way to reach help"}
    >
      <ErrorSummary problem={problem ?? remove.problem} />
      <Field id={`${id}-kind`} label="What it is" error={error("kind")}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.kind}
            onChange={(event) => {
              const kind = event.target.value as RouteKind;
              const untouched = form.wording === "" || Object.values(USUAL).some(([en]) => en === form.wording);
              set({ kind, ...(untouched ? { wording: USUAL[kind][0], wordingEs: USUAL[kind][1] } : {}) });
            }}
          >
            {Object.entries(ROUTE_KINDS).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="check">
        <input type="checkbox" checked={form.works} onChange={(event) => set({ works: event.target.checked })} />
        <span>It works now</span>
      </label>
      {text("hours", "Hours", "Empty when it is always there")}
      {text("wording", "In English, after “In an emergency …”", "For example: go to the fire station on Main Street")}
      {text("wordingEs", "In Spanish, after “En una emergencia …”", "For example: vaya a los bomberos en Main Street")}
      {text("preference", "Place in the order", "1 is named first.")}
      <p className="row">
        <Button type="submit" disabled={busy}>
          {busy ? "Saving" : route ? "Save the change" : "Add it"}
        </Button>
        {route && (
          <Button type="button" outline disabled={remove.busy} onClick={() => remove.run({ id: route.id })}>
            Take it out of use
          </Button>
        )}
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
