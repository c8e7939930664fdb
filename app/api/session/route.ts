import { describeSession } from "../../../lib/access/actor";
import { createRoute } from "../../../lib/access/create-route";

/** How long the session lasts if nothing is done. Asking does not keep it alive. */
export const GET = createRoute({
  permission: "enrolling",
  polls: true,
  handle: async ({ actor }) => Response.json(describeSession(actor, Date.now())),
});

/** A person who presses "Stay signed in": being asked is use enough. */
export const POST = createRoute({
  permission: "enrolling",
  handle: async ({ actor }) => Response.json(describeSession(actor, Date.now())),
});
