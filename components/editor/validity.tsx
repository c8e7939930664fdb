"use client";

import { formatLength } from "../../lib/alerts/history/differing-decisions";
import type { AlertContent } from "../../lib/alerts/schema";
import type { ComposerChange } from "./composer-state";

const VALIDITY = [60, 120, 180, 240, 360, 720, 1440];
const UPDATES = [30, 60, 120, 240];

/** How long the alert is valid and when its next update is promised. */
export function Validity({
  content,
  readOnly,
  dispatch,
}: {
  content: Pick<AlertContent, "validMinutes" | "nextUpdateMinutes">;
  readOnly: boolean;
  dispatch: (change: ComposerChange) => void;
}) {
  return (
    <div className="validity">
      <MinutesSelect
        id="valid-minutes"
        label="Valid for"
        usual={VALIDITY}
        value={content.validMinutes}
        readOnly={readOnly}
        onChange={(validMinutes) => dispatch({ type: "times", validMinutes })}
      />
      <MinutesSelect
        id="update-minutes"
        label="Next update within"
        usual={UPDATES}
        value={content.nextUpdateMinutes}
        readOnly={readOnly}
        onChange={(nextUpdateMinutes) => dispatch({ type: "times", nextUpdateMinutes })}
      />
    </div>
  );
}

function MinutesSelect({
  id,
  label,
  usual,
  value,
  readOnly,
  onChange,
}: {
  id: string;
  label: string;
  usual: readonly number[];
  value: number;
  readOnly: boolean;
  onChange: (minutes: number) => void;
}) {
  const options = [...new Set([...usual, value])].sort((left, right) => left - right);
  return (
    <div>
      <label className="usa-label" htmlFor={id}>
        {label}
      </label>
      <select
        className="usa-select"
        id={id}
        disabled={readOnly}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {options.map((minutes) => (
          <option key={minutes} value={minutes}>
            {formatLength(minutes)}
          </option>
        ))}
      </select>
    </div>
  );
}
