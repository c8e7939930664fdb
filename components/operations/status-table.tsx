import Link from "next/link";
import type { Condition } from "../../lib/operations/status";
import { State } from "../ui/state";

/** How each part of the installation stands: a shape and a word, a sentence, and what to do. */
export function StatusTable({ conditions }: { conditions: readonly Condition[] }) {
  return (
    <table className="lines stacks">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">State</th>
          <th scope="col">How it stands</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map(({ name, label, state, says, todo }) => (
          <tr key={name}>
            <th scope="row">
              {name.startsWith("channel ") ? <Link href={`/admin/channels/${name.slice(8)}`}>{label}</Link> : label}
            </th>
            <td data-label="State">
              {state === "good" ? (
                <State shape="tick" tone="good">
                  Good
                </State>
              ) : (
                <State shape="triangle" tone="bad">
                  Needs attention
                </State>
              )}
            </td>
            <td data-label="How it stands">{says}</td>
            <td data-label="What to do">{todo ?? "Nothing"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
