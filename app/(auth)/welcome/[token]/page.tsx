import { SetPasswordForm } from "../../../../components/auth/set-password-form";
import { findSetupLink } from "../../../../lib/people/commands/passwords";
import { listSignInButtons } from "../../../../lib/people/single-sign-on/data";
import { db } from "../../../../lib/platform/db";
import { acceptAction, setPasswordAction } from "./actions";

export const metadata = { title: "Set your password" };

export default async function WelcomePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const person = await findSetupLink(db(), token, new Date());
  return (
    <div className="wrap page">
      <SetPasswordForm
        token={token}
        person={person}
        setPassword={setPasswordAction}
        singleSignOn={person && !person.hasPassword ? await listSignInButtons() : []}
        accept={acceptAction}
      />
    </div>
  );
}
