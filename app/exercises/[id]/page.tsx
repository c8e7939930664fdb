import Link from "next/link";
import { notFound } from "next/navigation";
import { CloseExercise, PlannedActs } from "../../../components/exercises/exercise-acts";
import { ExerciseStateSign } from "../../../components/exercises/exercise-state";
import { ExerciseWatch, RunningFor } from "../../../components/exercises/exercise-watch";
import { Injects } from "../../../components/exercises/injects";
import { PeopleTable, StageTable } from "../../../components/exercises/results";
import { ModeFrame, modeTitle } from "../../../components/layout/mode-frame";
import { Facts } from "../../../components/ui/facts";
import { State } from "../../../components/ui/state";
import { formatMoment, formatPlaces, formatZone } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { type ExerciseForPage, getExercise, stampOf } from "../../../lib/exercises/data";
import { describeMissed } from "../../../lib/exercises/measure";
import { PARTS } from "../../../lib/exercises/schema";
import { FAILURES, TEXT_TO_911 } from "../../../lib/incidents/schema";
import { db } from "../../../lib/platform/db";
import { acknowledgeInjectAction, callOffExerciseAction, closeExerciseAction, startExerciseAction } from "../actions";

export const metadata = { title: "Exercise" };

function Live({ live, running }: { live: ExerciseForPage["live"]; running: boolean }) {
  if (!live) return null;
  return (
    <div className="box" role="alert">
      <State shape="triangle" tone="bad">
        A real outage is open: <Link href={`/incidents/${live.id}`}>{live.title}</Link>.{" "}
        {running ? "Close the exercise, and work on that." : "An exercise can’t start meanwhile."}
      </State>
    </div>
  );
}

/** What is to be done now, by whoever looks. */
function Acts({ exercise }: { exercise: ExerciseForPage }) {
  const { id, state, incidentId } = exercise;
  if (state === "planned" && exercise.mayPlan) {
    return (
      <>
        <PlannedActs id={id} live={exercise.live} start={startExerciseAction} callOff={callOffExerciseAction} />
        <p>
          <Link href={`/exercises/${id}/edit`}>Change the plan</Link>
        </p>
      </>
    );
  }
  if (state !== "running") return null;
  const missing = exercise.intervals.filter(({ target, reached }) => target !== null && !reached).length;
  return (
    <div className="row">
      {incidentId ? (
        <Link className="usa-button" href={`/incidents/${incidentId}`}>
          Open the outage of the exercise
        </Link>
      ) : exercise.mayDeclare ? (
        <Link className="usa-button" href={`/exercises/new?exercise=${id}`}>
          Declare the outage
        </Link>
      ) : (
        <span>The outage is not declared yet.</span>
      )}
      {exercise.mayPlan && <CloseExercise id={id} missing={missing} close={closeExerciseAction} />}
    </div>
  );
}

export default async function ExercisePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("incident:read");
  const now = Date.now();
  const exercise = await getExercise(db(), actor, (await params).id, new Date(now));
  if (!exercise) notFound();
  const { id, state, timeZone, intervals, people, calledOff } = exercise;
  const running = state === "running";
  const closed = state === "closed";
  const missed = closed ? describeMissed(intervals, exercise.held) : "";
  const zone = formatZone(exercise.startsAt, timeZone);
  const when = (at: number) => `${formatMoment(at, timeZone)} ${formatZone(at, timeZone)}`;
  return (
    <ModeFrame mode="exercise" {...(exercise.incidentId && running ? { incidentId: exercise.incidentId } : {})}>
      {running && <ExerciseWatch id={id} stamp={stampOf(exercise)} />}
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> / <Link href="/exercises">Exercises</Link>
        </p>
        <div className="spread">
          <h1>{modeTitle("exercise", exercise.title)}</h1>
          <ExerciseStateSign state={state} />
        </div>
        <Live live={exercise.live} running={running} />
        {running && exercise.startedAt !== null && (
          <p>
            Running for <RunningFor startedAt={exercise.startedAt} now={now} />.
            {exercise.parts.length > 0 &&
              ` Your part: ${exercise.parts.map((part) => PARTS[part].label.toLowerCase()).join(", ")}.`}
          </p>
        )}
        {calledOff && (
          <p className="quote reason">
            {calledOff.by} called it off on {when(calledOff.at)}: {calledOff.why}
          </p>
        )}
        {closed && (
          <p className="quote reason">
            {exercise.closedBy} closed it. {missed || "Every stage with a target was reached."}
          </p>
        )}
        <Acts exercise={exercise} />
        <div className="columns">
          <div>
            <div className="rule">
              <h2>What players know at the beginning</h2>
            </div>
            {state !== "planned" || exercise.mayPlan ? (
              <p className="brief" data-verbatim>
                {exercise.brief}
              </p>
            ) : (
              <p>Shown when the exercise starts.</p>
            )}
            {(exercise.injects.length > 0 || running) && (
              <section aria-labelledby="injects-heading" aria-live={running ? "polite" : undefined}>
                <div className="rule">
                  <h2 id="injects-heading">Injects</h2>
                </div>
                {exercise.injects.length === 0 ? (
                  <p>Nothing was given out yet.</p>
                ) : (
                  <Injects
                    injects={exercise.injects}
                    mayAcknowledge={running && exercise.parts.length > 0}
                    closed={closed}
                    timeZone={timeZone}
                    acknowledge={acknowledgeInjectAction}
                  />
                )}
              </section>
            )}
            <div className="rule">
              <h2>{state === "planned" || calledOff ? "Targets" : `Times of ${exercise.agency}`}</h2>
              {(running || closed) && (
                <a href={`/api/exercises/${id}/results.csv`} download>
                  CSV
                </a>
              )}
            </div>
            <StageTable caption="Stages and targets" intervals={intervals} timeZone={timeZone} />
            {(running || closed) && (
              <p className="hint">
                Each time is measured from the stage before it, from the entries of the activity log. Nobody types one
                in.
              </p>
            )}
            {closed && exercise.completed && (
              <p>
                <Link href={`/exercises/${id}/certificate`}>Certificate of {exercise.agency}</Link>
              </p>
            )}
            <div className="rule">
              <h2>Players</h2>
            </div>
            {running || closed ? (
              <PeopleTable exerciseId={id} people={people} closed={closed} />
            ) : (
              <ul className="plain">
                {people.map(({ personId, name, parts }) => (
                  <li key={personId}>
                    <strong>{name}</strong>: {parts.map((part) => PARTS[part].label.toLowerCase()).join(", ")}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <aside aria-labelledby="facts-heading">
            <div className="rule">
              <h2 id="facts-heading">The plan</h2>
            </div>
            <Facts
              items={[
                ["Agency", exercise.agency],
                ["Planned for", `${formatMoment(exercise.startsAt, timeZone)} ${zone}`],
                ["What fails", `${FAILURES[exercise.failure].label}${exercise.carrier ? `: ${exercise.carrier}` : ""}`],
                ["Text-to-911", TEXT_TO_911[exercise.textTo911]],
                [
                  "Where",
                  exercise.places > exercise.placeNames.length
                    ? formatPlaces(exercise.places)
                    : exercise.placeNames.join(", "),
                ],
                ["Planned by", `${exercise.createdBy}, ${when(exercise.createdAt)}`],
                ...(exercise.startedAt === null
                  ? []
                  : [["Started", `${exercise.startedBy}, ${when(exercise.startedAt)}`] as const]),
                ...(exercise.closedAt === null
                  ? []
                  : [["Closed", `${exercise.closedBy}, ${when(exercise.closedAt)}`] as const]),
              ]}
            />
            {exercise.incidentId && (
              <p>
                <Link href={`/incidents/${exercise.incidentId}/after-action`}>After-action report</Link>
              </p>
            )}
          </aside>
        </div>
      </div>
    </ModeFrame>
  );
}
