import Link from "next/link";
import { ModeFrame } from "../layout/mode-frame";
import { DeclareForm, type DeclareFormProps } from "./declare-form";

/** Declaring and practising are two pages that never look alike. */
export function DeclarePage({
  forbidden,
  told,
  ...props
}: DeclareFormProps & {
  /** Of a planned exercise: its title, and what players know. */
  told?: { title: string; brief: string };
  /** Why the agency may not publish what this leads to, as sentences. */
  forbidden: string | null;
}) {
  const exercise = props.mode === "exercise";
  return (
    <ModeFrame mode={props.mode}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> /{" "}
          {props.planned && told ? (
            <>
              <Link href="/exercises">Exercises</Link> /{" "}
              <Link href={`/exercises/${props.planned.id}`}>{told.title}</Link>
            </>
          ) : exercise ? (
            <>
              <Link href="/exercises">Exercises</Link> / Start
            </>
          ) : (
            "Declare"
          )}
        </p>
        <h1>{told ? "Exercise: declare the outage" : exercise ? "Start an exercise" : "Declare a 911 outage"}</h1>
        <p className="second">
          {exercise ? (
            <>
              This is practice. Messages carry the CAP status Exercise and cannot go live. For a real outage,{" "}
              <Link href="/incidents/new">declare an outage</Link>.
            </>
          ) : (
            <>
              This is for a real outage. To practice, <Link href="/exercises/new">start an exercise</Link>: it looks
              different and can’t reach anyone.
            </>
          )}
        </p>
        {told && <p className="quote brief">{told.brief}</p>}
        {forbidden !== null && (
          <p className="quote reason">
            {forbidden}
            {!exercise && " You can record the outage here all the same."}
          </p>
        )}
        {(forbidden === null || !exercise) && <DeclareForm {...props} />}
      </div>
    </ModeFrame>
  );
}
