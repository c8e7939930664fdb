import Link from "next/link";
import { ModeFrame } from "../layout/mode-frame";
import { DeclareForm, type DeclareFormProps } from "./declare-form";

/** Declaring and practising are two pages that never look alike. */
export function DeclarePage({
  forbidden,
  ...props
}: DeclareFormProps & {
  /** Why the agency may not publish what this leads to, as sentences. */
  forbidden: string | null;
}) {
  const exercise = props.mode === "exercise";
  return (
    <ModeFrame mode={props.mode}>
      <div className="wrap page">
        <p className="crumbs">
          <Link href="/incidents">Incidents</Link> / {exercise ? "Exercise" : "Declare"}
        </p>
        <h1>{exercise ? "Start an exercise" : "Declare a 911 outage"}</h1>
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
