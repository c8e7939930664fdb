import Link from "next/link";
import { LabForm, WithdrawLab } from "../../../components/exercises/lab-form";
import { State } from "../../../components/ui/state";
import { formatMoment, formatReviewDay } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { type AgencyProficiency, getProficiency } from "../../../lib/exercises/proficiency/data";
import { formatMonth, stepMonth } from "../../../lib/exercises/months";
import { monthSchema } from "../../../lib/exercises/schema";
import { writeDay } from "../../../lib/platform/csv-row";
import { db } from "../../../lib/platform/db";
import { getSite } from "../../../lib/platform/site/data";
import { recordLabAction, withdrawLabAction } from "../actions";

export const metadata = { title: "Monthly proficiency" };

function Practiced({ agency, timeZone }: { agency: AgencyProficiency; timeZone: string }) {
  if (agency.exercises.length === 0) {
    return (
      <State shape="dash" tone="quiet">
        No exercise closed
      </State>
    );
  }
  return (
    <ul className="plain">
      {agency.exercises.map((one) => (
        <li key={one.id}>
          <State shape={one.completed ? "tick" : "cross"} tone={one.completed ? "good" : "bad"}>
            {one.completed ? "Completed" : "Not completed"}
          </State>{" "}
          <Link href={`/exercises/${one.id}`}>{one.title}</Link>, {formatMoment(one.closedAt, timeZone)}
          {one.completedBy.length > 0 && (
            <div className="hint">By {one.completedBy.map(({ name }) => name).join(", ")}</div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Demonstrated({ agency }: { agency: AgencyProficiency }) {
  if (agency.demonstrations.length === 0) {
    return (
      <State shape="dash" tone="quiet">
        None noted
      </State>
    );
  }
  return (
    <ul className="plain">
      {agency.demonstrations.map((one) => (
        <li key={one.id}>
          {one.withdrawnBy === null ? (
            <>
              {formatReviewDay(one.day)}, {one.person}
              {one.note && `: ${one.note}`} <span className="hint">Noted by {one.recordedBy}</span>{" "}
              {agency.mayRecord && <WithdrawLab id={one.id} withdraw={withdrawLabAction} />}
            </>
          ) : (
            <State shape="slashed" tone="quiet">
              {formatReviewDay(one.day)}, {one.person}: taken back by {one.withdrawnBy}
            </State>
          )}
        </li>
      ))}
    </ul>
  );
}

export default async function ProficiencyPage({
  searchParams,
}: {
  searchParams: Promise<{ month?: string | string[] }>;
}) {
  const actor = await requireActor("incident:read");
  const site = await getSite();
  const now = new Date();
  const current = writeDay(now, site.timeZone).slice(0, 7);
  const asked = monthSchema.safeParse((await searchParams).month);
  const month = asked.success && asked.data <= current ? asked.data : current;
  const agencies = await getProficiency(db(), actor, month, site.timeZone, now);
  const done = agencies.filter(({ exercises }) => exercises.some(({ completed }) => completed)).length;
  const recording = agencies.filter(({ mayRecord }) => mayRecord);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/incidents">Incidents</Link> / <Link href="/exercises">Exercises</Link>
      </p>
      <h1>
        {formatMonth(month)}: {done} of {agencies.length === 1 ? "1 agency" : `${agencies.length} agencies`} completed
        an exercise
      </h1>
      <p className="row">
        <Link href={`/exercises/proficiency?month=${stepMonth(month, -1)}`}>{formatMonth(stepMonth(month, -1))}</Link>
        {month < current && (
          <Link href={`/exercises/proficiency?month=${stepMonth(month, 1)}`}>{formatMonth(stepMonth(month, 1))}</Link>
        )}
      </p>
      <div className="quote reason">
        <p>
          <strong>An exercise in Callbox is no demonstration in the IPAWS lab of FEMA.</strong> FEMA asks each alerting
          authority to show every month, in that lab, that it can send an alert. Callbox doesn’t connect to the lab and
          reports nothing to FEMA.
        </p>
        <p>
          The first column is what was practiced here, from the activity log. The second is what an administrator noted
          of the lab by hand. Callbox can’t check it.
        </p>
      </div>
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Agency</th>
            <th scope="col">Exercises in Callbox</th>
            <th scope="col">In the IPAWS lab, as noted</th>
          </tr>
        </thead>
        <tbody>
          {agencies.map((agency) => (
            <tr key={agency.id}>
              <th scope="row">{agency.name}</th>
              <td data-label="Exercises in Callbox">
                <Practiced agency={agency} timeZone={site.timeZone} />
              </td>
              <td data-label="In the IPAWS lab, as noted">
                <Demonstrated agency={agency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {recording.length > 0 && (
        <section aria-labelledby="lab-heading">
          <div className="rule">
            <h2 id="lab-heading">Note a demonstration in the IPAWS lab</h2>
          </div>
          <LabForm
            agencies={recording.map(({ id, name, people }) => ({ id, name, people }))}
            record={recordLabAction}
          />
        </section>
      )}
    </div>
  );
}
