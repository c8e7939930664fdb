import { redirect } from "next/navigation";
import { DeclarePage } from "../../../components/incidents/declare-page";
import { requireActor } from "../../../lib/access/session";
import { describeForbidden } from "../../../lib/alerts/allowed/data";
import { db } from "../../../lib/platform/db";
import { getMap, listPlaces } from "../../../lib/places/data";
import { getDeclaringAgency } from "../../../lib/incidents/data";
import { listUnready } from "../../../lib/directory/readiness/data";
import { getSite } from "../../../lib/platform/site/data";
import { declareIncidentAction, findInOutlineAction } from "../actions";

export const metadata = { title: "Declare a 911 outage" };

const STORY = {
  evidence: "Calls to twelve dispatch centers",
  cause: "A firewall stopped calls from reaching dispatch centers",
};

export default async function DeclareIncidentPage() {
  const actor = await requireActor("incident:declare");
  const [site, places, map, agency, unready] = await Promise.all([
    getSite(),
    listPlaces(actor),
    getMap(actor),
    getDeclaringAgency(actor),
    listUnready(db(), actor, new Date()),
  ]);
  if (!agency) redirect("/forbidden");
  // No incident yet, so nothing of it was published.
  const asked = { agencyId: agency.id, purpose: "outage", incident: { id: "", mode: "live" } };
  return (
    <DeclarePage
      mode="live"
      places={places}
      map={map}
      agency={agency}
      forbidden={await describeForbidden(db(), asked)}
      now={Date.now()}
      story={site.mode === "demonstration" ? STORY : null}
      declare={declareIncidentAction}
      unready={unready}
      findInOutline={findInOutlineAction}
    />
  );
}
