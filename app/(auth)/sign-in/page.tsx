import { redirect } from "next/navigation";
import { SignInForm } from "../../../components/auth/sign-in-form";
import { getActor } from "../../../lib/access/session";
import { checkpointSettings } from "../../../lib/platform/env";
import { listDemonstrationAccounts } from "../../../lib/platform/site/data";
import { checkpointKey } from "../../../lib/record/checkpoint";

export const metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await getActor()) redirect("/");
  return (
    <div className="wrap page">
      <SignInForm accounts={await listDemonstrationAccounts()} />
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
