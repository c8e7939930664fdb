"use client";

import type { OwnSignIn } from "../../lib/people/sign-in/data";
import { useTimeZone } from "../layout/providers";
import { State } from "../ui/state";
import { formatMoment } from "../ui/time";

const METHODS = new Map([
  ["password", "password"],
  ["code", "one-time code"],
  ["recovery", "recovery code"],
  ["passkey", "passkey"],
  ["single-sign-on", "single sign-on"],
]);

/** A person's last sign-ins, let through or refused: an unknown one is noticed here. */
export function SignInHistory({ signIns }: { signIns: readonly OwnSignIn[] }) {
  const timeZone = useTimeZone();
  if (signIns.length === 0) return <p>None has been kept yet.</p>;
  return (
    <>
      <p className="second">
        Is one of them not yours? Change your password, sign out everywhere else, and tell your administrator.
      </p>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Result</th>
            <th scope="col">With</th>
            <th scope="col">Browser</th>
            <th scope="col">Network</th>
          </tr>
        </thead>
        <tbody>
          {signIns.map((one) => (
            <tr key={one.id}>
              <th scope="row" className="tabular">
                {formatMoment(one.at, timeZone)}
              </th>
              <td data-label="Result">
                {one.accepted ? (
                  <State shape="tick" tone="good">
                    Signed in
                  </State>
                ) : (
                  <State shape="triangle" tone="bad">
                    Refused
                  </State>
                )}
              </td>
              <td data-label="With">{METHODS.get(one.method) ?? one.method}</td>
              <td data-label="Browser">{one.browser}</td>
              <td data-label="Network">{one.address || "not kept"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
