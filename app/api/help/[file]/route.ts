import { createRoute, problem } from "../../../../lib/access/create-route";
import { getHelpPicture } from "../../../../lib/help/data";

/** A picture of the pages of help, such as `review.png`. */
export const GET = createRoute<{ file: string }>({
  permission: "any",
  handle: async ({ params }) => {
    const bytes = await getHelpPicture(params.file);
    if (!bytes) return problem(404, "not-found", "There is no such picture.");
    return new Response(bytes, {
      headers: { "Content-Type": "image/png", "Cache-Control": "private, max-age=300" },
    });
  },
});
