import { Button } from "@trussworks/react-uswds";
import { formatMoment } from "../ui/time";

/** Two versions of an alert to choose, laid side by side on the page they are chosen on. */
export function CompareSaved({
  alertId,
  versions,
  from,
  to,
  timeZone,
}: {
  alertId: string;
  /** The newest first. */
  versions: readonly { version: number; by: string; at: number }[];
  from: number;
  to: number;
  timeZone: string;
}) {
  return (
    <form className="row ends" action={`/alerts/${alertId}/history#compare`} method="get">
      {(
        [
          ["from", "From version", from],
          ["to", "To version", to],
        ] as const
      ).map(([name, label, chosen]) => (
        <div key={name}>
          <label className="usa-label" htmlFor={`compare-${name}`}>
            {label}
          </label>
          <select className="usa-select" id={`compare-${name}`} name={name} defaultValue={chosen}>
            {versions.map(({ version, by, at }) => (
              <option key={version} value={version}>
                {version}: {by}, {formatMoment(at, timeZone)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <Button type="submit" outline>
        Compare versions
      </Button>
    </form>
  );
}
