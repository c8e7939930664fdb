import { getAlertStatus } from "../../../../lib/alerts/data";
import { createRoute, problem } from "../../../../lib/access/create-route";

export const GET = createRoute<{ id: string }>({
  permission: "alert:read",
  polls: true,
  handle: async ({ actor, params }) => {
    const status = await getAlertStatus(actor, params.id);
    return status ? Response.json(status) : problem(404, "not-found", "There is no such alert for you.");
  },
});
