"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { z } from "zod";
import { agencyFormSchema } from "../../lib/people/agency-schema";
import type { AgencyDetail } from "../../lib/people/data";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

/** Makes an agency below another, or changes what one is called. */
export function AgencyForm({
  agency,
  parents,
  languages,
  save,
}: {
  agency?: AgencyDetail;
  parents: readonly { id: string; name: string }[];
  /** Languages beside the first. */
  languages: readonly { code: string; name: string }[];
  save: Action<z.input<typeof agencyFormSchema>, { id: string }>;
}) {
  const router = useRouter();
  const id = useId();
  const [form, setForm] = useState({
    name: agency?.name ?? "",
    shortName: agency?.shortName ?? "",
    code: agency?.code ?? "",
    sender: agency?.sender ?? "",
    web: agency?.web ?? "",
    jurisdiction: "",
    parentId: parents[0]?.id ?? "",
  });
  const [names, setNames] = useState<Record<string, string>>(agency?.names ?? {});
  const [shortNames, setShortNames] = useState<Record<string, string>>(agency?.shortNames ?? {});
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(save, () => {
    setSaid("Saved.");
    router.refresh();
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setSaid("");
    const { jurisdiction, parentId, ...rest } = form;
    const input = { ...rest, names, shortNames, ...(agency ? { id: agency.id } : { jurisdiction, parentId }) };
    const checked = agencyFormSchema.safeParse(input);
    if (checked.success) return run(input);
    setProblem({ message: "Not saved yet.", fields: fieldMessages(checked.error, (name) => `${id}-${name}`) });
  };
  const error = (name: string) => problem?.fields?.[`${id}-${name}`] ?? problem?.fields?.[name];
  const input = (name: string, label: string, value: string, set: (value: string) => void, hint?: string) => (
    <Field id={`${id}-${name}`} label={label} hint={hint} error={error(name)}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          value={value}
          maxLength={200}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Field>
  );
  const text = (name: keyof typeof form, label: string, hint?: string) =>
    input(name, label, form[name], (value) => setForm((before) => ({ ...before, [name]: value })), hint);
  return (
    <form onSubmit={submit} noValidate aria-label={agency ? `Change ${agency.name}` : "Add an agency"}>
      <ErrorSummary problem={problem} />
      {!agency && (
        <>
          <Field id={`${id}-parentId`} label="Below" error={error("parentId")}>
            {(aria) => (
              <select
                {...aria}
                className="usa-select"
                value={form.parentId}
                onChange={(event) => setForm((before) => ({ ...before, parentId: event.target.value }))}
              >
                {parents.map(({ id: parentId, name }) => (
                  <option key={parentId} value={parentId}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {text("jurisdiction", "Answers for", "A county, city, town or dispatch area: its name or Census GEOID")}
        </>
      )}
      {text("name", "Full name", "Without an acronym, as residents know it")}
      {text("shortName", "Short name", "At most 20 characters with the state’s two letters, for 90-character texts")}
      {languages.map(({ code, name }) => (
        <div key={code}>
          {input(`names.${code}`, `Full name in ${name}`, names[code] ?? "", (value) =>
            setNames((before) => ({ ...before, [code]: value })),
          )}
          {input(`shortNames.${code}`, `Short name in ${name}`, shortNames[code] ?? "", (value) =>
            setShortNames((before) => ({ ...before, [code]: value })),
          )}
        </div>
      ))}
      {!agency && text("code", "Code", "2 to 10 letters and digits, such as NELAN; it stays for good")}
      {text("sender", "CAP sender", "Such as alerts@agency.gov")}
      {text("web", "Web page for residents")}
      <p className="row">
        <Button type="submit" disabled={busy}>
          {busy ? "Saving" : agency ? "Save" : "Add the agency"}
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
