/** More than fit on a screen are searched. */
export const isMany = (count: number) => count > 20;

/** The search of a long list of counties or dispatch areas. */
export function FindGroup({
  what,
  value,
  none,
  onChange,
}: {
  what: string;
  value: string;
  /** Nothing fits. */
  none: boolean;
  onChange: (find: string) => void;
}) {
  return (
    <>
      <label className="usa-label" htmlFor="find-group">
        Find a {what}
      </label>
      <input
        className="usa-input"
        id="find-group"
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {none && <p>No {what} here matches.</p>}
    </>
  );
}
