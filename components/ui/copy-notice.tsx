"use client";

import { Button } from "@trussworks/react-uswds";
import { useTimeZone } from "../layout/providers";
import { formatSeconds } from "./time";

/** Typing that this device kept because the server did not get it. */
export function CopyNotice({
  at,
  older = false,
  keep = "Keep the saved text",
  onUse,
  onDrop,
}: {
  at: number;
  /** Someone saved a newer version since. */
  older?: boolean;
  /** The button that forgets it. */
  keep?: string;
  onUse: () => void;
  onDrop: () => void;
}) {
  const timeZone = useTimeZone();
  return (
    <div className="box" role="alert">
      <p>
        <strong>Unsaved text from {formatSeconds(at, timeZone)} is on this device.</strong>
        {older && " A newer version was saved since; it stays in the history whatever you choose."}
      </p>
      <div className="row">
        <Button type="button" onClick={onUse}>
          Use the unsaved text
        </Button>
        <Button type="button" outline onClick={onDrop}>
          {keep}
        </Button>
      </div>
    </div>
  );
}
