import { createPublicRoute } from "../../../lib/access/create-route";
import { checkHealth } from "../../../lib/platform/health";

export const GET = createPublicRoute({
  permission: "public",
  handle: async () => {
    const health = await checkHealth();
    return Response.json(health, { status: health.ok ? 200 : 503 });
  },
});
