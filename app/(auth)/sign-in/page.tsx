import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { SecondStep } from "../../../components/auth/second-step";
import { SignInForm } from "../../../components/auth/sign-in-form";
import { readReturnPath, readWantedPath } from "../../../lib/access/return-path";
import { getActor } from "../../../lib/access/session";
import { readSessionId } from "../../../lib/access/session-cookie";
import { loadSecondStep } from "../../../lib/people/sign-in/data";
import { listSignInButtons } from "../../../lib/people/single-sign-on/data";
import { formatSignInProblem } from "../../../lib/people/single-sign-on/words";
import { checkpointSettings, env, publicUrl } from "../../../lib/platform/env";
import { listDemonstrationAccounts } from "../../../lib/platform/site/data";
import { checkpointKey } from "../../../lib/record/checkpoint";
import { offerSignInAction, proveCodeAction } from "./actions";

/** For whoever still has the cookie of a session that is over: nobody signed out here. */
const SESSION_ENDED =
  "You are no longer signed in: nothing was done for a while, or your session was ended. Sign in to go on where you were.";

export const metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const given = await searchParams;
  // next-auth's own refusals bring the address of the page that was left, ours bring what was wanted.
  const to = given.to === undefined ? readWantedPath(given.callbackUrl) : readReturnPath(given.to);
  if (await getActor()) redirect(to);
  const now = new Date();
  const sessionId = await readSessionId(await cookies());
  const step = sessionId ? await loadSecondStep(env().NEXTAUTH_SECRET, sessionId, now) : null;
  if (step) {
    return (
      <div className="wrap page">
        <SecondStep name={step.name} step={step} to={to} prove={proveCodeAction} offerPasskeys={offerSignInAction} />
      </div>
    );
  }
  return (
    <div className="wrap page">
      <SignInForm
        accounts={await listDemonstrationAccounts()}
        to={to}
        publicUrl={publicUrl()}
        offerPasskeys={offerSignInAction}
        singleSignOn={await listSignInButtons()}
        cameBackWith={formatSignInProblem(given.error) ?? (sessionId === null ? null : SESSION_ENDED)}
      />
      <details>
        <summary>The key that signs this site’s checkpoints</summary>
        <p className="second">
          Whoever keeps a checkpoint of the activity log elsewhere checks it with this key. Note it somewhere else.
        </p>
        <pre className="mono" data-verbatim>
          {checkpointKey(checkpointSettings().secret)}
        </pre>
      </details>
    </div>
  );
}
