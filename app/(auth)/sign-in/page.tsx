import { redirect } from "next/navigation";
import { SignInForm } from "../../../components/auth/sign-in-form";
import { getActor } from "../../../lib/access/session";
import { listDemonstrationAccounts } from "../../../lib/platform/site/data";

export const metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await getActor()) redirect("/");
  return (
    <div className="wrap page">
      <SignInForm accounts={await listDemonstrationAccounts()} />
    </div>
  );
}
