import { createPublicRoute, problem } from "../../../lib/access/create-route";
import { loadMetrics } from "../../../lib/operations/data";
import { metricsToken } from "../../../lib/platform/env";
import { isBearer } from "../../../lib/platform/bearer";

/** Without a token the server in front lets only this machine ask (lib/platform/request-guard.ts). */
export const GET = createPublicRoute({
  permission: "public",
  handle: async (request) => {
    const token = metricsToken();
    if (token !== undefined && !isBearer(request.headers.get("authorization"), token)) {
      return problem(401, "token", "Send the token of CALLBOX_METRICS_TOKEN as a bearer token.");
    }
    const { text, type } = await loadMetrics(new Date());
    return new Response(text, { headers: { "Content-Type": type } });
  },
});
