"use client";

/** A few choices joined edge to edge, one of them chosen. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; says: string; label?: string; lang?: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className="segmented small" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={option.label}
          lang={option.lang}
          onClick={() => onChange(option.value)}
        >
          {option.says}
        </button>
      ))}
    </div>
  );
}
