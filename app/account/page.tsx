import { ChangePassword } from "../../components/auth/change-password";
import { OwnSessions } from "../../components/auth/own-sessions";
import { listOwnSessions } from "../../lib/people/data";
import { requireActor } from "../../lib/access/session";
import { changePasswordAction, signOutElsewhereAction } from "./actions";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const actor = await requireActor("any");
  const sessions = await listOwnSessions(actor, new Date());
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
        <h2>Where you are signed in</h2>
      </div>
      <OwnSessions sessions={sessions} signOutElsewhere={signOutElsewhereAction} />
      <div className="rule">
        <h2>Change your password</h2>
      </div>
      <ChangePassword change={changePasswordAction} />
    </div>
  );
}
