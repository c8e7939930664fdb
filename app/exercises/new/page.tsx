import { redirect } from "next/navigation";
import { DeclarePage } from "../../../components/incidents/declare-page";
import { requireActor } from "../../../lib/access/session";
import { describeForbidden } from "../../../lib/alerts/allowed/data";
import { db } from "../../../lib/platform/db";
import { getMap, listPlaces } from "../../../lib/places/data";
import { getDeclaringAgency } from "../../../lib/incidents/data";
import { listUnready } from "../../../lib/directory/readiness/data";
import { declareIncidentAction, findInOutlineAction } from "../../incidents/actions";

export const metadata = { title: "Start an exercise" };

export default async function StartExercisePage() {
  const actor = await requireActor("incident:declare");
  const [places, map, agency, unready] = await Promise.all([
    listPlaces(actor),
    getMap(actor),
    getDeclaringAgency(actor),
    listUnready(db(), actor, new Date()),
  ]);
  if (!agency) redirect("/forbidden");
  // No incident yet, so nothing of it was published.
  const asked = { agencyId: agency.id, purpose: "outage", incident: { id: "", mode: "exercise" } };
  return (
    <DeclarePage
      mode="exercise"
      places={places}
      map={map}
      agency={agency}
      forbidden={await describeForbidden(db(), asked)}
      now={Date.now()}
      story={null}
      declare={declareIncidentAction}
      unready={unready}
      findInOutline={findInOutlineAction}
    />
  );
}
