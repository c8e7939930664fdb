"use client";

import { formatSeconds } from "../ui/time";
import { useTimeZone } from "../layout/providers";

/** A confirmation is a sentence in the first person that could be read out later. */
export function Confirm({
  name,
  children,
  confirmed,
  disabled,
  onChange,
}: {
  name: string;
  children: React.ReactNode;
  /** When it was ticked, in milliseconds since 1970. */
  confirmed: number | undefined;
  disabled: boolean;
  onChange: (name: string, ticked: boolean) => void;
}) {
  const timeZone = useTimeZone();
  return (
    <label className="check" id={`confirm-${name}`}>
      <input
        type="checkbox"
        checked={confirmed !== undefined}
        disabled={disabled}
        onChange={(event) => onChange(name, event.target.checked)}
      />
      <span>{children}</span>
      <span className="when hint tabular">{confirmed ? `✓ ${formatSeconds(confirmed, timeZone)}` : "not yet"}</span>
    </label>
  );
}
