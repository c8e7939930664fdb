import { type Destination, formatWithheldChannel, labelOfChannel } from "../../lib/access/allowance/allowance";

/** Before approval: which channels an alert goes to, and which it does not, with why. */
export function Destinations({ agency, destinations }: { agency: string; destinations: readonly Destination[] }) {
  const nameOf = ({ name, kind }: Destination) =>
    name === labelOfChannel(kind) || kind === "public-site" ? name : `${name} (${labelOfChannel(kind)})`;
  const open = destinations.filter(({ withheld }) => withheld === null);
  return (
    <>
      <div className="rule" id="destinations">
        <h2>Where it goes</h2>
      </div>
      {open.length === 0 ? (
        <p>To no channel. The CAP export keeps its messages for download.</p>
      ) : (
        <>
          <p>To the CAP export, and to {open.length === 1 ? "1 channel" : `${open.length} channels`}:</p>
          <ul>
            {open.map((one) => (
              <li key={one.id}>{nameOf(one)}</li>
            ))}
          </ul>
        </>
      )}
      {destinations.map((one) =>
        one.withheld === null ? null : (
          <p key={one.id} className="quote reason">
            <strong>Not to {nameOf(one)}.</strong> {formatWithheldChannel(agency, one.kind, one.withheld)}
          </p>
        ),
      )}
    </>
  );
}
