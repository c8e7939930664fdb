/** One choice of a filter that is a plain form: its name is also its place in the address. */
export function FilterChoice({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  /** What the address gets, and the words for it. */
  options: readonly (readonly [value: string, words: string])[];
}) {
  return (
    <div>
      <label className="usa-label" htmlFor={name}>
        {label}
      </label>
      <select className="usa-select" id={name} name={name} defaultValue={value}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
