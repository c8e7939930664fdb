import Link from "next/link";
import { ModeFrame } from "../layout/mode-frame";
import { DeclareForm, type DeclareFormProps } from "./declare-form";

/** Declaring and practising are two pages that never look alike. */
export function DeclarePage(props: DeclareFormProps) {
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
        <DeclareForm {...props} />
      </div>
    </ModeFrame>
  );
}
