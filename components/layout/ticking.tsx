"use client";

import { useEffect, useState } from "react";
import { formatSeconds, formatWhen, formatZone } from "../ui/time";
import { useTimeZone } from "./providers";

/** The present, renewed every second after the first paint. Clocks are not announced. */
export function useNow(initial: number): number {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Clock({ now: initial }: { now: number }) {
  const timeZone = useTimeZone();
  const now = useNow(initial);
  return (
    <strong className="tabular" aria-hidden="true">
      {formatSeconds(now, timeZone)} {formatZone(now, timeZone)}
    </strong>
  );
}

/** A clock time, with its day where that is not today. */
export function When({ at, now: initial }: { at: number; now: number }) {
  const timeZone = useTimeZone();
  return <>{formatWhen(at, useNow(initial), timeZone)}</>;
}
