"use client";

import { useEffect, useState } from "react";
import { formatClock } from "../ui/time";
import { useTimeZone } from "./providers";

/** Says since when there is no connection. Writing goes on and is kept in this browser. */
export function OfflineStrip() {
  const [since, setSince] = useState<number | null>(null);
  const timeZone = useTimeZone();
  useEffect(() => {
    const lost = () => setSince((earlier) => earlier ?? Date.now());
    const back = () => setSince(null);
    if (!navigator.onLine) lost();
    window.addEventListener("offline", lost);
    window.addEventListener("online", back);
    return () => {
      window.removeEventListener("offline", lost);
      window.removeEventListener("online", back);
    };
  }, []);
  return (
    <div className="offline-strip-place" aria-live="assertive">
      {since !== null && (
        <div className="offline-strip">
          <div className="wrap">
            <strong>No connection since {formatClock(since, timeZone)}.</strong> Keep writing. Your text is saved on
            this device. Sending and approving need a connection.
          </div>
        </div>
      )}
    </div>
  );
}
