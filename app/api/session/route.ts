import type { Actor } from "../../../lib/access/actor";
import { createRoute, problem } from "../../../lib/access/create-route";
import { sessionEnd } from "../../../lib/access/mint";
import { db } from "../../../lib/platform/db";

async function describe(actor: Actor): Promise<Response> {
  const now = new Date();
  const endsAt = await sessionEnd(db(), actor.sessionKey, now);
  if (endsAt === null) return problem(401, "signed-out", "You are signed out.");
  return Response.json({ leftMs: endsAt - now.getTime(), personId: actor.personId, email: actor.email });
}

/** How long the session lasts if nothing is done. Asking does not keep it alive. */
export const GET = createRoute({ permission: "any", polls: true, handle: ({ actor }) => describe(actor) });

/** A person who presses "Stay signed in". */
export const POST = createRoute({ permission: "any", handle: ({ actor }) => describe(actor) });
