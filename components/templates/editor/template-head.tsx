"use client";

import { Button } from "@trussworks/react-uswds";
import { State } from "../../ui/state";

/** The name of the template, how its draft stands, and the way to the approver. */
export function TemplateHead({
  name,
  basedOn,
  changes,
  busy,
  may,
  says,
  onName,
  onSend,
}: {
  name: string;
  /** The version that is in use. */
  basedOn: number;
  changes: number;
  busy: boolean;
  may: boolean;
  /** Why it can't be sent, or that it can. */
  says: string;
  onName: (name: string) => void;
  onSend: () => void;
}) {
  return (
    <div className="draft-head">
      <div>
        <label className="visually-hidden" htmlFor="template-name">
          Name of the template
        </label>
        <input
          id="template-name"
          className="title-input"
          value={name}
          maxLength={120}
          onChange={(event) => onName(event.target.value)}
        />
        <p className="row hint">
          <State shape="circle">Draft</State>
          <span>
            {changes === 0
              ? `Reads like version ${basedOn}, which is in use`
              : `${changes} ${changes === 1 ? "wording differs" : "wordings differ"} from version ${basedOn}, which is in use`}
          </span>
        </p>
      </div>
      <div className="send">
        <div className="row">
          <Button type="button" disabled={!may || busy} onClick={onSend} aria-describedby="send-why">
            {busy ? "Sending" : "Send for approval"}
          </Button>
        </div>
        <p className="why-not" id="send-why">
          {says}
        </p>
      </div>
    </div>
  );
}
