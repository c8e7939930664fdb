import { createRoute, problem } from "../../../../lib/access/create-route";
import { getExercise, stampOf } from "../../../../lib/exercises/data";
import { db } from "../../../../lib/platform/db";

/** Another stamp than before says that something of an exercise happened. */
export const GET = createRoute<{ id: string }>({
  permission: "incident:read",
  polls: true,
  handle: async ({ actor, params }) => {
    const exercise = await getExercise(db(), actor, params.id, new Date());
    return exercise
      ? Response.json({ stamp: stampOf(exercise) })
      : problem(404, "not-found", "There is no such exercise.");
  },
});
