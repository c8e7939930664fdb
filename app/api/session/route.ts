import { createRoute } from "../../../lib/access/create-route";

/** How long this session still lasts; asking does not keep it alive. */
export const GET = createRoute({
  permission: "enrolling",
  polls: true,
  handle: async ({ actor }) => Response.json({ now: Date.now(), endsAt: actor.endsAt, latestAt: actor.latestAt }),
});
