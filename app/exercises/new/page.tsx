import { notFound, redirect } from "next/navigation";
import { DeclarePage } from "../../../components/incidents/declare-page";
import type { Actor } from "../../../lib/access/actor";
import { requireActor } from "../../../lib/access/session";
import { describeForbidden } from "../../../lib/alerts/allowed/data";
import { db } from "../../../lib/platform/db";
import { getOutageToDeclare } from "../../../lib/exercises/planning/data";
import { getMap, listPlaces } from "../../../lib/places/data";
import { getDeclaringAgency } from "../../../lib/incidents/data";
import { listUnready } from "../../../lib/directory/readiness/data";
import { declareIncidentAction, findInOutlineAction } from "../../incidents/actions";

export const metadata = { title: "Start an exercise" };

export default async function StartExercisePage({
  searchParams,
}: {
  searchParams: Promise<{ exercise?: string | string[] }>;
}) {
  const actor = await requireActor("incident:declare");
  const { exercise } = await searchParams;
  if (typeof exercise === "string") return <DeclarePlanned actor={actor} exerciseId={exercise} />;
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

/** The outage of a planned exercise, as it was planned: whoever declares it looks whether it is right. */
async function DeclarePlanned({ actor, exerciseId }: { actor: Actor; exerciseId: string }) {
  const [places, map, outage, unready] = await Promise.all([
    listPlaces(actor),
    getMap(actor),
    getOutageToDeclare(db(), actor, exerciseId),
    listUnready(db(), actor, new Date()),
  ]);
  if (!outage) notFound();
  const asked = { agencyId: outage.agency.id, purpose: "outage", incident: { id: "", mode: "exercise" } };
  return (
    <DeclarePage
      mode="exercise"
      places={places}
      map={map}
      agency={outage.agency}
      forbidden={await describeForbidden(db(), asked)}
      now={Date.now()}
      story={null}
      told={outage}
      planned={outage}
      declare={declareIncidentAction}
      unready={unready}
      findInOutline={findInOutlineAction}
    />
  );
}
