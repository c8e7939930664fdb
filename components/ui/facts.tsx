/** Facts as pairs of a name and its value. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: React.ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The first half of a fingerprint, in groups that an eye can compare. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return <span className="mono">{sha256.slice(0, 32).replace(/(.{4})/g, "$1 ")}</span>;
}
