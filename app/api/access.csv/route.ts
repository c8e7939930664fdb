import { createRoute } from "../../../lib/access/create-route";
import { formatAccessCsv } from "../../../lib/people/review/csv";
import { listAccess } from "../../../lib/people/review/data";

export const GET = createRoute({
  permission: "people:manage",
  handle: async ({ actor }) =>
    new Response(formatAccessCsv(await listAccess(actor, new Date())), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="callbox-access.csv"',
      },
    }),
});
