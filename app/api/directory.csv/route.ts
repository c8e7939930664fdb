import { createRoute } from "../../../lib/access/create-route";
import { writeNumbers } from "../../../lib/exchange/data";
import { db } from "../../../lib/platform/db";

export const GET = createRoute({
  permission: "directory:read",
  handle: async () => {
    const parts = writeNumbers(db());
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    });
    return new Response(body, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="callbox-directory.csv"',
      },
    });
  },
});
