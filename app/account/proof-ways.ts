import type { ProofWays } from "../../components/auth/use-proof";
import type { Actor } from "../../lib/access/actor";
import { getProofMeans } from "../../lib/people/sign-in/data";
import { env } from "../../lib/platform/env";
import { listDemonstrationAccounts } from "../../lib/platform/site/data";
import { confirmByPasskeyAction, offerConfirmationAction } from "./actions";

/** How a person proves again who they are, for every form that asks it. @param now in milliseconds since 1970 */
export async function getProofWays(actor: Actor, now: number): Promise<ProofWays> {
  const [means, accounts] = await Promise.all([
    getProofMeans(actor, env().NEXTAUTH_SECRET, new Date(now)),
    listDemonstrationAccounts(),
  ]);
  return {
    means,
    demonstrationPassword: accounts?.password ?? null,
    now,
    offer: offerConfirmationAction,
    confirm: confirmByPasskeyAction,
  };
}
