"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import type { AlertForReview } from "../../lib/alerts/data";
import { describeWhere, type FindingGroup } from "../../lib/alerts/findings";
import { formatMore, nameChanged } from "../../lib/alerts/since-sent";
import { formatDigits } from "../../lib/directory/schema";
import { useTimeZone } from "../layout/providers";
import { formatSeconds } from "../ui/time";

export interface AlertStatus {
  state: string;
  version: number;
  updatedAt: number;
  updatedBy: string;
  contentHash: string | null;
  /** Who returned it last, and why, if that is how it stands. */
  returned: { by: string; reason: string } | null;
}

/** What happened to the alert while this page was open, to whoever reads it. */
function describeMove({ state, updatedBy, returned }: AlertStatus, mayApprove: boolean): string {
  if (state === "published" || state === "approved") {
    return mayApprove
      ? `${updatedBy} approved it before you. It went out once.`
      : `${updatedBy} approved it. It is published.`;
  }
  if (state === "submitted") return `${updatedBy} sent a new version. The text on this page is out of date.`;
  if (returned) return `${returned.by} returned it to the author: “${returned.reason}”`;
  if (state === "rejected") return `${updatedBy} rejected it. Nothing goes out.`;
  if (state === "discarded") return `${updatedBy} discarded the draft. Nothing goes out.`;
  return `${updatedBy} took it back to change it. It is no longer with the approver.`;
}

export function MovedNotice({
  alertId,
  status,
  mayApprove,
  onShow,
}: {
  alertId: string;
  status: AlertStatus;
  mayApprove: boolean;
  onShow: () => void;
}) {
  const timeZone = useTimeZone();
  return (
    <div className="box" role="alert">
      <p>
        <strong>{describeMove(status, mayApprove)}</strong> {formatSeconds(status.updatedAt, timeZone)}.
      </p>
      <Link className="usa-button usa-button--outline" href={`/alerts/${alertId}/review`} onClick={onShow}>
        Show the current version
      </Link>
    </div>
  );
}

const CHANGED_PLACES = 12;
/** So many are said whole; of the others how many there are. */
const CHANGES_SHOWN = 10;

/** What changed under an alert while it waited, so that nobody confirms what can't be approved, with the way back. */
export function ChangedNotice({
  since,
  blocking,
  children,
}: {
  since: AlertForReview["sinceSent"];
  /** What holds its approval up as things are now. */
  blocking: readonly FindingGroup[];
  children: React.ReactNode;
}) {
  const changes = since?.changes ?? [];
  return (
    <div className="box" id="changed">
      <h2>This alert can’t be approved as it was sent</h2>
      {since?.code === "earlier-version" ? (
        <p>It was sent before Callbox was updated. It has to be sent again.</p>
      ) : (
        <p>What it is made of changed since. It has to be sent again with what is so now.</p>
      )}
      <ul>
        {changes.slice(0, CHANGES_SHOWN).map(({ places, what }) => (
          <li key={what}>
            {places.length > 0 && <strong>{nameChanged(places, CHANGED_PLACES)}: </strong>}
            {what}
          </li>
        ))}
        {changes.length > CHANGES_SHOWN && <li>and {formatMore(changes.length - CHANGES_SHOWN)}</li>}
        {blocking.map((group) => (
          <li key={group.rule}>
            <strong>{group.says}</strong> {describeWhere(group)}.
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}

/** The return in one press: the author reads what changed as its reason. */
export function ReturnChanged({ author, busy, onReturn }: { author: string; busy: boolean; onReturn: () => void }) {
  return (
    <p className="row">
      <Button type="button" disabled={busy} onClick={onReturn}>
        Return it to {author}
      </Button>
      <span className="hint">{author} reads what changed as your reason.</span>
    </p>
  );
}

/** Why this person cannot approve, and who can. */
export function OwnWorkNotice({ alert }: { alert: AlertForReview }) {
  const timeZone = useTimeZone();
  return (
    <div className="box" id="yours">
      <h2>You can’t approve this alert because you worked on it</h2>
      <ul>
        {alert.contributors.map((person) => (
          <li key={person.personId}>
            {person.name} {person.what}, {formatSeconds(person.at, timeZone)}
          </li>
        ))}
      </ul>
      <p>
        {alert.approvers.length === 0
          ? "Nobody else here can approve it. Ask your administrator to name an approver."
          : "Who can approve it: "}
        {alert.approvers.map(({ name, phone }, index) => (
          <span key={name}>
            {index > 0 && ", "}
            {name}
            {phone && (
              <>
                , <span className="number">{formatDigits(phone)}</span>
              </>
            )}
          </span>
        ))}
      </p>
    </div>
  );
}

const TIES_SHOWN = 10;

/** Numbers that only this person's own work stands behind. */
export function TiesNotice({ ties, forbid }: { ties: AlertForReview["ties"]; forbid: boolean }) {
  return (
    <div className="box" id="ties">
      <h2>
        {forbid
          ? "You can’t approve this alert: only your own work stands behind a number in it"
          : "Some of these numbers rest on your own work"}
      </h2>
      <ul>
        {ties.slice(0, TIES_SHOWN).map(({ place, e164, how }) => (
          <li key={`${place}-${how}`}>
            {place}, <span className="number">{formatDigits(e164)}</span>:{" "}
            {how === "only-call"
              ? "you made the only test call that keeps it verified"
              : "you changed this place’s numbers in the last 30 days"}
          </li>
        ))}
        {ties.length > TIES_SHOWN && <li>and {ties.length - TIES_SHOWN} more</li>}
      </ul>
      <p>{forbid ? "Ask another approver." : "Have someone else call them, or ask another approver."}</p>
    </div>
  );
}
