import { createRoute, problem } from "../../../../../lib/access/create-route";
import { recordExport } from "../../../../../lib/alerts/publish";
import { packEvidence } from "../../../../../lib/evidence/proof/bundle";
import { getEvidence } from "../../../../../lib/evidence/proof/data";
import { db } from "../../../../../lib/platform/db";
import { checkpointSettings } from "../../../../../lib/platform/env";

/** The evidence of a published alert, which common tools can check without Callbox. */
export const GET = createRoute<{ id: string }>({
  permission: "log:read",
  handle: async ({ actor, params, request }) => {
    const { secret } = checkpointSettings();
    const alert = await db().alert.findUnique({
      where: { id: params.id },
      select: { id: true, agencyId: true, incidentId: true, title: true },
    });
    if (!alert) return problem(404, "not-found", "There is no such published alert for you.");
    // On record first, so that the evidence says who took it.
    const first = await getEvidence(actor, params.id, secret, new Date());
    if (!first) return problem(404, "not-found", "There is no such published alert for you.");
    if (request.method !== "HEAD") await recordExport(db(), actor, { ...alert, what: "the evidence" }, new Date());
    const evidence = (await getEvidence(actor, params.id, secret, new Date())) ?? first;
    return new Response(new Uint8Array(packEvidence(evidence)), {
      headers: {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="${evidence.code}-evidence.zip"`,
      },
    });
  },
});
