import { createRoute } from "../../../lib/access/create-route";
import { SERVICE_NAMES, SERVICES, formatNumber } from "../../../lib/directory/schema";
import { writeCsvRow, writeDay } from "../../../lib/platform/csv-row";
import { exportReadiness } from "../../../lib/directory/readiness/data";
import { getSite } from "../../../lib/platform/site/data";
import { READINESS } from "../../../lib/directory/readiness/readiness";

export const GET = createRoute({
  permission: "directory:read",
  handle: async ({ actor }) => {
    const [{ timeZone }, rows] = await Promise.all([getSite(), exportReadiness(actor, SERVICE_NAMES, new Date())]);
    const head = [
      "geoid",
      "place",
      "county",
      "state",
      "people",
      "service",
      "readiness",
      "meaning",
      "number",
      "good until",
    ];
    const lines = rows.map(({ id, name, county, population, service, readiness, digits, verifiedUntil }) =>
      writeCsvRow([
        id,
        name,
        county?.name ?? "",
        county?.stateCode ?? "",
        population || null,
        SERVICES[service].toLowerCase(),
        readiness,
        READINESS[readiness],
        digits ? formatNumber(digits) : null,
        writeDay(verifiedUntil, timeZone),
      ]),
    );
    return new Response(`\uFEFF${writeCsvRow(head)}${lines.join("")}`, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="callbox-readiness.csv"',
      },
    });
  },
});
