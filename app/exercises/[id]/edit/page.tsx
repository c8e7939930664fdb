import Link from "next/link";
import { notFound } from "next/navigation";
import { PlanForm } from "../../../../components/exercises/plan-form";
import { fromPlan } from "../../../../components/exercises/plan-state";
import { ModeFrame, modeTitle } from "../../../../components/layout/mode-frame";
import { requireActor } from "../../../../lib/access/session";
import { getPlan, getPlanChoices } from "../../../../lib/exercises/planning/data";
import { getDeclaringAgency } from "../../../../lib/incidents/data";
import { listPlaces } from "../../../../lib/places/data";
import { db } from "../../../../lib/platform/db";
import { findInOutlineAction } from "../../../incidents/actions";
import { planExerciseAction } from "../../actions";

export const metadata = { title: "Change the plan" };

export default async function ChangePlanPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("exercise:plan");
  const { id } = await params;
  const [plan, agencies, places, declaring] = await Promise.all([
    getPlan(db(), actor, id),
    getPlanChoices(db(), actor),
    listPlaces(actor),
    getDeclaringAgency(actor),
  ]);
  const agency = agencies.find((one) => one.id === plan?.agencyId);
  if (!plan || !agency) notFound();
  return (
    <ModeFrame mode="exercise">
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> / <Link href="/exercises">Exercises</Link> /{" "}
          <Link href={`/exercises/${id}`}>{plan.title}</Link>
        </p>
        <h1>{modeTitle("exercise", "Exercise: change the plan")}</h1>
        <PlanForm
          agencies={agencies}
          places={places}
          beginning={fromPlan(plan, agency.timeZone)}
          change={{ id: plan.id, version: plan.version }}
          now={Date.now()}
          plan={planExerciseAction}
          outline={declaring && { agencyId: declaring.id, find: findInOutlineAction }}
        />
      </div>
    </ModeFrame>
  );
}
