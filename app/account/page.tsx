import Link from "next/link";
import { ChangePassword } from "../../components/auth/change-password";
import { OwnSessions } from "../../components/auth/own-sessions";
import { SignInHistory } from "../../components/auth/sign-in-history";
import { OwnLinks } from "../../components/single-sign-on/own-links";
import { requireActor } from "../../lib/access/session";
import { listOwnSessions } from "../../lib/people/data";
import { formatFactor } from "../../lib/people/review/csv";
import { getOwnFactors, listOwnSignIns } from "../../lib/people/sign-in/data";
import { listOwnLinks, listSignInButtons } from "../../lib/people/single-sign-on/data";
import { formatSignInProblem } from "../../lib/people/single-sign-on/words";
import {
  beginLinkAction,
  changePasswordAction,
  endSessionAction,
  signOutElsewhereAction,
  unlinkAction,
} from "./actions";
import { getProofWays } from "./proof-ways";

export const metadata = { title: "Your account" };

export default async function AccountPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor("any");
  const { linking } = await searchParams;
  const [sessions, factors, signIns, links, providers, ways] = await Promise.all([
    listOwnSessions(actor, new Date()),
    getOwnFactors(actor),
    listOwnSignIns(actor),
    listOwnLinks(actor),
    listSignInButtons(),
    getProofWays(actor, Date.now()),
  ]);
  const has = formatFactor({ app: factors.app !== null, passkeys: factors.passkeys.length });
  return (
    <div className="wrap page">
      <h1>Your account</h1>
      <p className="second">
        {actor.name}, {actor.email}
        <br />
        {actor.memberships.length === 0
          ? "You have no role now."
          : `${actor.memberships.length === 1 ? "Role" : "Roles"}: ${actor.memberships.map(({ role, agencyName }) => `${role}, ${agencyName}`).join("; ")}`}
      </p>
      <div className="rule">
        <h2>Second factor</h2>
        <Link href="/account/second-factor">{actor.hasFactor ? "Change it" : "Set one up"}</Link>
      </div>
      <p>
        {actor.hasFactor
          ? `You have: ${has}. Recovery codes left: ${factors.recoveryCodes.left}.`
          : ways.means.hasPassword
            ? "You sign in with a password alone. An authenticator app or a passkey keeps others out who learn it."
            : "You sign in with single sign-on alone. An authenticator app or a passkey is asked for besides."}
      </p>
      {(providers.length > 0 || links.length > 0) && (
        <>
          <div className="rule">
            <h2>Single sign-on</h2>
          </div>
          <OwnLinks
            links={links}
            providers={providers}
            cameBack={linking === "done" ? "done" : formatSignInProblem(linking)}
            ways={ways}
            begin={beginLinkAction}
            unlink={unlinkAction}
          />
        </>
      )}
      <div className="rule">
        <h2>Where you are signed in</h2>
      </div>
      <OwnSessions sessions={sessions} ways={ways} end={endSessionAction} signOutElsewhere={signOutElsewhereAction} />
      <div className="rule">
        <h2>Your last sign-ins</h2>
      </div>
      <SignInHistory signIns={signIns} />
      <div className="rule">
        <h2>Change your password</h2>
      </div>
      {ways.means.hasPassword ? (
        <ChangePassword change={changePasswordAction} />
      ) : (
        <p>You have no password here. Your administrator can give you a one-time link with which you set one.</p>
      )}
    </div>
  );
}
