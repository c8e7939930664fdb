import { TEST_CALL_RESULTS, type TestCallResult } from "../../lib/directory/schema";

/** The six things that can come of a test call. */
export function OutcomeTiles({
  id,
  legend,
  error,
  chosen,
  onChoose,
}: {
  id: string;
  legend: string;
  error: string | undefined;
  chosen: TestCallResult | "";
  onChoose: (result: TestCallResult) => void;
}) {
  return (
    <fieldset className="usa-fieldset" id={id}>
      <legend className="usa-legend">{legend}</legend>
      {error && <p className="usa-error-message">{error}</p>}
      <div className="tiles">
        {(Object.keys(TEST_CALL_RESULTS) as TestCallResult[]).map((value) => (
          <label className="tile" key={value}>
            <input type="radio" name={id} value={value} checked={chosen === value} onChange={() => onChoose(value)} />
            <span>
              {TEST_CALL_RESULTS[value]}
              {value === "no-answer" && <span className="hint"> Let it ring ten times.</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
