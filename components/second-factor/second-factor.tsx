"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OwnFactors } from "../../lib/people/sign-in/data";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { formatMoment } from "../ui/time";
import { useAction } from "../ui/use-action";
import { type AppActions, AppSetup } from "./app-setup";
import { type PasskeyActions, PasskeySetup } from "./passkey-setup";
import { RecoveryCodes } from "./recovery-codes";

/** A person's second factors: what there is, and how another one is set up. */
export function SecondFactor({
  factors,
  app,
  passkey,
  remove,
  renewCodes,
}: {
  factors: OwnFactors;
  app: AppActions;
  passkey: PasskeyActions;
  remove: Action<{ passkeyId: string | null }, null>;
  renewCodes: Action<Record<string, never>, { codes: string[] }>;
}) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const added = (made: string[] | null) => {
    setCodes(made);
    router.refresh();
  };
  const removal = useAction(remove, () => router.refresh());
  const renewal = useAction(renewCodes, (made) => added(made.codes));
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  const none = !factors.app && factors.passkeys.length === 0;
  return (
    <>
      <ErrorSummary problem={removal.problem ?? renewal.problem} />
      <div className="rule">
        <h2>Authenticator app</h2>
      </div>
      {factors.app ? (
        <p className="row">
          <span>Set up {formatMoment(factors.app.since, timeZone)}.</span>
          <AskedButton
            label="Remove the app"
            question="Its codes work no more. Remove it?"
            yes="Remove the app"
            no="Keep it"
            disabled={removal.busy}
            onYes={() => removal.run({ passkeyId: null })}
          />
        </p>
      ) : (
        <AppSetup actions={app} onCodes={added} />
      )}
      <div className="rule">
        <h2>Passkeys</h2>
      </div>
      <p className="second">
        A passkey asks for your PIN or fingerprint, signs you in without a password, and works on this address only.
      </p>
      {factors.passkeys.length > 0 && (
        <ul>
          {factors.passkeys.map((one) => (
            <li key={one.id}>
              <span className="row">
                <span>
                  <strong>{one.name}</strong>, added {formatMoment(one.since, timeZone)}
                  {one.lastUsedAt !== null && `, last used ${formatMoment(one.lastUsedAt, timeZone)}`}
                </span>
                <AskedButton
                  label={`Remove ${one.name}`}
                  question="It works no more. Remove it?"
                  yes="Remove it"
                  no="Keep it"
                  disabled={removal.busy}
                  onYes={() => removal.run({ passkeyId: one.id })}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      <PasskeySetup actions={passkey} filled={Boolean(factors.app)} onCodes={added} />
      {!none && (
        <>
          <div className="rule">
            <h2>Recovery codes</h2>
          </div>
          <p>
            {factors.recoveryCodes.left} of {factors.recoveryCodes.made} left. Each works once.
          </p>
          <p>
            <Button type="button" outline disabled={renewal.busy} onClick={() => renewal.run({})}>
              Make ten new ones
            </Button>{" "}
            <span className="hint">Earlier ones work no more.</span>
          </p>
        </>
      )}
    </>
  );
}
