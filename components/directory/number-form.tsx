"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { DESK_LANGUAGES, numberFormSchema, SERVICES, formatNumber } from "../../lib/directory/schema";
import { formatHours, parseHours } from "../../lib/directory/hours";
import type { PlaceNumber } from "../../lib/directory/data";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { FIRST_LANGUAGE, type Localized } from "../../lib/platform/language";
import { useLanguages } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";
import type { z } from "zod";

/** Adds a number to a place, or changes one. Other digits make another entry that has yet to be verified. */
export function NumberForm({
  placeId,
  placeName,
  number,
  next,
  save,
}: {
  placeId: string;
  placeName: string;
  number?: PlaceNumber;
  /** The place a new number gets in the order. */
  next: number;
  save: Action<z.input<typeof numberFormSchema>, { id: string; unverified: boolean }>;
}) {
  const router = useRouter();
  const id = useId();
  const [form, setForm] = useState({
    phone: number ? formatNumber(number) : "",
    service: number?.service ?? "dispatch",
    desk: number?.desk ?? "",
    hours: number?.hours ?? "day and night",
    lines: String(number?.lines ?? 2),
    languages: number?.languages ?? ["en"],
    takesTexts: number?.takesTexts ?? false,
    sharedWith911: number?.sharedWith911 ?? false,
    preference: String(number?.preference ?? next),
    reason: "",
  });
  const languages = useLanguages().filter(({ code }) => code !== FIRST_LANGUAGE);
  const [deskIn, setDeskIn] = useState<Localized>(number?.deskIn ?? {});
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(save, ({ unverified }) => {
    setSaid(unverified ? "Saved. It can’t be given out until a test call verifies it." : "Saved.");
    if (!number) setForm((before) => ({ ...before, phone: "", desk: "" }));
    router.refresh();
  });
  const set = (change: Partial<typeof form>) => {
    setSaid("");
    setForm((before) => ({ ...before, ...change }));
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const words = Object.fromEntries(languages.map(({ code }) => [code, deskIn[code] ?? ""]));
    const input = { ...form, deskIn: words, placeId, ...(number ? { id: number.id, version: number.version } : {}) };
    const checked = numberFormSchema.safeParse(input);
    if (checked.success) return run(input);
    const fields = fieldMessages(checked.error, (name) => `${id}-${name}`);
    setProblem({ message: "Not saved yet.", fields });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`] ?? problem?.fields?.[name];
  const hours = parseHours(form.hours);
  const text = (name: "phone" | "reason" | "desk" | "hours" | "lines" | "preference", label: string, hint?: string) => (
    <Field id={`${id}-${name}`} label={label} hint={hint} error={error(name)}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          value={form[name]}
          maxLength={200}
          inputMode={name === "phone" ? "tel" : name === "lines" || name === "preference" ? "numeric" : undefined}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={number ? `Change ${formatNumber(number)}` : `Add a number to ${placeName}`}
    >
      <ErrorSummary problem={problem} />
      {text("phone", "Number", "10 digits, with an extension if there is one: 413-555-0142 x45")}
      {(error("reason") || form.reason !== "") &&
        text("reason", "How you know that this number is right", "For example: the phone company’s letter of May 3")}
      <Field id={`${id}-service`} label="For" error={error("service")}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.service}
            onChange={(event) => set({ service: event.target.value as typeof form.service })}
          >
            {Object.entries(SERVICES).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {text("desk", "Who answers", "For example: county dispatch center")}
      {languages.map(({ code, name, phrases }) => (
        <Field
          key={code}
          id={`${id}-deskIn.${code}`}
          label={`Who answers, in ${name}`}
          hint={
            Object.hasOwn(phrases, form.desk)
              ? `Left empty: ${phrases[form.desk]}`
              : "Left empty, the text in this language does not say who answers."
          }
          error={error(`deskIn.${code}`)}
        >
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              lang={code}
              value={deskIn[code] ?? ""}
              maxLength={200}
              onChange={(event) => setDeskIn((before) => ({ ...before, [code]: event.target.value }))}
            />
          )}
        </Field>
      ))}
      {text(
        "hours",
        "Hours",
        hours === null ? "For example: day and night; Mon-Fri 8 a.m. to 4 p.m." : `Read as: ${formatHours(hours)}`,
      )}
      {text("lines", "Number of lines")}
      {text("preference", "Order", "1 is given out first.")}
      <fieldset className="usa-fieldset" id={`${id}-languages`}>
        <legend className="usa-legend">Languages answered</legend>
        {error("languages") && <p className="usa-error-message">{error("languages")}</p>}
        <div className="row">
          {Object.entries(DESK_LANGUAGES).map(([code, name]) => (
            <label className="check" key={code}>
              <input
                type="checkbox"
                checked={form.languages.includes(code)}
                onChange={(event) =>
                  set({
                    languages: event.target.checked
                      ? [...form.languages, code]
                      : form.languages.filter((other) => other !== code),
                  })
                }
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="stack">
        <label className="check">
          <input
            type="checkbox"
            checked={form.takesTexts}
            onChange={(event) => set({ takesTexts: event.target.checked })}
          />
          <span>Takes text messages</span>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={form.sharedWith911}
            onChange={(event) => set({ sharedWith911: event.target.checked })}
          />
          <span>On the 911 network, so it fails when 911 fails</span>
        </label>
      </div>
      <p className="row">
        <Button type="submit" disabled={busy}>
          {busy ? "Saving" : number ? "Save" : `Add the number to ${placeName}`}
        </Button>
        <span role="status">{said}</span>
      </p>
      {number && (
        <p className="hint">With other digits the present entry is retired, and the new number must be called first.</p>
      )}
    </form>
  );
}
