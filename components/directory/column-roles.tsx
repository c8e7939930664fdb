"use client";

import { type FileColumn, isRole, type Role, ROLES } from "../../lib/exchange/columns";

/** Which column of a file of numbers is which: each with its first values, so that nobody has to guess. */
export function ColumnRoles({
  columns,
  onChange,
  error,
}: {
  columns: readonly FileColumn[];
  onChange: (columns: FileColumn[]) => void;
  error: string | undefined;
}) {
  const set = (index: number, role: Role) =>
    onChange(columns.map((column, at) => (at === index ? { ...column, role } : column)));
  return (
    <fieldset className="usa-fieldset" id="columns">
      <legend className="usa-legend">What each column holds</legend>
      {error && (
        <p className="usa-error-message" role="alert">
          {error}
        </p>
      )}
      <table className="lines stacks">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">First values</th>
            <th scope="col">Holds</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, samples, role }, index) => (
            <tr key={`${index}-${name}`}>
              <th scope="row">{name}</th>
              <td data-label="First values" className="breaks">
                {samples.length > 0 ? samples.join(" · ") : "empty"}
              </td>
              <td data-label="Holds">
                <select
                  className="usa-select"
                  aria-label={`What “${name}” holds`}
                  value={role}
                  onChange={(event) => isRole(event.target.value) && set(index, event.target.value)}
                >
                  {ROLES.map(({ role: value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.some(({ role }) => role === "place") && (
        <p className="hint">
          In a column with places of any kind, a bare name that a town and a county share is refused. If the column
          holds one kind, say which.
        </p>
      )}
    </fieldset>
  );
}
