"use client";

import { State } from "../../ui/state";
import type { LockedPart } from "./locked-parts";

/** What no wording of a text may lack, and why: it can be said otherwise, not left out. */
export function LockedList({ parts }: { parts: readonly LockedPart[] }) {
  if (parts.length === 0) return null;
  return (
    <details className="locked">
      <summary>
        <State shape="lock">
          {parts.length === 1 ? "1 part is locked" : `${parts.length} parts are locked`}: a wording without them is not
          sent
        </State>
      </summary>
      <ul className="plain">
        {parts.map(({ rule, says, why }) => (
          <li className="finding" key={rule}>
            {says}
            <div className="hint">Why: {why}</div>
          </li>
        ))}
      </ul>
    </details>
  );
}
