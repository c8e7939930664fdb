import { createRoute, problem } from "../../../../../../lib/access/create-route";
import { getAfterAction } from "../../../../../../lib/evidence/after-action/data";
import { writeAfterActionPdf } from "../../../../../../lib/evidence/after-action/pdf";
import { writeAfterActionCsv } from "../../../../../../lib/evidence/after-action/report";

const TYPES: ReadonlyMap<string, string> = new Map([
  ["csv", "text/csv; charset=utf-8"],
  ["json", "application/json; charset=utf-8"],
  ["pdf", "application/pdf"],
]);

/** The after-action report of an incident, as csv, json or pdf. */
export const GET = createRoute<{ id: string; type: string }>({
  permission: "incident:read",
  handle: async ({ actor, params }) => {
    const type = TYPES.get(params.type);
    const report = type ? await getAfterAction(actor, params.id, new Date()) : null;
    if (!type || !report) return problem(404, "not-found", "There is no such report.");
    const body =
      params.type === "pdf"
        ? new Uint8Array(await writeAfterActionPdf(report))
        : params.type === "csv"
          ? writeAfterActionCsv(report)
          : `${JSON.stringify(report, null, 2)}\n`;
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="callbox-after-action-${params.id.replace(/[^\w-]/g, "")}.${params.type}"`,
      },
    });
  },
});
