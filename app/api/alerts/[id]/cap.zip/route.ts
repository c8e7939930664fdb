import { createRoute, problem } from "../../../../../lib/access/create-route";
import { db } from "../../../../../lib/platform/db";
import {
  getExportableAlert,
  listStoredMessages,
  packMessages,
} from "../../../../../lib/delivery/channels/cap-export/data";
import { recordExport } from "../../../../../lib/alerts/publish";

export const GET = createRoute<{ id: string }>({
  permission: "message:export",
  handle: async ({ actor, params, request }) => {
    const alert = await getExportableAlert(actor, params.id);
    if (!alert) return problem(404, "not-found", "There is no such published alert for you.");
    const messages = await listStoredMessages(db(), alert.id);
    // Asking what there is takes nothing away.
    if (request.method !== "HEAD")
      await recordExport(db(), actor, { ...alert, what: `all ${messages.length} messages` }, new Date());
    return new Response(new Uint8Array(packMessages(messages)), {
      headers: {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="${alert.code}.zip"`,
      },
    });
  },
});
