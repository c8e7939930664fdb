import type { z } from "zod";
import type { PlaceNumber } from "../../lib/directory/data";
import {
  DESK_LANGUAGES,
  enteredLater,
  SERVICES,
  formatNumber,
  STATUSES,
  TEST_CALL_RESULTS,
  type numberFormSchema,
  type recordTestCallSchema,
  type reportStatusSchema,
  type retireNumberSchema,
} from "../../lib/directory/schema";
import { assessNumber, doubtOf, verifiedUntil, whyNot } from "../../lib/directory/selection";
import type { Action } from "../../lib/platform/result";
import { State } from "../ui/state";
import { formatDay, formatDuration, formatMoment } from "../ui/time";
import { ReportStatus, RetireNumber } from "./line-controls";
import { NumberForm } from "./number-form";
import { TestCallForm } from "./test-call-form";

export interface NumberActions {
  record: Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;
  report: Action<z.input<typeof reportStatusSchema>, null>;
  save: Action<z.input<typeof numberFormSchema>, { id: string; unverified: boolean }>;
  retire: Action<z.input<typeof retireNumberSchema>, null>;
}

const language = (code: string) => DESK_LANGUAGES[code as keyof typeof DESK_LANGUAGES] ?? code;

/** Fields of two snapshots that differ, in words. */
function differences(before: Record<string, unknown> | null, after: Record<string, unknown> | null): string {
  if (!before || !after) return "";
  return Object.keys(after)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => `${key}: ${String(before[key] ?? "–")} → ${String(after[key])}`)
    .join("; ");
}

const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    added: "Added",
    changed: "Changed",
    retired: "Retired",
    reported: "Reported",
  }),
);

/** One number of a place: what it is, whether it may be given out, its test calls and changes, and what may be done. */
export function NumberEntry({
  number,
  position,
  place,
  now,
  timeZone,
  may,
  actions,
  focus,
}: {
  number: PlaceNumber;
  position: number;
  place: { id: string; name: string };
  now: number;
  timeZone: string;
  may: { verify: boolean; edit: boolean; report: boolean };
  actions: NumberActions;
  /** Opens the test call at once: there is nothing more urgent on the page. */
  focus: boolean;
}) {
  const said = formatNumber(number);
  const verdict = assessNumber(number, now);
  const until = verifiedUntil(number);
  return (
    <section className="number-entry" aria-labelledby={`number-${number.id}`}>
      <div className="rule">
        <h3 id={`number-${number.id}`} className="number">
          {said}
        </h3>
        <span>
          {SERVICES[number.service]}
          {!number.retired && `, ${position === 0 ? "given out first" : `alternate ${position}`}`}
        </span>
      </div>
      <p>
        {number.retired ? (
          <State shape="slashed">
            Retired by {number.retired.by}, {formatMoment(number.retired.at, timeZone)}
          </State>
        ) : verdict === "verified" ? (
          <State shape="tick" tone="good">
            Verified until {formatDay(until!, timeZone)}
          </State>
        ) : (
          <State shape="octagon" tone="bad">
            Do not give out
          </State>
        )}{" "}
        {number.retired
          ? number.retired.why
          : verdict === "verified"
            ? doubtOf(number)
            : `: ${whyNot(number, verdict)}.`}
      </p>
      <p className="second">
        {number.desk}, {number.hours}, {number.lines} {number.lines === 1 ? "line" : "lines"};{" "}
        {number.languages.map(language).join(", ")}
        {number.takesTexts && "; takes texts"}
        {number.sharedWith911 && "; runs on the same network as 911"}
        {number.owner && `; owned by ${number.owner}`}.
      </p>
      {(number.status !== "in-service" || may.report) && (
        <div className="row">
          <span>
            Now: <strong>{STATUSES[number.status]}</strong>
            {number.statusBy && number.statusAt && (
              <span className="hint">
                , said {number.statusBy}, {formatMoment(number.statusAt, timeZone)}
              </span>
            )}
          </span>
          {may.report && <ReportStatus id={number.id} label={said} status={number.status} report={actions.report} />}
        </div>
      )}
      {may.verify && (
        <details open={focus}>
          <summary>Record a test call to {said}</summary>
          <TestCallForm
            numberId={number.id}
            label={said}
            now={now}
            validDays={number.validDays}
            record={actions.record}
          />
        </details>
      )}
      {may.edit && (
        <>
          <details>
            <summary>Change {said}</summary>
            <NumberForm
              key={number.version}
              placeId={place.id}
              placeName={place.name}
              number={number}
              next={position + 1}
              save={actions.save}
            />
          </details>
          <details>
            <summary>Retire {said}</summary>
            <RetireNumber id={number.id} label={said} retire={actions.retire} />
          </details>
        </>
      )}
      <table className="lines stacks">
        <caption className="visually-hidden">Test calls of {said}</caption>
        <thead>
          <tr>
            <th scope="col">Test call</th>
            <th scope="col">Called by</th>
            <th scope="col">Answered by</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {number.calls.map((call, index) => (
            <tr key={`${call.at}-${index}`}>
              <td className="tabular">
                {formatMoment(call.at, timeZone)}
                {enteredLater(call) !== null && (
                  <div className="hint">entered {formatDuration(enteredLater(call) ?? 0)} later</div>
                )}
              </td>
              <td>
                {call.by}
                {number.ownCalls[index] && <div className="hint">who entered the number</div>}
              </td>
              <td>{call.answeredBy}</td>
              <td>
                {TEST_CALL_RESULTS[call.result]}
                {number.notes[index] && <div className="hint">{number.notes[index]}</div>}
              </td>
            </tr>
          ))}
          {number.calls.length === 0 && (
            <tr>
              <td colSpan={4}>Never called.</td>
            </tr>
          )}
        </tbody>
      </table>
      {number.changes.length > 0 && (
        <details>
          <summary>
            {number.changes.length} {number.changes.length === 1 ? "change" : "changes"}
          </summary>
          <ul>
            {number.changes.map(({ action, before, after, by, at }) => (
              <li key={`${at}-${action}`}>
                {formatMoment(at, timeZone)}, {by}: {ACTIONS.get(action) ?? action}
                {differences(before, after) && `; ${differences(before, after)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
