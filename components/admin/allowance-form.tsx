"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import {
  ALLOWED_CHANNELS,
  type AllowedPurpose,
  CHANNEL_NAMES,
  formatWhoMay,
  PURPOSE_NAMES,
} from "../../lib/access/allowance/allowance";
import type { allowanceSchema } from "../../lib/people/agency-schema";
import type { AgencyDetail } from "../../lib/people/data";
import type { Action } from "../../lib/platform/result";
import { type ProofWays, useProof } from "../auth/use-proof";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

const PURPOSE_LABELS: Readonly<Record<AllowedPurpose, string>> = {
  outage: "First alerts of a 911 outage",
  border: "Border notices to neighbors of an outage",
  exercise: "Exercises",
};

/** Boxes of all that an agency may publish, and where; what is not checked is not allowed. */
export function AllowanceForm({
  agency,
  ways,
  save,
}: {
  agency: Pick<AgencyDetail, "id" | "name" | "allowance">;
  ways: ProofWays;
  save: Action<z.input<typeof allowanceSchema>, null>;
}) {
  const { above, mayWiden, withheldPurposes, withheldChannels } = agency.allowance;
  const router = useRouter();
  const [purposes, setPurposes] = useState<readonly string[]>(withheldPurposes);
  const [channels, setChannels] = useState<readonly string[]>(withheldChannels);
  const [said, setSaid] = useState("");
  const { run, busy, problem } = useAction(save, () => {
    setSaid("Saved.");
    clear();
    router.refresh();
  });
  const prefix = `allow-${agency.id}-`;
  const why = "Asked because this allows the agency more than before.";
  const { fields, given, proof, missing, shown, clear } = useProof(ways, why, problem, prefix);
  const widens =
    withheldPurposes.some((name) => !purposes.includes(name)) ||
    withheldChannels.some((name) => !channels.includes(name));
  const changed =
    widens ||
    purposes.some((name) => !withheldPurposes.includes(name)) ||
    channels.some((name) => !withheldChannels.includes(name));
  const box = (
    name: string,
    label: string,
    withheld: readonly string[],
    before: readonly string[],
    set: (names: readonly string[]) => void,
  ) => {
    const forbidden = above?.purposes[name] ?? above?.channels[name];
    const fixed = forbidden !== undefined || (!mayWiden && before.includes(name));
    return (
      <label key={name} className="check">
        <input
          type="checkbox"
          id={`${prefix}${name}`}
          checked={forbidden === undefined && !withheld.includes(name)}
          disabled={fixed || busy}
          onChange={(event) => {
            setSaid("");
            set(event.target.checked ? withheld.filter((one) => one !== name) : [...withheld, name]);
          }}
        />
        <span>
          {label}
          {forbidden && above && (
            <span className="hint">
              {" "}
              Not allowed to {above.agency.name} either. {formatWhoMay({ ...forbidden, may: null })}
            </span>
          )}
          {!forbidden && fixed && (
            <span className="hint">
              {" "}
              An administrator of{" "}
              {agency.allowance.effective.purposes[name]?.by ??
                agency.allowance.effective.channels[name]?.by ??
                "the agency above"}{" "}
              can allow it.
            </span>
          )}
        </span>
      </label>
    );
  };
  return (
    <form
      noValidate
      aria-label={`What ${agency.name} may publish`}
      onSubmit={(event) => {
        event.preventDefault();
        setSaid("");
        run({
          agencyId: agency.id,
          withheldPurposes: PURPOSE_NAMES.filter((name) => purposes.includes(name)),
          withheldChannels: CHANNEL_NAMES.filter((name) => channels.includes(name)),
          ...(widens ? proof : {}),
        });
      }}
    >
      <ErrorSummary
        problem={
          shown && {
            message: shown.message,
            ...(shown.fields
              ? {
                  fields: Object.fromEntries(
                    Object.entries(shown.fields).map(([field, says]) => [
                      field.startsWith(prefix) ? field : `${prefix}${field}`,
                      says,
                    ]),
                  ),
                }
              : {}),
          }
        }
      />
      <fieldset className="usa-fieldset">
        <legend className="usa-legend">May publish</legend>
        {PURPOSE_NAMES.map((name) => box(name, PURPOSE_LABELS[name], purposes, withheldPurposes, setPurposes))}
        <p className="hint">
          Updates, corrections, all-clears and cancellations of its own alerts are always allowed: nobody else can send
          them.
        </p>
      </fieldset>
      <fieldset className="usa-fieldset">
        <legend className="usa-legend">May publish to</legend>
        {CHANNEL_NAMES.map((name) => box(name, ALLOWED_CHANNELS[name], channels, withheldChannels, setChannels))}
        <p className="hint">
          Counts for alerts approved from now on. A channel that carried an alert of an outage carries what follows it
          until the outage ends.
        </p>
      </fieldset>
      <p>What is not allowed here is not allowed for agencies below {agency.name} either.</p>
      {widens && fields}
      <p className="row">
        <Button type="submit" disabled={busy || !changed || (widens && !given)}>
          {busy ? "Saving" : "Save"}
          <span className="visually-hidden"> what {agency.name} may publish</span>
        </Button>
        <span role="status">{said}</span>
      </p>
      {widens && !given && <p className="why-not">{missing} to allow more.</p>}
    </form>
  );
}
