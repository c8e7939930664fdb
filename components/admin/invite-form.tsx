"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { isSensitive, ROLES, type Role } from "../../lib/access/permissions";
import { invitePersonSchema } from "../../lib/people/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { useAction } from "../ui/use-action";

export interface Invited {
  token: string;
  waiting: Role[];
  mailed: string | null;
}

/** Invites a person by a one-time link. Approver and administrator wait for another administrator. */
export function InviteForm({
  agencies,
  invite,
  onInvited,
}: {
  agencies: readonly { id: string; name: string }[];
  invite: Action<z.input<typeof invitePersonSchema>, Invited>;
  onInvited: (name: string, made: Invited) => void;
}) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [agencyId, setAgency] = useState(agencies[0]?.id ?? "");
  const [roles, setRoles] = useState<Role[]>([]);
  const [said, setSaid] = useState("");
  const { run, busy, problem, setProblem } = useAction(invite, (made) => {
    onInvited(name, made);
    setSaid(
      made.waiting.length > 0 ? `Another administrator must confirm for ${name}: ${made.waiting.join(", ")}.` : "",
    );
    setName("");
    setEmail("");
    setRoles([]);
    router.refresh();
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const input = { name, email, agencyId, roles };
    const checked = invitePersonSchema.safeParse(input);
    if (checked.success) return run(input);
    setProblem({ message: "The person has not been invited yet.", fields: fieldMessages(checked.error) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="rule">
        <h2>Invite a person</h2>
      </div>
      <div className="narrow-form">
        <ErrorSummary problem={problem} />
        <p role="status">{said}</p>
        <Field id="name" label="Name" error={problem?.fields?.name}>
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              value={name}
              maxLength={150}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field id="email" label="Work email" error={problem?.fields?.email}>
          {(aria) => (
            <input
              {...aria}
              className="usa-input"
              type="email"
              value={email}
              maxLength={250}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field id="agencyId" label="Agency" error={problem?.fields?.agencyId}>
          {(aria) => (
            <select
              {...aria}
              className="usa-select"
              value={agencyId}
              onChange={(event) => setAgency(event.target.value)}
            >
              {agencies.map((agency) => (
                <option key={agency.id} value={agency.id}>
                  {agency.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <fieldset className="usa-fieldset" id="roles">
          <legend className="usa-legend">Roles</legend>
          {problem?.fields?.roles && <p className="usa-error-message">{problem.fields.roles}</p>}
          {ROLES.map((role) => (
            <label className="row" key={role}>
              <input
                type="checkbox"
                checked={roles.includes(role)}
                onChange={() =>
                  setRoles(roles.includes(role) ? roles.filter((other) => other !== role) : [...roles, role])
                }
              />
              {role}
              {isSensitive(role) && <span className="hint">waits for another administrator</span>}
            </label>
          ))}
        </fieldset>
        <p>
          <Button type="submit" disabled={busy}>
            Create one-time link
          </Button>
        </p>
      </div>
    </form>
  );
}
