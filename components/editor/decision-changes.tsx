import type { Change } from "../../lib/alerts/history/differing-decisions";

/** In what two versions of an alert differ, one beside the other; nothing where they do not. */
export function DecisionChanges({
  changes,
  before = "Before",
  after = "After",
}: {
  changes: readonly Change[];
  /** Whose the versions are. */
  before?: string;
  after?: string;
}) {
  if (changes.length === 0) return null;
  return (
    <table className="lines stacks">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.what}>
            <th scope="row">{change.what}</th>
            <td data-label={before} data-verbatim>
              {change.before === "" ? "–" : <del>{change.before}</del>}
            </td>
            <td data-label={after} data-verbatim>
              {change.after === "" ? "–" : <ins>{change.after}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
