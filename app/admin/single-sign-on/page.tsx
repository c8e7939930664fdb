import Link from "next/link";
import { State } from "../../../components/ui/state";
import { requireActor } from "../../../lib/access/session";
import { ENVIRONMENT_ID, listProviders, redirectAddress } from "../../../lib/people/single-sign-on/data";
import { singleSignOnSettings } from "../../../lib/platform/env";

export const metadata = { title: "Single sign-on" };

export default async function SingleSignOnPage() {
  const actor = await requireActor("people:manage");
  const providers = await listProviders(actor);
  const named = singleSignOnSettings();
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>Single sign-on</h1>
      <p>
        People sign in with the account they have at a provider, such as Entra ID, Okta or Login.gov, once they have
        linked it on their account page or accepted an invitation with it. An equal email links nothing. Roles are
        granted here as ever; approvers and administrators set up a second factor here as well, since releasing an alert
        takes it.
      </p>
      {named && (
        <p>
          The machine’s settings name one provider, <strong>{named.name}</strong> ({named.issuer}). Its redirect
          address: <code data-verbatim>{redirectAddress(ENVIRONMENT_ID)}</code>
        </p>
      )}
      {providers === null ? (
        <p>An administrator of the agency at the top sets it up.</p>
      ) : (
        <>
          {providers.length === 0 ? (
            <p>No provider is set up here yet.</p>
          ) : (
            <table className="lines stacks">
              <thead>
                <tr>
                  <th scope="col">Provider</th>
                  <th scope="col">Issuer</th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                {providers.map(({ id, name, issuer, isOn, asked }) => (
                  <tr key={id}>
                    <th scope="row">
                      <Link href={`/admin/single-sign-on/${id}`}>{name}</Link>
                    </th>
                    <td data-label="Issuer" data-verbatim>
                      {issuer}
                    </td>
                    <td data-label="State">
                      <State shape={isOn ? "disc" : "dash"} tone={isOn ? "good" : "quiet"}>
                        {isOn ? "on" : asked ? "off, waits for a confirmation" : "off"}
                      </State>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p>
            <Link href="/admin/single-sign-on/new">Set up a provider</Link>
          </p>
        </>
      )}
    </div>
  );
}
