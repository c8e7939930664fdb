import { createRoute } from "../../../lib/auth/create-route";
import { listIncidents } from "../../../lib/incidents/data";

export const GET = createRoute({
  permission: "incident:read",
  polls: true,
  handle: async ({ actor }) => {
    const incidents = await listIncidents(actor, { openOnly: true });
    return Response.json(
      incidents.map(({ id, title, mode, beganAt, publicToldAt }) => ({ id, title, mode, beganAt, publicToldAt })),
    );
  },
});
