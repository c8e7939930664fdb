import Link from "next/link";
import { VerifyRecord } from "../../components/log/verify-button";
import { localToInstant, type Which } from "../../lib/standards/cap/local-time";
import { FilterChoice } from "../../components/ui/filter-choice";
import { formatCount, formatDay, formatSeconds, formatZone } from "../../components/ui/time";
import { listLog } from "../../lib/record/data";
import { AUDIT_ACTIONS, logFilterSchema } from "../../lib/record/schema";
import { requireActor } from "../../lib/access/session";
import { listIncidents } from "../../lib/incidents/data";
import { getSite } from "../../lib/platform/site/data";
import { verifyRecordAction } from "./actions";

export const metadata = { title: "Activity log" };

type Search = Record<string, string | string[] | undefined>;

/** Of a time that comes twice, the one that leaves no entry out. */
function toInstant(value: string, which: Which, timeZone: string): string {
  const [date, time] = value.split("T");
  const instant = localToInstant({ date: date ?? "", time: time ?? "00:00", which }, timeZone);
  return instant === null ? "" : new Date(instant).toISOString();
}

export default async function LogPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await requireActor("log:read");
  const raw = await searchParams;
  const flat = Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );
  const parsed = logFilterSchema.safeParse(flat);
  const filter = parsed.success ? parsed.data : logFilterSchema.parse({});
  const [site, incidents] = await Promise.all([getSite(), listIncidents(actor)]);
  const resolved = {
    ...filter,
    from: toInstant(filter.from, "first", site.timeZone),
    to: toInstant(filter.to, "second", site.timeZone),
  };
  const log = await listLog(actor, resolved);
  const query = new URLSearchParams(
    Object.entries({
      find: resolved.find,
      incident: resolved.incident,
      action: resolved.action,
      from: resolved.from,
      to: resolved.to,
    }).filter(([, value]) => value !== ""),
  ).toString();
  const older = new URLSearchParams(
    Object.entries({ ...filter, before: String(log.entries.at(-1)?.seq ?? "") }).filter(
      ([, value]) => value !== "",
    ) as [string, string][],
  ).toString();
  return (
    <div className="wrap page">
      <div className="spread">
        <div>
          <h1>Log</h1>
          <p className="second">
            Everything people did, and everything Callbox did or refused. Entries can’t be changed or deleted.
          </p>
        </div>
        <a className="usa-button usa-button--outline" href={`/api/log.csv${query ? `?${query}` : ""}`} download>
          Export these entries
        </a>
      </div>
      <div className="stack">
        <VerifyRecord verify={verifyRecordAction} />
        <details>
          <summary>Verify it yourself</summary>
          <p>
            On the machine that holds the data, <span className="mono">npm run callbox -- verify-log</span> checks the
            same without the console. Note the last entry, all of it, somewhere else. Later{" "}
            <span className="mono">npm run callbox -- verify-log --expect SEQ:HASH</span> finds a record that was cut,
            replaced or restored from a backup.
          </p>
        </details>
      </div>
      <form className="row filters" action="/log" method="get">
        <div>
          <label className="usa-label" htmlFor="find">
            Find
          </label>
          <input
            className="usa-input"
            id="find"
            name="find"
            defaultValue={filter.find}
            placeholder="town, person, words"
            maxLength={100}
          />
        </div>
        <FilterChoice
          name="incident"
          label="Incident"
          value={filter.incident}
          options={[["", "All"], ...incidents.map(({ id, title }) => [id, title] as const)]}
        />
        <FilterChoice
          name="action"
          label="Kind"
          value={filter.action}
          options={[["", "All"], ...Object.entries(AUDIT_ACTIONS)]}
        />
        <div>
          <label className="usa-label" htmlFor="from">
            From
          </label>
          <input className="usa-input" id="from" name="from" type="datetime-local" defaultValue={filter.from} />
        </div>
        <div>
          <label className="usa-label" htmlFor="to">
            To
          </label>
          <input className="usa-input" id="to" name="to" type="datetime-local" defaultValue={filter.to} />
        </div>
        <button className="usa-button usa-button--outline" type="submit">
          Show
        </button>
        <Link href="/log">Show all</Link>
      </form>
      {!parsed.success && (
        <p className="usa-error-message">A filter had a value that does not fit, so all entries are shown.</p>
      )}
      <p className="hint">
        {formatCount(log.entries.length)} of{" "}
        {log.isMore ? `more than ${formatCount(log.total)}` : formatCount(log.total)} entries, newest first
      </p>
      {log.entries.length === 0 ? (
        <p>No entries match.</p>
      ) : (
        <table className="lines stacks">
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Time, {formatZone(Date.now(), site.timeZone)}</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Fingerprint</th>
            </tr>
          </thead>
          <tbody>
            {log.entries.map((entry) => (
              <tr key={entry.seq}>
                <td className="tabular" data-label="Entry">
                  {formatCount(entry.seq)}
                </td>
                <td className="number">
                  <time dateTime={entry.at}>
                    {formatDay(Date.parse(entry.at), site.timeZone)},{" "}
                    {formatSeconds(Date.parse(entry.at), site.timeZone)}
                  </time>
                </td>
                <td>{entry.actor}</td>
                <td data-verbatim className={entry.action.includes("refused") ? "strong" : undefined}>
                  {entry.summary}
                </td>
                <td className="mono">{entry.hash.slice(0, 8)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {log.more && (
        <p>
          <Link href={`/log?${older}`}>Older</Link>
        </p>
      )}
    </div>
  );
}
