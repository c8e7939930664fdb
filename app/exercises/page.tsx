import Link from "next/link";
import { ExerciseTable } from "../../components/exercises/exercise-table";
import { can } from "../../lib/access/actor";
import { requireActor } from "../../lib/access/session";
import { listExercises } from "../../lib/exercises/data";
import { db } from "../../lib/platform/db";

export const metadata = { title: "Exercises" };

function describeAll(running: number, planned: number): string {
  if (running > 0) return `${running} ${running === 1 ? "exercise is" : "exercises are"} running`;
  return planned === 0
    ? "No exercise is planned"
    : `${planned} ${planned === 1 ? "exercise is" : "exercises are"} planned`;
}

export default async function ExercisesPage() {
  const actor = await requireActor("incident:read");
  const { running, planned, over } = await listExercises(db(), actor, new Date());
  const coming = [...running, ...planned];
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/incidents">Incidents</Link>
      </p>
      <div className="spread">
        <h1>{describeAll(running.length, planned.length)}</h1>
        <div className="row">
          {can(actor, "exercise:plan") && (
            <Link className="usa-button" href="/exercises/plan">
              Plan an exercise
            </Link>
          )}
          <Link href="/exercises/proficiency">Monthly proficiency</Link>
        </div>
      </div>
      <p className="second">
        An exercise is practice: it looks different, is never live, and reaches nobody outside. Who plays, what they are
        told when, and the times to keep are planned ahead; what it took is measured from the activity log.
      </p>
      {coming.length > 0 && <ExerciseTable caption="Running and planned" exercises={coming} />}
      <div className="rule">
        <h2>Over</h2>
        {over.length > 0 && (
          <a href="/api/exercises.csv" download>
            CSV
          </a>
        )}
      </div>
      {over.length === 0 ? (
        <p>No exercise is over yet. Results and certificates are kept here once one is closed.</p>
      ) : (
        <ExerciseTable caption="Over" exercises={over} />
      )}
    </div>
  );
}
