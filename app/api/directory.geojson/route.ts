import { createRoute } from "../../../lib/access/create-route";
import { writeGeoJson } from "../../../lib/exchange/data";
import { db } from "../../../lib/platform/db";

export const GET = createRoute({
  permission: "directory:read",
  handle: async () =>
    new Response(await writeGeoJson(db()), {
      headers: {
        "Content-Type": "application/geo+json",
        "Content-Disposition": 'attachment; filename="callbox-directory.geojson"',
      },
    }),
});
