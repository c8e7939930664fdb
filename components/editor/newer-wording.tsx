"use client";

import { Button } from "@trussworks/react-uswds";
import { useState } from "react";
import type { AlertForEdit } from "../../lib/alerts/data";
import { AskedButton } from "../ui/asked-button";

/** A newer version of the wording is in use: the alert keeps its own until its author takes the new one. */
export function NewerWording({
  wording: { version, newest },
  busy,
  onTake,
}: {
  wording: AlertForEdit["wording"];
  busy: boolean;
  onTake: () => void;
}) {
  const [kept, keep] = useState(false);
  if (newest <= version || kept) return null;
  return (
    <div className="box" role="status">
      <p>
        <strong>Version {newest} of the wording is out.</strong> This alert keeps version {version} unless you take the
        new one. Its texts are then worded anew; what you wrote stays in the history.
      </p>
      <div className="row">
        <AskedButton
          label={`Take version ${newest}`}
          question={`Word all texts anew with version ${newest}?`}
          yes="Word them anew"
          no="Leave them"
          disabled={busy}
          onYes={onTake}
        />
        <Button type="button" outline onClick={() => keep(true)}>
          Keep version {version}
        </Button>
      </div>
    </div>
  );
}
