"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { invitePersonSchema } from "../../lib/people/schema";
import type { Action } from "../../lib/platform/result";
import { OneTimeLink } from "../access/one-time-link";
import { useTimeZone } from "../layout/providers";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { State } from "../ui/state";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";
import type { z } from "zod";
import { InviteForm, type Invited } from "./invite-form";

interface Person {
  id: string;
  name: string;
  email: string;
  disabled: boolean;
  hasPassword: boolean;
  lastSeenAt: number | null;
  homeAgency: string;
  roles: { agencyId: string; agency: string; role: string }[];
}

export interface PeopleAdminProps {
  people: readonly Person[];
  agencies: readonly { id: string; name: string }[];
  self: string;
  actions: {
    invite: Action<z.input<typeof invitePersonSchema>, Invited>;
    disable: Action<{ personId: string }, null>;
    enable: Action<{ personId: string }, null>;
  };
}

export function PeopleAdmin({ people, agencies, self, actions }: PeopleAdminProps) {
  const [link, setLink] = useState<{ name: string; token: string; mailed: string | null } | null>(null);
  return (
    <>
      {link && <OneTimeLink {...link} />}
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
            <PersonRow key={person.id} person={person} isSelf={person.id === self} actions={actions} />
          ))}
        </tbody>
      </table>
      <InviteForm
        agencies={agencies}
        invite={actions.invite}
        onInvited={(name, made) => setLink({ name, token: made.token, mailed: made.mailed })}
      />
    </>
  );
}

function PersonRow({
  person,
  isSelf,
  actions,
}: {
  person: Person;
  isSelf: boolean;
  actions: PeopleAdminProps["actions"];
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const disable = useAction(actions.disable, () => router.refresh());
  const enable = useAction(actions.enable, () => router.refresh());
  const isSensitive = person.roles.some(({ role }) => role === "approver" || role === "administrator");
  const hidden = <span className="visually-hidden">, {person.name}</span>;
  return (
    <tr>
      <th scope="row">
        <Link href={`/admin/people/${person.id}`} prefetch={false}>
          {person.name}
        </Link>
        <div className="hint">{person.email}</div>
        <div className="hint">{person.homeAgency}</div>
      </th>
      <td data-label="Roles">
        {person.roles.length === 0
          ? "none"
          : person.roles.map(({ agencyId, agency, role }) => (
              <div key={`${agencyId} ${role}`}>
                {role}
                {agency !== person.homeAgency && <span className="hint">, {agency}</span>}
              </div>
            ))}
      </td>
      <td data-label="State">
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
            {!person.disabled ? (
              <AskedButton
                label={`Disable and sign out ${person.name}`}
                question={`Sign ${person.name} out and keep the account closed?${isSensitive ? " Opening it again takes two administrators." : ""}`}
                yes="Disable"
                no="Keep it open"
                disabled={disable.busy}
                onYes={() => disable.run({ personId: person.id })}
              />
            ) : isSensitive ? (
              <Link href={`/admin/requests/new?kind=restore&person=${person.id}`} prefetch={false}>
                Ask to enable{hidden}
              </Link>
            ) : (
              <Button type="button" unstyled disabled={enable.busy} onClick={() => enable.run({ personId: person.id })}>
                Enable{hidden}
              </Button>
            )}
            {!person.disabled && person.roles.length > 0 && (
              <>
                <br />
                <Link className="beneath" href={`/admin/people/${person.id}#new-link`} prefetch={false}>
                  New one-time link{hidden}
                </Link>
              </>
            )}
          </span>
        )}
        <ErrorSummary problem={disable.problem ?? enable.problem} />
      </td>
    </tr>
  );
}
