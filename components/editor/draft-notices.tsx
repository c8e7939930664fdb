"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { Names } from "../../lib/alerts/history/differing-decisions";
import { type BroadcastPlan, nameListed, type PhonePlan } from "../../lib/alerts/plan";
import { type AlertContent, alertStatusSchema } from "../../lib/alerts/schema";
import { formatNumber } from "../../lib/directory/schema";
import { describeChanges } from "../../lib/alerts/since-sent";
import { formatCounty } from "../../lib/places/county-kinds";
import { useTimeZone } from "../layout/providers";
import { Comments } from "../review/comments";
import { CopyNotice } from "../ui/copy-notice";
import { ErrorSummary, type FormProblem } from "../ui/error-summary";
import { pollOptions } from "../ui/poll";
import { formatSeconds } from "../ui/time";
import { CollisionNotice } from "./collision";
import type { ComposerProps } from "./composer";
import type { ComposerChange } from "./composer-state";
import { FollowUpNotice } from "./follow-up-notice";
import { whereNow } from "./moved-on";
import { NewerWording } from "./newer-wording";
import { BACKUPS, type useAutosave } from "./use-autosave";
import type { Checked } from "./use-checked";

type Alert = ComposerProps["alert"];

/** What this device kept of an earlier visit and the server does not have; null when there is nothing. */
function useBackup(alert: Alert) {
  const [backup, setBackup] = useState<ReturnType<typeof BACKUPS.read>>(null);
  useEffect(() => {
    const found = BACKUPS.read(alert.id);
    if (found && JSON.stringify(found.content) !== JSON.stringify(alert.content)) setBackup(found);
    else if (found) BACKUPS.drop(alert.id);
  }, [alert.id, alert.content]);
  return [backup, () => setBackup(null)] as const;
}

/** Everything an author has to know before going on: refusals, what changed meanwhile, what was kept. */
export function DraftNotices({
  alert,
  comment,
  title,
  content,
  plans,
  checked,
  readOnly,
  autosave,
  problem,
  refreshing,
  onRefresh,
  dispatch,
}: Pick<ComposerProps, "alert" | "comment"> & {
  title: string;
  content: AlertContent;
  plans: readonly (PhonePlan | BroadcastPlan)[];
  checked: Checked | null;
  readOnly: boolean;
  autosave: ReturnType<typeof useAutosave>;
  problem: FormProblem | null;
  refreshing: boolean;
  /** `newest`: with the version of the wording that is in use now. */
  onRefresh: (version: number, newest: boolean) => void;
  dispatch: (change: ComposerChange) => void;
}) {
  const timeZone = useTimeZone();
  const [backup, forgetBackup] = useBackup(alert);
  const { version, updatedAt, updatedBy, state } = alert;
  const status = useQuery(
    pollOptions(["alert", alert.id], `/api/alerts/${alert.id}`, alertStatusSchema, {
      state,
      version,
      updatedAt,
      updatedBy,
      contentHash: null,
    }),
  );
  const [asked, now] = [status.isFetchedAfterMount, status.data.state];
  const router = useRouter();
  useEffect(() => {
    const path = asked ? whereNow(alert.id, state, now) : null;
    if (path) router.replace(path);
    // The first answer alone: who writes when a colleague sends it stays with what was typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener("pageshow", shown);
    return () => window.removeEventListener("pageshow", shown);
  }, []);
  const outdated = checked?.problems.some(({ rule }) => rule === "INC-001" || rule === "INC-003") ?? false;
  const bringUpToDate = async (newest: boolean) => {
    if (await autosave.flush()) onRefresh(autosave.version(), newest);
  };
  return (
    <>
      <ErrorSummary problem={problem} />
      {alert.forbidden && (
        <div className="quote reason">
          <strong>You can save this draft, but it can’t be sent.</strong> {alert.forbidden}
        </div>
      )}
      {alert.sinceSent && (
        <div className="box">
          <p>
            <strong>The approver can’t approve this as it was sent.</strong> {describeChanges(alert.sinceSent)}{" "}
            {readOnly ? (
              "It has to be sent again."
            ) : (
              <>
                <Link href={`/alerts/${alert.id}/review`}>Take it back</Link>, then send it again.
              </>
            )}
          </p>
        </div>
      )}
      <FollowUpNotice facts={alert.facts} content={content} plans={plans} readOnly={readOnly} dispatch={dispatch} />
      {outdated && !readOnly && (
        <div className="box" role="alert">
          <p>
            <strong>The incident was changed after this draft was made.</strong> Its places and the wording for what
            fails can be taken over. What you wrote stays in the history.
          </p>
          <Button type="button" outline disabled={refreshing} onClick={() => void bringUpToDate(false)}>
            Bring the draft up to date
          </Button>
        </div>
      )}
      {!readOnly && state === "draft" && (
        <NewerWording wording={alert.wording} busy={refreshing} onTake={() => void bringUpToDate(true)} />
      )}
      {alert.returned && alert.state === "draft" && (
        <div className="quote reason">
          <strong>
            {alert.returned.by} returned it for changes, {formatSeconds(alert.returned.at, timeZone)}:
          </strong>{" "}
          “{alert.returned.reason}”
        </div>
      )}
      {alert.comments.list.length > 0 && <Comments alertId={alert.id} comments={alert.comments} comment={comment} />}
      {backup && (
        <CopyNotice
          at={backup.at}
          older={backup.version < version}
          onUse={() => {
            // What is taken over is on screen, and kept from there on: the earlier copy is not offered again.
            BACKUPS.drop(alert.id);
            dispatch({ type: "content", title: backup.title, content: backup.content });
            forgetBackup();
          }}
          onDrop={() => {
            BACKUPS.drop(alert.id);
            forgetBackup();
          }}
        />
      )}
      {status.data.version > autosave.version() && autosave.state.kind === "saved" && (
        <NewerNotice by={status.data.updatedBy} at={status.data.updatedAt} />
      )}
      {autosave.state.kind === "collision" && (
        <CollisionNotice
          theirs={autosave.state.theirs}
          mine={{ title, content }}
          names={namesIn(alert.facts.places, plans)}
          onKeepTheirs={(theirs) => {
            dispatch({ type: "replaced", title: theirs.title, content: theirs.content });
            autosave.keepTheirs(theirs, { title, content });
          }}
          onKeepMine={(theirs) => autosave.keepMine(theirs.version, { title, content })}
        />
      )}
    </>
  );
}

/** Names of whatever can have wording of its own, and the numbers that can be decided on. */
function namesIn(places: Alert["facts"]["places"], plans: readonly (PhonePlan | BroadcastPlan)[]): Names {
  const names = new Map([
    ...plans.map(({ id, name }) => [id, name] as const),
    ...places.flatMap(({ counties }) => counties.map((county) => [county.id, formatCounty(county)] as const)),
    ...places.map((place) => [place.id, nameListed(place)] as const),
    ...places.flatMap(({ numbers }) => numbers.map((number) => [number.id, formatNumber(number)] as const)),
  ]);
  return { place: (id) => names.get(id) ?? id, number: (id) => names.get(id) ?? "a number" };
}

/** Someone else saved the alert that is open here. */
function NewerNotice({ by, at }: { by: string; at: number }) {
  const timeZone = useTimeZone();
  return (
    <div className="box" role="status">
      <p>
        <strong>{by} changed this alert</strong> at {formatSeconds(at, timeZone)}.
      </p>
      <Button type="button" outline onClick={() => window.location.reload()}>
        Show the new version
      </Button>
    </div>
  );
}
