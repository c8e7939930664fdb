"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { HELP_OPTION_KINDS, helpOptionFormSchema, type HelpOptionKind } from "../../lib/directory/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { FIRST_LANGUAGE, inLanguage, type Localized } from "../../lib/platform/language";
import { useLanguages } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";

interface HelpOption {
  id: string;
  kind: HelpOptionKind;
  works: boolean;
  hours: string;
  wording: Localized;
  preference: number;
}

/** Adds another way to get help, or changes one. */
export function HelpOptionForm({
  placeId,
  helpOption,
  next,
  save,
  retire,
}: {
  placeId: string;
  helpOption?: HelpOption;
  next: number;
  save: Action<z.input<typeof helpOptionFormSchema>, { id: string }>;
  retire: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const id = useId();
  const languages = useLanguages();
  const [form, setForm] = useState({
    kind: helpOption?.kind ?? ("police-station" as HelpOptionKind),
    works: helpOption?.works ?? true,
    hours: helpOption?.hours ?? "",
    wording: helpOption?.wording ?? {},
    preference: String(helpOption?.preference ?? next),
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
    const input = { ...form, placeId, ...(helpOption ? { id: helpOption.id } : {}) };
    const checked = helpOptionFormSchema.safeParse(input);
    if (checked.success) return run(input);
    const fields = fieldMessages(checked.error, (name) => `${id}-${name}`);
    setProblem({ message: "Not saved yet.", fields });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`] ?? problem?.fields?.[name];
  const usual = (code: string, kind: HelpOptionKind) =>
    languages.find((language) => language.code === code)?.usualHelp[kind] ?? "";
  const text = (name: "hours" | "preference", label: string, hint: string) => (
    <Field id={`${id}-${name}`} label={label} hint={hint} error={error(name)}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
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
      aria-label={
        helpOption ? `Change “${inLanguage(helpOption.wording, FIRST_LANGUAGE)}”` : "Add another way to get help"
      }
    >
      <ErrorSummary problem={problem ?? remove.problem} />
      <Field id={`${id}-kind`} label="What it is" error={error("kind")}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.kind}
            onChange={(event) => {
              const kind = event.target.value as HelpOptionKind;
              const untouched = languages.every(({ code }) =>
                [undefined, "", usual(code, form.kind)].includes(form.wording[code]),
              );
              const words = Object.fromEntries(languages.map(({ code }) => [code, usual(code, kind)]));
              set({ kind, ...(untouched ? { wording: words } : {}) });
            }}
          >
            {Object.entries(HELP_OPTION_KINDS).map(([value, words]) => (
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
      {text("hours", "Hours", "Leave empty if always available")}
      {languages.map(({ code, name, direction, helpLead, usualHelp }) => (
        <Field
          key={code}
          id={`${id}-wording.${code}`}
          label={`${name}, after “${helpLead}”`}
          hint={`For example: ${usualHelp[form.kind] ?? ""}`}
          error={error(`wording.${code}`)}
        >
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              lang={code}
              dir={direction}
              value={form.wording[code] ?? ""}
              maxLength={200}
              onChange={(event) => set({ wording: { ...form.wording, [code]: event.target.value } })}
            />
          )}
        </Field>
      ))}
      {text("preference", "Order", "1 is named first.")}
      <p className="row">
        <Button type="submit" disabled={busy}>
          {busy ? "Saving" : helpOption ? "Save" : "Add"}
        </Button>
        {helpOption && (
          <Button type="button" outline disabled={remove.busy} onClick={() => remove.run({ id: helpOption.id })}>
            Retire it
          </Button>
        )}
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
