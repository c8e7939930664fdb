"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { type Allowance, formatWithheldChannel } from "../../lib/access/allowance/allowance";
import type { ChannelRow } from "../../lib/delivery/data";
import { CHANNEL_KINDS, type ChannelForm as Form, type ChannelKindName, secretsOf } from "../../lib/delivery/schema";
import type { Action } from "../../lib/platform/result";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : "";

/** Makes a channel, or changes one. Its secret is written and never shown. */
export function ChannelForm({
  channel,
  agencies,
  ways,
  save,
}: {
  channel?: ChannelRow;
  /** Agencies it can be of, each with the kinds that it may not use. */
  agencies: readonly { id: string; name: string; withheld: Allowance["channels"] }[];
  ways: ProofWays;
  save: Action<Form & Proof, { id: string; waits: boolean }>;
}) {
  const router = useRouter();
  const id = useId();
  const [form, setForm] = useState({
    agencyId: channel?.agencyId ?? agencies[0]?.id ?? "",
    kind: (channel?.kind ?? "webhook") as ChannelKindName,
    name: channel?.name ?? "",
    url: textOf(channel?.settings.url),
    format: channel?.settings.format === "cap" ? ("cap" as const) : ("json" as const),
    allowed: textOf(channel?.settings.allowed),
    secret: "",
    folder: textOf(channel?.settings.folder),
    bucket: textOf(channel?.settings.bucket),
    region: textOf(channel?.settings.region),
    prefix: textOf(channel?.settings.prefix),
    accessKeyId: textOf(channel?.settings.accessKeyId),
    logonUser: textOf(channel?.settings.logonUser),
    cogId: textOf(channel?.settings.cogId),
    certificate: "",
    key: "",
    to: textOf(channel?.settings.to),
  });
  const owner = agencies.find((agency) => agency.id === form.agencyId);
  const leftOut = Object.entries(owner?.withheld ?? {});
  const isOffered = (kind: string) => owner?.withheld[kind] === undefined;
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, ({ id: saved, waits }) => {
    setSaid(waits ? "Saved. Another administrator confirms it before it is live." : "Saved.");
    setForm((before) => ({ ...before, secret: "", certificate: "", key: "" }));
    if (channel) router.refresh();
    else router.push(`/admin/channels/${saved}`);
  });
  // What is sealed is set by whoever proves who they are.
  const brings = secretsOf(form) !== null;
  const { fields, given, proof, shown } = useProof(
    ways,
    "Asked because alerts are handed over with this secret.",
    problem,
    "save-",
  );
  const input = (
    name:
      | "name"
      | "url"
      | "allowed"
      | "secret"
      | "folder"
      | "bucket"
      | "region"
      | "prefix"
      | "accessKeyId"
      | "logonUser"
      | "cogId",
    label: string,
    hint?: string,
  ) => (
    <Field id={`${id}-${name}`} label={label} hint={hint} error={problem?.fields?.[name]}>
      {(aria) => (
        <input
          {...aria}
          className="usa-input"
          type={name === "secret" ? "password" : "text"}
          autoComplete={name === "secret" ? "new-password" : "off"}
          maxLength={500}
          value={form[name]}
          onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      noValidate
      aria-label={channel ? `Settings of ${channel.name}` : "Add a channel"}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({ ...form, ...(channel ? { id: channel.id } : {}), ...(brings ? proof : {}) });
      }}
    >
      <ErrorSummary problem={shown && { message: shown.message }} />
      {!channel && (
        <div className="row">
          <Field id={`${id}-kind`} label="Kind" error={problem?.fields?.kind}>
            {(aria) => (
              <select
                {...aria}
                className="usa-select"
                value={form.kind}
                onChange={(event) => setForm({ ...form, kind: event.target.value as ChannelKindName })}
              >
                {/* What was chosen stays: the sentence below says why it can't be saved. */}
                {Object.entries(CHANNEL_KINDS)
                  .filter(([kind]) => isOffered(kind) || kind === form.kind)
                  .map(([kind, { label }]) => (
                    <option key={kind} value={kind}>
                      {label}
                    </option>
                  ))}
              </select>
            )}
          </Field>
          <Field id={`${id}-agencyId`} label="Carries the alerts of" error={problem?.fields?.agencyId}>
            {(aria) => (
              <select
                {...aria}
                className="usa-select"
                value={form.agencyId}
                onChange={(event) => setForm({ ...form, agencyId: event.target.value })}
              >
                {agencies.map((agency) => (
                  <option key={agency.id} value={agency.id}>
                    {agency.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
      {owner &&
        leftOut.map(
          ([kind, withheld]) =>
            withheld && (
              <p key={kind} className="second">
                {formatWithheldChannel(owner.name, kind, withheld)}
              </p>
            ),
        )}
      <p className="second">{CHANNEL_KINDS[form.kind].says}</p>
      {input("name", "Name")}
      {form.kind === "webhook" && (
        <>
          {input(
            "url",
            "Web address",
            "HTTPS, on the public internet unless its host is named below. Redirects are not followed.",
          )}
          {input(
            "secret",
            "Shared secret",
            channel?.hasSecret
              ? "Leave it empty to keep the one that is set."
              : "16 or more characters. It signs each message.",
          )}
          <Field id={`${id}-format`} label="What is sent" error={problem?.fields?.format}>
            {(aria) => (
              <select
                {...aria}
                className="usa-select"
                value={form.format}
                onChange={(event) => setForm({ ...form, format: event.target.value === "cap" ? "cap" : "json" })}
              >
                <option value="json">JSON with the message in it</option>
                <option value="cap">The CAP message itself</option>
              </select>
            )}
          </Field>
          {input("allowed", "Host names that may lead into your own network (optional)", "Comma between.")}
        </>
      )}
      {form.kind === "bucket" && (
        <>
          {input("url", "Address of the service", "Without the bucket, such as https://s3.us-east-1.amazonaws.com.")}
          {input("region", "AWS region", "Such as us-east-1. For other services, what their manual says.")}
          {input("bucket", "Bucket")}
          {input("prefix", "Folder in the bucket (optional)", "Such as alerts/live.")}
          {input("accessKeyId", "Access key ID")}
          {input(
            "secret",
            "Secret access key",
            channel?.hasSecret
              ? "Leave it empty to keep the one that is set."
              : "It is kept encrypted and never shown. It needs the right to put files; to read back, to get them.",
          )}
          {input("allowed", "Host names that may lead into your own network (optional)", "Comma between.")}
        </>
      )}
      {form.kind === "ipaws" && (
        <>
          {input("url", "Address of the service")}
          {input("logonUser", "Who sends")}
          {input("cogId", "COG number")}
          {(["certificate", "key"] as const).map((name) => (
            <Field
              key={name}
              id={`${id}-${name}`}
              label={name === "certificate" ? "Certificate (PEM)" : "Private key (PEM)"}
              hint={
                channel?.hasSecret
                  ? "Leave both empty to keep those that are set."
                  : "It is kept encrypted and never shown."
              }
              error={problem?.fields?.[name]}
            >
              {(aria) => (
                <textarea
                  {...aria}
                  className="usa-textarea"
                  autoComplete="off"
                  spellCheck={false}
                  value={form[name]}
                  onChange={(event) => setForm({ ...form, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </>
      )}
      {form.kind === "file-drop" &&
        input("folder", "Folder", "From the root, such as /srv/alerts. The worker must be able to write there.")}
      {form.kind === "email" && (
        <Field id={`${id}-to`} label="Email addresses" hint="One a line, or comma between." error={problem?.fields?.to}>
          {(aria) => (
            <textarea
              {...aria}
              className="usa-textarea"
              value={form.to}
              onChange={(event) => setForm({ ...form, to: event.target.value })}
            />
          )}
        </Field>
      )}
      {(channel?.state === "live" || channel?.asked) && (
        <p>
          If you change more than the name, {channel.state === "live" && "this channel is turned off, and "}another
          administrator confirms it before it is live.
        </p>
      )}
      {brings && fields}
      <p className="row">
        <Button type="submit" disabled={busy || (brings && !given)}>
          {channel ? "Save" : "Add the channel"}
        </Button>
        <span role="status">{said}</span>
      </p>
    </form>
  );
}
