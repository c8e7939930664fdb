import { listAlerts } from "../../../lib/alerts/data";
import { createRoute } from "../../../lib/access/create-route";

export const GET = createRoute({
  permission: "alert:read",
  polls: true,
  handle: async ({ actor }) => Response.json(await listAlerts(actor)),
});
