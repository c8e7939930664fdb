import Link from "next/link";
import { redirect } from "next/navigation";
import { PlanForm } from "../../../components/exercises/plan-form";
import { emptyPlan } from "../../../components/exercises/plan-state";
import { ModeFrame } from "../../../components/layout/mode-frame";
import { requireActor } from "../../../lib/access/session";
import { getPlanChoices } from "../../../lib/exercises/planning/data";
import { DEFAULT_TARGETS } from "../../../lib/exercises/schema";
import { getDeclaringAgency } from "../../../lib/incidents/data";
import { listPlaces } from "../../../lib/places/data";
import { db } from "../../../lib/platform/db";
import { findInOutlineAction } from "../../incidents/actions";
import { planExerciseAction } from "../actions";

export const metadata = { title: "Plan an exercise" };

const HOUR = 3_600_000;

export default async function PlanExercisePage() {
  const actor = await requireActor("exercise:plan");
  const [agencies, places, declaring] = await Promise.all([
    getPlanChoices(db(), actor),
    listPlaces(actor),
    getDeclaringAgency(actor),
  ]);
  const [first] = agencies;
  if (!first) redirect("/forbidden");
  const now = Date.now();
  // The next full hour but one: time to tell the players.
  const startsAt = Math.ceil(now / HOUR) * HOUR + HOUR;
  return (
    <ModeFrame mode="exercise">
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> / <Link href="/exercises">Exercises</Link> / Plan
        </p>
        <h1>Plan an exercise</h1>
        <p className="second">
          Nothing is declared or sent by a plan. To practice at once without one,{" "}
          <Link href="/exercises/new">start an exercise</Link>.
        </p>
        <PlanForm
          agencies={agencies}
          places={places}
          beginning={emptyPlan(first.id, startsAt, first.timeZone, DEFAULT_TARGETS)}
          change={null}
          now={now}
          plan={planExerciseAction}
          outline={declaring && { agencyId: declaring.id, find: findInOutlineAction }}
        />
      </div>
    </ModeFrame>
  );
}
