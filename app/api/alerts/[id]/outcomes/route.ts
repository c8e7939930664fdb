import { createRoute } from "../../../../../lib/access/create-route";
import { listOutcomes } from "../../../../../lib/delivery/data";

export const GET = createRoute<{ id: string }>({
  permission: "alert:read",
  polls: true,
  handle: async ({ actor, params }) => Response.json(await listOutcomes(actor, params.id)),
});
