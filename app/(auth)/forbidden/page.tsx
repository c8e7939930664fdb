import Link from "next/link";
import { requireActor } from "../../../lib/access/session";

export const metadata = { title: "No access" };

export default async function ForbiddenPage() {
  const actor = await requireActor("any");
  const roles = [...new Set(actor.memberships.map(({ role }) => role))].join(", ") || "none";
  return (
    <div className="wrap page">
      <h1>Your role can’t open this page</h1>
      <p>
        You are signed in as {actor.name}; your roles are: {roles}. Nothing was changed. Your administrator can give you
        another role. <Link href="/">Go to Home</Link>.
      </p>
    </div>
  );
}
