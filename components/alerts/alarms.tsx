import Link from "next/link";
import type { Alarm } from "../../lib/alerts/alarms/data";
import { formatPlaces } from "../ui/time";

/** Numbers that people were given and that no longer answer. First on the page: each minute counts. */
export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return null;
  return (
    <section className="error-summary" role="alert" aria-labelledby="alarms-heading">
      <h2 id="alarms-heading">
        {alarms.length === 1
          ? "A number that is out does not answer"
          : `${alarms.length} numbers that are out do not answer`}
      </h2>
      <ul>
        {alarms.map(({ alertId, incidentId, title, number, places, how }) => (
          <li key={`${alertId} ${number}`}>
            <strong>{number}</strong> {how}. <Link href={`/alerts/${alertId}`}>{title}</Link> gives it to{" "}
            {places.length <= 3 ? places.join(", ") : formatPlaces(places.length)}.{" "}
            <Link href={`/incidents/${incidentId}#happened`}>Correct it</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
