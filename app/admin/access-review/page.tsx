import Link from "next/link";
import { ReviewAccess } from "../../../components/access/review-access";
import { formatDay, formatMoment } from "../../../components/ui/time";
import { requireActor } from "../../../lib/access/session";
import { formatAccessCsv, formatFactor } from "../../../lib/people/review/csv";
import { getReviewState, listAccess, REVIEW_DAYS } from "../../../lib/people/review/data";
import { getSite } from "../../../lib/platform/site/data";
import { fingerprint } from "../../../lib/record/chain";
import { reviewAccessAction } from "../actions";

export const metadata = { title: "Access review" };

export default async function AccessReviewPage() {
  const actor = await requireActor("people:manage");
  const now = new Date();
  const [rows, state, { timeZone }] = await Promise.all([
    listAccess(actor, now),
    getReviewState(actor, now),
    getSite(),
  ]);
  const bare = rows.filter(
    ({ disabled, roles, app, passkeys }) =>
      !disabled && !app && passkeys === 0 && roles.some(({ role }) => role === "approver" || role === "administrator"),
  ).length;
  const links = rows.filter(({ openLink }) => openLink !== null).length;
  return (
    <div className="wrap page">
      <p className="crumbs">
        <Link href="/admin">People</Link>
      </p>
      <h1>
        {state.due ? "An access review is due" : "Who has access"}: {rows.length}{" "}
        {rows.length === 1 ? "person" : "people"}
      </h1>
      <p>
        {state.last
          ? `Last reviewed ${formatMoment(state.last.at, timeZone)} by ${state.last.by}.`
          : "Nobody has reviewed it yet."}{" "}
        Read the list every {REVIEW_DAYS} days: does everyone still need what they have?{" "}
        <a href="/api/access.csv">Download it as CSV</a>.
      </p>
      {bare > 0 && (
        <p className="quote reason">
          {bare === 1 ? "1 person" : `${bare} people`} may approve or administer and {bare === 1 ? "has" : "have"} no
          second factor yet.
        </p>
      )}
      {links > 0 && (
        <p>
          {links === 1 ? "1 one-time link is" : `${links} one-time links are`} open. Whoever holds such a link sets that
          person’s password with it.
        </p>
      )}
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role, since</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">Second factor</th>
            <th scope="col">Single sign-on</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link href={`/admin/people/${row.id}`} prefetch={false}>
                  {row.name}
                </Link>
                <div className="hint">
                  {row.agency}
                  {row.disabled && ", disabled"}
                </div>
                {row.openLink !== null && (
                  <div className="hint">one-time link open until {formatMoment(row.openLink, timeZone)}</div>
                )}
              </th>
              <td data-label="Role, since">
                {row.roles.length === 0
                  ? "none"
                  : row.roles.map(({ role, agency, since }) => (
                      <div key={`${agency} ${role}`}>
                        {role}
                        {agency !== row.agency && `, ${agency}`}{" "}
                        <span className="hint">
                          {since === null ? "since before this was kept" : `since ${formatDay(since, timeZone)}`}
                        </span>
                      </div>
                    ))}
              </td>
              <td data-label="Last sign-in">
                {row.lastSignIn === null ? "not in 180 days" : formatMoment(row.lastSignIn, timeZone)}
              </td>
              <td data-label="Second factor">{formatFactor(row)}</td>
              <td data-label="Single sign-on">
                {row.linked.length === 0
                  ? "none"
                  : row.linked.map(({ provider, issuer, lastUsed }, index) => (
                      <div key={index}>
                        {provider}{" "}
                        <span className="hint" data-verbatim>
                          {issuer}
                        </span>
                        <div className="hint">
                          {lastUsed === null ? "never used" : `last used ${formatMoment(lastUsed, timeZone)}`}
                        </div>
                      </div>
                    ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ReviewAccess shown={fingerprint(formatAccessCsv(rows))} review={reviewAccessAction} />
    </div>
  );
}
