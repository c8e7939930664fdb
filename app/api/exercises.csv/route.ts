import { createRoute } from "../../../lib/access/create-route";
import { writeHistoryCsv } from "../../../lib/exercises/csv";
import { listExercises } from "../../../lib/exercises/data";
import { db } from "../../../lib/platform/db";

/** Exercises that are over, with their times. */
export const GET = createRoute({
  permission: "incident:read",
  handle: async ({ actor }) => {
    const { over } = await listExercises(db(), actor, new Date());
    return new Response(writeHistoryCsv(over), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="callbox-exercises.csv"',
      },
    });
  },
});
