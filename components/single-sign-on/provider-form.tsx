"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProviderRow } from "../../lib/people/single-sign-on/data";
import type { Finding } from "../../lib/people/single-sign-on/discovery";
import {
  CLIENT_AUTH,
  type ClientAuth,
  formatGroups,
  PROMPTS,
  type ProviderForm as Form,
} from "../../lib/people/single-sign-on/schema";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { CopyButton } from "../ui/copy-button";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

type TextField =
  "name" | "issuer" | "clientId" | "secret" | "scopes" | "acrValues" | "factorValues" | "groupsClaim" | "allowed";

const emptyForm = {
  name: "",
  issuer: "",
  clientId: "",
  clientAuth: "secret" as ClientAuth,
  secret: "",
  scopes: "",
  acrValues: "",
  prompt: "" as Form["prompt"],
  factorValues: "",
  groupsClaim: "",
  groups: "",
  allowed: "",
};

const formOf = (provider: ProviderRow, agencies: readonly { id: string; code: string }[]): typeof emptyForm => ({
  name: provider.name,
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientAuth: provider.clientAuth,
  secret: "",
  scopes: provider.settings.scopes.join(" "),
  acrValues: provider.settings.acrValues,
  prompt: provider.settings.prompt,
  factorValues: provider.settings.factorValues.join(" "),
  groupsClaim: provider.settings.groupsClaim,
  groups: formatGroups(provider.settings.groups, agencies),
  allowed: provider.settings.allowed.join(", "),
});

/** Sets a provider up, or changes one. Its secret is written and never shown. */
export function ProviderForm({
  provider,
  redirect,
  agencies,
  ways,
  save,
  tryIt,
}: {
  provider?: ProviderRow;
  redirect: string;
  agencies: readonly { id: string; code: string }[];
  ways: ProofWays;
  save: Action<Form & Proof, { id: string; waits: boolean }>;
  tryIt: Action<{ issuer: string; clientAuth: ClientAuth; allowed?: string }, { findings: Finding[] }>;
}) {
  const router = useRouter();
  const [form, setForm] = useState(provider ? formOf(provider, agencies) : emptyForm);
  const [said, setSaid] = useState("");
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const saving = useAction(save, ({ id, waits }) => {
    setSaid(waits ? "Saved. It is off until another administrator confirms it." : "Saved.");
    setForm((before) => ({ ...before, secret: "" }));
    proof.clear();
    if (provider) router.refresh();
    else router.push(`/admin/single-sign-on/${id}`);
  });
  const trying = useAction(tryIt, (answer) => setFindings(answer.findings));
  const problem = saving.problem ?? trying.problem;
  const proof = useProof(ways, "Asked because this changes how people sign in.", saving.problem, "provider-");
  const text = (name: TextField, label: string, hint?: string) => (
    <Field id={`provider-${name}`} label={label} hint={hint} error={problem?.fields?.[name]}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          type={name === "secret" ? "password" : "text"}
          autoComplete={name === "secret" ? "new-password" : "off"}
          spellCheck={false}
          maxLength={name === "name" ? 60 : 500}
          value={form[name]}
          onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="narrow-form"
      noValidate
      aria-label={provider ? `Settings of ${provider.name}` : "Set up single sign-on"}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        saving.run({ ...form, ...(provider ? { id: provider.id } : {}), ...proof.proof });
      }}
    >
      <ErrorSummary problem={problem && { message: problem.message }} />
      <p>
        Register this redirect address at the provider:{" "}
        <code id="redirect-address" data-verbatim>
          {redirect}
        </code>{" "}
        <CopyButton text={redirect} what="the redirect address" from="redirect-address" />
      </p>
      {text("name", "Name on the button", "People read “Sign in with …”.")}
      {text(
        "issuer",
        "Issuer",
        "Its address exactly as its tokens name it, such as https://login.microsoftonline.com/TENANT/v2.0.",
      )}
      {text("clientId", "Client ID")}
      <Field
        id="provider-clientAuth"
        label="How Callbox proves itself to the provider"
        hint="PKCE comes on top each time."
        error={problem?.fields?.clientAuth}
      >
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.clientAuth}
            onChange={(event) => setForm({ ...form, clientAuth: event.target.value as ClientAuth })}
          >
            {Object.entries(CLIENT_AUTH).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.clientAuth === "secret" &&
        text(
          "secret",
          "Client secret",
          provider?.hasSecret && provider.clientAuth === "secret"
            ? "Leave it empty to keep the one that is set."
            : "It is kept encrypted and never shown.",
        )}
      {form.clientAuth === "key" && (
        <p className="second">
          {provider?.clientAuth === "key"
            ? "Callbox keeps the key. Its certificate is above."
            : "Callbox makes a key when you save. Its certificate is shown then, to be registered at the provider."}
        </p>
      )}
      {text("scopes", "More scopes (optional)", "Besides openid. Such as groups at Okta.")}
      {text(
        "acrValues",
        "acr values to ask for (optional)",
        "Spaces between. Login.gov wants one, such as urn:acr.login.gov:auth-only.",
      )}
      <Field id="provider-prompt" label="Ask people to sign in at the provider" error={problem?.fields?.prompt}>
        {(aria) => (
          <select
            {...aria}
            className="usa-select"
            value={form.prompt}
            onChange={(event) => setForm({ ...form, prompt: event.target.value as Form["prompt"] })}
          >
            {Object.entries(PROMPTS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {text(
        "factorValues",
        "acr or amr values that count as a second factor (optional)",
        "Spaces between. When a sign-in carries one, Callbox does not ask for its own second factor at that sign-in. Releasing an alert always takes Callbox’s own.",
      )}
      {text("groupsClaim", "Claim that names groups (optional)", "Such as groups.")}
      <Field
        id="provider-groups"
        label="Roles that groups stand for (optional)"
        hint="One a line: group = role, agency code. Such as: duty-officers = drafter, MA911. They are proposed to administrators, never granted."
        error={problem?.fields?.groups}
      >
        {(aria) => (
          <textarea
            {...aria}
            className="usa-textarea"
            spellCheck={false}
            value={form.groups}
            onChange={(event) => setForm({ ...form, groups: event.target.value })}
          />
        )}
      </Field>
      {text("allowed", "Host names that may lead into your own network (optional)", "Comma between.")}
      <p className="row">
        <Button
          type="button"
          outline
          disabled={trying.busy}
          onClick={() => {
            setFindings(null);
            trying.run({ issuer: form.issuer, clientAuth: form.clientAuth, allowed: form.allowed });
          }}
        >
          {trying.busy ? "Asking the provider" : "Try it"}
        </Button>
        <span className="hint">Reads what the provider says of itself. Nothing is saved.</span>
      </p>
      <div role="status">
        {findings && (
          <>
            <p>
              <strong>
                {findings.every(({ good }) => good) ? "Nothing is wrong with it." : "This does not work yet:"}
              </strong>
            </p>
            <ul>
              {findings.map(({ good, says }) => (
                <li key={says}>
                  {good ? "" : "Wrong: "}
                  {says}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {(provider?.isOn || provider?.asked) && (
        <p>
          If you change more than the name, {provider.isOn && "it is turned off, and "}another administrator confirms it
          before it is on.
        </p>
      )}
      {proof.fields}
      <p className="row">
        <Button type="submit" disabled={saving.busy || !proof.given}>
          {provider ? "Save" : "Set it up"}
        </Button>
        <span role="status">{said}</span>
      </p>
      {!proof.given && <p className="why-not">{proof.missing} to save.</p>}
    </form>
  );
}
