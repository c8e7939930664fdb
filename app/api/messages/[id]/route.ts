import { createRoute, problem } from "../../../../lib/access/create-route";
import { db } from "../../../../lib/platform/db";
import { getMessageBytes } from "../../../../lib/delivery/channels/cap-export/data";
import { recordExport } from "../../../../lib/alerts/publish";

export const GET = createRoute<{ id: string }>({
  permission: "message:export",
  handle: async ({ actor, params, request }) => {
    const message = await getMessageBytes(actor, params.id);
    if (!message) return problem(404, "not-found", "There is no such published message for you.");
    // Asking what there is takes nothing away.
    if (request.method !== "HEAD")
      await recordExport(db(), actor, { ...message.alert, what: message.identifier }, new Date());
    return new Response(new Uint8Array(message.xml), {
      headers: {
        "Content-Type": "application/cap+xml; charset=utf-8",
        "Content-Disposition": `attachment; filename="${message.identifier}.xml"`,
        ETag: `"${message.sha256}"`,
      },
    });
  },
});
