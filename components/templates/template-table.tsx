import Link from "next/link";
import type { TemplateWithDrafts } from "../../lib/alerts/templates/data";
import type { Action } from "../../lib/platform/result";
import { State } from "../ui/state";
import { formatCount, formatMoment } from "../ui/time";
import { BeginButton } from "./begin-button";

/** One line for each kind of alert: the version in use, who approved it, and what is being changed. */
export function TemplateTable({
  templates,
  timeZone,
  begin,
}: {
  templates: readonly TemplateWithDrafts[];
  timeZone: string;
  begin: Action<{ templateId: string }, { id: string }>;
}) {
  return (
    <table className="lines stacks">
      <thead>
        <tr>
          <th scope="col">Template</th>
          <th scope="col">In use</th>
          <th scope="col">Approved</th>
          <th scope="col">Alerts begun with it</th>
          <th scope="col">Earlier versions</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {templates.map(({ key, versions: [inUse, ...earlier], open, mayEdit, purpose }) =>
          inUse ? (
            <tr key={key}>
              <th scope="row">
                <Link href={`/templates/${inUse.id}`}>{inUse.name}</Link>
              </th>
              <td data-label="In use">Version {inUse.version}</td>
              <td data-label="Approved">
                {inUse.approvedBy}, {formatMoment(inUse.approvedAt, timeZone)}
              </td>
              <td data-label="Alerts begun with it">{inUse.alerts === 0 ? "None yet" : formatCount(inUse.alerts)}</td>
              <td data-label="Earlier versions">
                {earlier.length === 0 && "None"}
                {earlier.map(({ id, version }, index) => (
                  <span key={id}>
                    {index > 0 && ", "}
                    <Link className="target" href={`/templates/${id}`} aria-label={`${inUse.name}, version ${version}`}>
                      {version}
                    </Link>
                  </span>
                ))}
              </td>
              <td>
                {open ? (
                  <>
                    <State shape={open.state === "submitted" ? "half" : "circle"}>
                      <Link href={`/templates/drafts/${open.id}`}>
                        {open.state === "submitted" ? "Waits for approval" : `Draft by ${open.by}`}
                      </Link>
                    </State>
                    <div className="hint">
                      {open.by}, {formatMoment(open.at, timeZone)}
                    </div>
                  </>
                ) : mayEdit && purpose ? (
                  <BeginButton templateId={inUse.id} name={inUse.name} begin={begin} />
                ) : (
                  "Nothing is being changed"
                )}
              </td>
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  );
}
