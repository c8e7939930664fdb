"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLES, type Role } from "../../lib/access/permissions";
import { invitePersonSchema } from "../../lib/people/schema";
import { type Action, fieldMessages } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { State } from "../ui/state";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import type { changeRoleSchema } from "../../lib/people/schema";

interface Person {
  id: string;
  name: string;
  email: string;
  disabled: boolean;
  hasPassword: boolean;
  lastSeenAt: number | null;
  homeAgencyId: string;
  homeAgency: string;
  roles: { agencyId: string; agency: string; role: string }[];
}

export interface PeopleAdminProps {
  people: readonly Person[];
  agencies: readonly { id: string; name: string }[];
  self: string;

  actions: {
    invite: Action<z.input<typeof invitePersonSchema>, { token: string }>;
    changeRole: Action<z.input<typeof changeRoleSchema>, { token: string | null }>;
    disable: Action<{ personId: string }, null>;
    enable: Action<{ personId: string }, null>;
    renew: Action<{ personId: string }, { token: string }>;
  };
}

export function PeopleAdmin({ people, agencies, self, actions }: PeopleAdminProps) {
  const [link, setLink] = useState<{ name: string; token: string } | null>(null);
  return (
    <>
      {link && <OneTimeLink name={link.name} token={link.token} />}
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Roles</th>
            <th scope="col">State</th>
            <th scope="col">
              <span className="visually-hidden">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isSelf={person.id === self}
              actions={actions}
              onLink={(token) => setLink({ name: person.name, token })}
            />
          ))}
        </tbody>
      </table>
      <InviteForm agencies={agencies} invite={actions.invite} onLink={(name, token) => setLink({ name, token })} />
    </>
  );
}

function OneTimeLink({ name, token }: { name: string; token: string }) {
  const path = `/welcome/${token}`;
  return (
    <div className="box" role="alert">
      <p>
        <strong>The one-time link for {name} is shown only now.</strong> Send it in a way you trust. It works once, for
        72 hours.
      </p>
      <p className="mono">{typeof window === "undefined" ? path : `${window.location.origin}${path}`}</p>
    </div>
  );
}

function PersonRow({
  person,
  isSelf,
  actions,
  onLink,
}: {
  person: Person;
  isSelf: boolean;
  actions: PeopleAdminProps["actions"];
  onLink: (token: string) => void;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const refresh = () => router.refresh();
  const role = useAction(actions.changeRole, ({ token }) => {
    if (token) onLink(token);
    refresh();
  });
  const disable = useAction(actions.disable, refresh);
  const enable = useAction(actions.enable, refresh);
  const renew = useAction(actions.renew, ({ token }) => onLink(token));
  const home = person.roles[0]?.agencyId ?? person.homeAgencyId;
  const held = new Set(person.roles.filter(({ agencyId }) => agencyId === home).map((entry) => entry.role));
  return (
    <tr>
      <th scope="row">
        {person.name}
        <div className="hint">{person.email}</div>
        <div className="hint">{person.roles[0]?.agency ?? `${person.homeAgency}, no role`}</div>
      </th>
      <td>
        {ROLES.map((name) => (
          <label className="row" key={name}>
            <input
              type="checkbox"
              checked={held.has(name)}
              disabled={isSelf || role.busy}
              onChange={() => role.run({ personId: person.id, agencyId: home, role: name, grant: !held.has(name) })}
            />
            {name}
          </label>
        ))}
        <ErrorSummary problem={role.problem} />
      </td>
      <td>
        {person.disabled ? (
          <State shape="slashed" tone="quiet">
            Disabled
          </State>
        ) : person.hasPassword ? (
          <State shape="tick" tone="good">
            Can sign in
          </State>
        ) : (
          <State shape="dots">Link not used yet</State>
        )}
        {person.lastSeenAt !== null && (
          <div className="hint">last here {formatMoment(person.lastSeenAt, timeZone)}</div>
        )}
      </td>
      <td className="right">
        {isSelf ? (
          <span className="hint">you</span>
        ) : (
          <span className="stack">
            <Button
              type="button"
              unstyled
              disabled={disable.busy || enable.busy}
              onClick={() => (person.disabled ? enable : disable).run({ personId: person.id })}
            >
              {person.disabled ? "Enable" : "Disable and sign out"}
              <span className="visually-hidden">, {person.name}</span>
            </Button>
            <br />
            <Button
              type="button"
              unstyled
              disabled={renew.busy || person.disabled}
              onClick={() => renew.run({ personId: person.id })}
            >
              New one-time link<span className="visually-hidden">, {person.name}</span>
            </Button>
          </span>
        )}
        <ErrorSummary problem={disable.problem ?? enable.problem ?? renew.problem} />
      </td>
    </tr>
  );
}

function InviteForm({
  agencies,
  invite,
  onLink,
}: {
  agencies: readonly { id: string; name: string }[];
  invite: Action<z.input<typeof invitePersonSchema>, { token: string }>;
  onLink: (name: string, token: string) => void;
}) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [agencyId, setAgency] = useState(agencies[0]?.id ?? "");
  const [roles, setRoles] = useState<Role[]>([]);
  const { run, busy, problem, setProblem } = useAction(invite, ({ token }) => {
    onLink(name, token);
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
      <ErrorSummary problem={problem} />
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
          <select {...aria} className="usa-select" value={agencyId} onChange={(event) => setAgency(event.target.value)}>
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
          </label>
        ))}
      </fieldset>
      <p>
        <Button type="submit" disabled={busy}>
          Create one-time link
        </Button>
      </p>
    </form>
  );
}
