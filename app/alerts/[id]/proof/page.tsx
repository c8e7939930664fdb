import Link from "next/link";
import { notFound } from "next/navigation";
import { State } from "../../../../components/ui/state";
import { requireActor } from "../../../../lib/access/session";
import { getProof } from "../../../../lib/evidence/proof/data";
import { checkpointSettings } from "../../../../lib/platform/env";
import { checkpointKey } from "../../../../lib/record/checkpoint";

export const metadata = { title: "Proof" };

export default async function ProofPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("log:read");
  const proof = await getProof(actor, (await params).id);
  if (!proof) notFound();
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/alerts">Alerts</Link> / <Link href={`/alerts/${proof.alertId}`}>{proof.title}</Link>
      </p>
      <h1>{proof.ok ? "What was published is what was approved" : "Something does not fit"}</h1>
      <p className="second">
        Worked out again just now, from the stored bytes. On the machine that holds the data,{" "}
        <span className="mono">npm run callbox -- prove {proof.code}</span> does the same.
      </p>
      <ol className="plain stack">
        {proof.steps.map(({ says, ok, problems }) => (
          <li key={says}>
            <State shape={ok ? "tick" : "octagon"} tone={ok ? "good" : "bad"}>
              {says}
            </State>
            {problems.length > 0 && (
              <ul>
                {problems.map((problem) => (
                  <li key={problem} data-verbatim>
                    {problem}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
      <div className="rule">
        <h2>Check it without Callbox</h2>
      </div>
      <p>
        <a className="usa-button usa-button--outline" href={`/api/alerts/${proof.alertId}/evidence.zip`} download>
          Save the evidence, ZIP
        </a>{" "}
        <span className="hint">
          With a script and one page of procedure for openssl, sha256sum, jq and xmllint. For who may read the whole
          log.
        </span>
      </p>
      <p>The key that signs checkpoints. Note it somewhere else:</p>
      <pre className="mono" data-verbatim>
        {checkpointKey(checkpointSettings().secret)}
      </pre>
    </div>
  );
}
