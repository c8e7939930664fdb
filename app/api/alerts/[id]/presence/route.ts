import { z } from "zod";
import { createRoute, problem } from "../../../../../lib/access/create-route";
import { loadChangedNumbers } from "../../../../../lib/alerts/presence/data";
import { notePresence } from "../../../../../lib/alerts/presence/mutations";
import { db } from "../../../../../lib/platform/db";

/** Which tab of a browser, and when it read the directory, in milliseconds since 1970. */
const inputSchema = z.strictObject({ tabId: z.uuid(), readAt: z.number().int().nonnegative() });

/** A page that is open says so, and is told who else is here and which numbers changed their state since. */
export const POST = createRoute<{ id: string }>({
  permission: "alert:read",
  polls: true,
  handle: async ({ actor, params, request }) => {
    const input = inputSchema.safeParse(await request.json().catch(() => null));
    if (!input.success) return problem(400, "invalid", "Name the tab, and when it read the directory.");
    const { tabId, readAt } = input.data;
    const others = await notePresence(db(), actor, { alertId: params.id, tabId }, new Date());
    if (!others) return problem(404, "not-found", "There is no such alert for you.");
    return Response.json({ others, changed: await loadChangedNumbers(db(), new Date(readAt)) });
  },
});
