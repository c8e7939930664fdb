import Link from "next/link";
import { ChangePassword } from "../../components/auth/change-password";
import { OwnSessions } from "../../components/auth/own-sessions";
import { SignInHistory } from "../../components/auth/sign-in-history";
import { requireActor } from "../../lib/access/session";
import { listOwnSessions } from "../../lib/people/data";
import { formatFactor } from "../../lib/people/review/csv";
import { getOwnFactors, listOwnSignIns } from "../../lib/people/sign-in/data";
import { changePasswordAction, endSessionAction, signOutElsewhereAction } from "./actions";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const actor = await requireActor("any");
  const [sessions, factors, signIns] = await Promise.all([
    listOwnSessions(actor, new Date()),
    getOwnFactors(actor),
    listOwnSignIns(actor),
  ]);
  const has = formatFactor({ app: factors.app !== null, passkeys: factors.passkeys.length });
  return (
    <div className="wrap page">
      <h1>Your account</h1>
      <p className="second">
        {actor.name}, {actor.email}.{" "}
        {actor.memberships.length === 0
          ? "You have no role now."
          : actor.memberships.map(({ role, agencyName }) => `${role}, ${agencyName}`).join("; ")}
      </p>
      <div className="rule">
        <h2>Second factor</h2>
        <Link href="/account/second-factor">{actor.hasFactor ? "Change it" : "Set one up"}</Link>
      </div>
      <p>
        {actor.hasFactor
          ? `You have: ${has}. Recovery codes left: ${factors.recoveryCodes.left}.`
          : "You sign in with a password alone. An authenticator app or a passkey keeps others out who learn it."}
      </p>
      <div className="rule">
        <h2>Where you are signed in</h2>
      </div>
      <OwnSessions sessions={sessions} end={endSessionAction} signOutElsewhere={signOutElsewhereAction} />
      <div className="rule">
        <h2>Your last sign-ins</h2>
      </div>
      <SignInHistory signIns={signIns} />
      <div className="rule">
        <h2>Change your password</h2>
      </div>
      <ChangePassword change={changePasswordAction} />
    </div>
  );
}
