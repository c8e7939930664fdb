import { createRoute, problem } from "../../../../../lib/access/create-route";
import { writeResultsCsv } from "../../../../../lib/exercises/csv";
import { getExercise } from "../../../../../lib/exercises/data";
import { db } from "../../../../../lib/platform/db";

/** The measured times of an exercise, of the agency and of each player. */
export const GET = createRoute<{ id: string }>({
  permission: "incident:read",
  handle: async ({ actor, params }) => {
    const exercise = await getExercise(db(), actor, params.id, new Date());
    if (!exercise) return problem(404, "not-found", "There is no such exercise.");
    return new Response(writeResultsCsv(exercise), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="callbox-exercise-${params.id.replace(/[^\w-]/g, "")}.csv"`,
      },
    });
  },
});
