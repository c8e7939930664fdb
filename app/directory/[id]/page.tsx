import Link from "next/link";
import { notFound } from "next/navigation";
import { TestCallForm } from "../../../components/directory/test-call-form";
import { Facts } from "../../../components/ui/facts";
import { State } from "../../../components/ui/state";
import { sayCount, sayMoment } from "../../../components/ui/time";
import { requireActor } from "../../../lib/auth/session";
import { getRegion } from "../../../lib/directory/data";
import { classify } from "../../../lib/directory/readiness";
import { sayNumber, TEST_CALL_RESULTS } from "../../../lib/directory/schema";
import { assessNumber, whyNot } from "../../../lib/directory/selection";
import { getSite } from "../../../lib/site/data";
import { recordTestCallAction } from "../actions";

export const metadata = { title: "City or town" };

const STATUS = { "in-service": "in service", overloaded: "overloaded", down: "down" } as const;

export default async function RegionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor("directory:read");
  const [site, region] = await Promise.all([getSite(), getRegion(actor, (await params).id)]);
  if (!region) notFound();
  const now = Date.now();
  const { readiness, why } = classify(region.numbers, now);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link> / {region.county} County
      </p>
      <h1>
        {region.name}:{" "}
        {readiness === "none"
          ? "no number"
          : readiness === "unverified"
            ? "no number to give out tonight"
            : "a number to give out tonight"}
      </h1>
      <p className="second">{why}</p>
      <div className="columns">
        <div>
          {region.numbers.length === 0 && (
            <p>The directory has no number for this {region.label}. Until it has one, texts name places to go.</p>
          )}
          {region.numbers.map((number, index) => {
            const verdict = assessNumber(number, now);
            return (
              <section key={number.id} aria-labelledby={`number-${number.id}`}>
                <div className="rule">
                  <h2 id={`number-${number.id}`} className="number">
                    {sayNumber(number.e164)}
                  </h2>
                  <span>{index === 0 ? "given out first" : `alternate ${index}`}</span>
                </div>
                <p>
                  {verdict === "verified" ? (
                    <State shape="tick" tone="good">
                      May be given out
                    </State>
                  ) : (
                    <State shape="octagon" tone="bad">
                      Not to be given out
                    </State>
                  )}{" "}
                  {verdict !== "verified" && `${whyNot(number, verdict)}.`} {number.desk}, {number.hours},{" "}
                  {number.lines} {number.lines === 1 ? "line" : "lines"}, {STATUS[number.status]}.
                  {number.sharedWith911 && " It runs on the same system as 911."}
                  {site.mode === "demonstration" && " Invented for the demonstration."}
                </p>
                <table className="lines stacks">
                  <caption className="visually-hidden">Test calls of {sayNumber(number.e164)}</caption>
                  <thead>
                    <tr>
                      <th scope="col">Test call</th>
                      <th scope="col">Asked</th>
                      <th scope="col">Answered</th>
                      <th scope="col">Result</th>
                    </tr>
                  </thead>
                  <tbody>
                    {number.calls.map((call) => (
                      <tr key={call.at}>
                        <td className="tabular">{sayMoment(call.at, site.timeZone)}</td>
                        <td>{call.by}</td>
                        <td>{call.answeredBy}</td>
                        <td>{TEST_CALL_RESULTS[call.result]}</td>
                      </tr>
                    ))}
                    {number.calls.length === 0 && (
                      <tr>
                        <td colSpan={4}>Nobody has called it yet.</td>
                      </tr>
                    )}
                  </tbody>
                </table>
                {region.mayVerify && (
                  <details>
                    <summary>Record a test call</summary>
                    <TestCallForm
                      numberId={number.id}
                      label={sayNumber(number.e164)}
                      now={now}
                      record={recordTestCallAction}
                    />
                  </details>
                )}
              </section>
            );
          })}
        </div>
        <aside aria-label="About this place">
          <div className="rule">
            <h2>About {region.name}</h2>
          </div>
          <Facts
            items={[
              ["People", sayCount(region.population)],
              ["County", `${region.county}, ${sayCount(region.countyPopulation)} people`],
              ["GEOID", region.id],
              ["SAME", region.sameCode],
              ["Outline", region.approximate ? "approximate" : "as imported"],
            ]}
          />
          {region.routes.length > 0 && (
            <>
              <div className="rule">
                <h2>Other ways to reach help</h2>
              </div>
              <ul>
                {region.routes.map(({ kind, wording }) => (
                  <li key={kind}>{wording}</li>
                ))}
              </ul>
            </>
          )}
          {!region.mayVerify && (
            <p className="hint">Test calls are recorded by the stewards and drafters of its agency.</p>
          )}
        </aside>
      </div>
    </div>
  );
}
