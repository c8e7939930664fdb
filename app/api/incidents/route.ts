import { createRoute } from "../../../lib/access/create-route";
import { listOpenIncidents } from "../../../lib/incidents/data";

export const GET = createRoute({
  permission: "incident:read",
  polls: true,
  handle: async ({ actor }) => {
    const incidents = await listOpenIncidents(actor);
    return Response.json(
      incidents.map(({ id, title, mode, beganAt, publicToldAt }) => ({ id, title, mode, beganAt, publicToldAt })),
    );
  },
});
