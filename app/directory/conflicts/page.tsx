import Link from "next/link";
import { SettleForm } from "../../../components/directory/settle-form";
import { WithNumbers } from "../../../components/directory/with-numbers";
import { formatMoment } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { CONFLICT_KINDS, type ConflictKind } from "../../../lib/directory/conflicts";
import { listConflicts } from "../../../lib/directory/data";
import { SERVICES, formatNumber, TEST_CALL_RESULTS } from "../../../lib/directory/schema";
import { getSite } from "../../../lib/platform/site/data";
import { settleConflictAction } from "../actions";

export const metadata = { title: "Conflicts" };

const DECISIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({ "both-right": "all are right", "kept-one": "one was kept" }),
);

export default async function ConflictsPage() {
  const actor = await requireActor("directory:read");
  const [site, { open, settled }] = await Promise.all([getSite(), listConflicts(actor)]);
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/directory">Directory</Link>
      </p>
      <h1>
        {open.length === 0
          ? "No conflicts"
          : open.length === 1
            ? "1 conflict to settle"
            : `${open.length} conflicts to settle`}
      </h1>
      <p className="second">Until one is settled, the approver of an alert that gives such a number is told.</p>
      {open.slice(0, 100).map((conflict) => (
        <section key={conflict.key}>
          <div className="rule">
            <h2>{CONFLICT_KINDS[conflict.kind]}</h2>
          </div>
          <p>
            <WithNumbers text={conflict.says} />
          </p>
          <table className="lines stacks">
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">Place</th>
                <th scope="col">Who answers</th>
                <th scope="col">Kept by</th>
                <th scope="col">Last test call</th>
              </tr>
            </thead>
            <tbody>
              {conflict.numbers.map((number) => (
                <tr key={number.id}>
                  <td className="number">{formatNumber(number)}</td>
                  <th scope="row">
                    <Link href={`/directory/${number.placeId}`} prefetch={false}>
                      {number.placeName}
                    </Link>
                  </th>
                  <td data-label="Who answers">
                    {number.desk}, {SERVICES[number.service].toLowerCase()}
                  </td>
                  <td data-label="Kept by">{number.owner ?? "nobody"}</td>
                  <td data-label="Last test call">
                    {number.calls[0]
                      ? `${formatMoment(number.calls[0].at, site.timeZone)}: ${TEST_CALL_RESULTS[number.calls[0].result].toLowerCase()}`
                      : "never called"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {conflict.maySettle ? (
            <SettleForm conflict={conflict} settle={settleConflictAction} />
          ) : (
            <p className="hint">A steward or administrator whose agency covers all these places settles it.</p>
          )}
        </section>
      ))}
      {open.length > 100 && <p>The first 100 are shown.</p>}
      {settled.length > 0 && (
        <>
          <div className="rule">
            <h2>Settled</h2>
          </div>
          <ul>
            {settled.map(({ key, kind, decision, reason, by, at }) => (
              <li key={key}>
                {CONFLICT_KINDS[kind as ConflictKind]}: {DECISIONS.get(decision)}. {reason} {by},{" "}
                {formatMoment(at, site.timeZone)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
