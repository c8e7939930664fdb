import { createPublicRoute } from "../../../lib/access/create-route";
import { checkReady } from "../../../lib/platform/health";

export const GET = createPublicRoute({
  permission: "public",
  handle: async () => {
    const ready = await checkReady();
    return Response.json(ready, { status: ready.ok ? 200 : 503 });
  },
});
