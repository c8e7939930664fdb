import Link from "next/link";
import { ConfirmBox } from "../../../components/second-factor/confirm-box";
import { SecondFactor } from "../../../components/second-factor/second-factor";
import { requireActor } from "../../../lib/access/session";
import { isConfirmed } from "../../../lib/people/sign-in/commands/confirm";
import { getOwnFactors } from "../../../lib/people/sign-in/data";
import {
  addPasskeyAction,
  beginAppAction,
  confirmAppAction,
  confirmIdentityAction,
  offerRegistrationAction,
  removeFactorAction,
  renewRecoveryCodesAction,
} from "../actions";
import { getProofWays } from "../proof-ways";

export const metadata = { title: "Second factor" };

export default async function SecondFactorPage() {
  const actor = await requireActor("enrolling");
  const now = new Date();
  const open = actor.enrolling || isConfirmed(actor, now);
  return (
    <div className="wrap page">
      {!actor.enrolling && (
        <p className="crumbs">
          <Link href="/account">Your account</Link>
        </p>
      )}
      <h1>{actor.enrolling ? "Set up a second factor to go on" : "Your second factor"}</h1>
      <p>
        {actor.enrolling
          ? "For what you may do here, a password alone is not enough. Choose an authenticator app or a passkey. Until then you can open nothing else."
          : "A second factor is asked for when you sign in, when you publish an alert, and when you change who has access."}
      </p>
      {open ? (
        <SecondFactor
          factors={await getOwnFactors(actor)}
          app={{ begin: beginAppAction, confirm: confirmAppAction }}
          passkey={{ offer: offerRegistrationAction, add: addPasskeyAction }}
          remove={removeFactorAction}
          renewCodes={renewRecoveryCodesAction}
        />
      ) : (
        <ConfirmBox ways={await getProofWays(actor, now.getTime())} confirm={confirmIdentityAction} />
      )}
    </div>
  );
}
