"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { isSensitive, ROLES, type Role } from "../../lib/access/permissions";
import type { changeRoleSchema } from "../../lib/people/schema";
import { ROLE_MEANS } from "../../lib/people/grants/words";
import type { Action } from "../../lib/platform/result";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";
import { OneTimeLink } from "./one-time-link";

/** Roles of a person in one agency. Each change is asked about in words before it is made. */
export function PersonRoles({
  person,
  agencies,
  change,
}: {
  person: { id: string; name: string; disabled: boolean; roles: readonly { agencyId: string; role: Role }[] };
  agencies: readonly { id: string; name: string }[];
  change: Action<z.input<typeof changeRoleSchema>, { token: string | null }>;
}) {
  const router = useRouter();
  const [agencyId, setAgency] = useState(person.roles[0]?.agencyId ?? agencies[0]?.id ?? "");
  const [token, setToken] = useState<string | null>(null);
  const { run, busy, problem } = useAction(change, (made) => {
    setToken(made.token);
    router.refresh();
  });
  const agency = agencies.find(({ id }) => id === agencyId)?.name ?? "";
  const held = new Set(person.roles.filter((one) => one.agencyId === agencyId).map(({ role }) => role));
  const set = (role: Role, grant: boolean) => run({ personId: person.id, agencyId, role, grant });
  return (
    <>
      {token && <OneTimeLink name={person.name} token={token} mailed={null} />}
      <ErrorSummary problem={problem} />
      {agencies.length > 1 && (
        <p>
          <label htmlFor="role-agency">Agency</label>
          <select
            id="role-agency"
            className="usa-select"
            value={agencyId}
            onChange={(event) => setAgency(event.target.value)}
          >
            {agencies.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </p>
      )}
      <table className="lines stacks">
        <tbody>
          {ROLES.map((role) => (
            <tr key={`${agencyId} ${role}`}>
              <th scope="row">
                {role}
                <div className="hint">{ROLE_MEANS[role]}</div>
              </th>
              <td data-label="Has it">{held.has(role) ? "yes" : "no"}</td>
              <td className="right">
                {held.has(role) ? (
                  <AskedButton
                    label={`Take the role ${role} away`}
                    question={`Take the role ${role} in ${agency} from ${person.name}?${isSensitive(role) ? " Giving it back takes two administrators." : ""}`}
                    yes="Take it away"
                    no="Keep it"
                    disabled={busy}
                    onYes={() => set(role, false)}
                  />
                ) : isSensitive(role) ? (
                  !person.disabled && (
                    <Link
                      href={`/admin/requests/new?kind=role&person=${person.id}&agency=${agencyId}&role=${role}`}
                      prefetch={false}
                    >
                      Ask for the role {role}
                    </Link>
                  )
                ) : (
                  <Button type="button" unstyled disabled={busy} onClick={() => set(role, true)}>
                    Give the role {role}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
