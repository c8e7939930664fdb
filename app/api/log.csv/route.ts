import { writeLogCsv } from "../../../lib/record/csv";
import { exportLog } from "../../../lib/record/data";
import { logFilterSchema } from "../../../lib/record/schema";
import { createRoute, problem } from "../../../lib/access/create-route";

export const GET = createRoute({
  permission: "log:read",
  handle: async ({ actor, request }) => {
    const filter = logFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!filter.success) return problem(400, "invalid", "The filter has a value that does not fit.");
    const entries = await exportLog(actor, { ...filter.data, before: undefined });
    return new Response(writeLogCsv(entries), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="callbox-log.csv"',
      },
    });
  },
});
