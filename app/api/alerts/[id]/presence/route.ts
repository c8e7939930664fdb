import { z } from "zod";
import { createRoute, problem } from "../../../../../lib/access/create-route";
import { notePresence } from "../../../../../lib/alerts/presence/mutations";
import { db } from "../../../../../lib/platform/db";

const inputSchema = z.strictObject({ tabId: z.uuid() });

export const POST = createRoute<{ id: string }>({
  permission: "alert:read",
  polls: true,
  handle: async ({ actor, params, request }) => {
    const input = inputSchema.safeParse(await request.json().catch(() => null));
    if (!input.success) return problem(400, "invalid", "Name the tab.");
    const others = await notePresence(db(), actor, { alertId: params.id, tabId: input.data.tabId }, new Date());
    return others ? Response.json(others) : problem(404, "not-found", "There is no such alert for you.");
  },
});
