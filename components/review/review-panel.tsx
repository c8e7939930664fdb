"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { z } from "zod";
import type { Bundle } from "../../lib/alerts/bundle";
import { requiredConfirmations } from "../../lib/alerts/confirmations";
import type { AlertForReview } from "../../lib/alerts/data";
import { describeWhere, type FindingGroup, isBlocking, isForReview } from "../../lib/alerts/findings";
import { describeChanges } from "../../lib/alerts/since-sent";
import { alertStatusSchema, type decisionSchema, type emergencySchema, MOST_OF_REASON } from "../../lib/alerts/schema";
import { FIRST_LANGUAGE } from "../../lib/platform/language";
import type { Action } from "../../lib/platform/result";
import type { ProofWays } from "../auth/use-proof";
import { useTimeZone } from "../layout/providers";
import { pollOptions } from "../ui/poll";
import { State } from "../ui/state";
import { formatDuration, formatSeconds, formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";
import { type CommentAction, Comments } from "./comments";
import { Confirm } from "./confirm";
import { Consequence } from "./consequence";
import { Destinations } from "./destinations";
import { DecisionBox } from "./decision-box";
import { EmergencyBox } from "./emergency-box";
import { ChangesSince } from "./changes-since";
import { NumbersReview } from "./numbers-review";
import { RestoredReview } from "./restored-review";
import { ChangedNotice, MovedNotice, OwnWorkNotice, ReturnChanged, TiesNotice } from "./review-notices";
import { ReviewRail } from "./review-rail";
import { groupMessages, missingConfirmations } from "./review-state";
import { TextsReceived } from "./texts-received";
import { WithdrawForm } from "./withdraw-form";

const statusSchema = alertStatusSchema.extend({
  returned: z.object({ by: z.string(), reason: z.string() }).nullable(),
});

export interface ReviewPanelProps {
  alert: AlertForReview & { bundle: Bundle; contentHash: string };
  problems: readonly FindingGroup[];
  now: number;
  ways: ProofWays;
  decide: Action<z.input<typeof decisionSchema>, { state: string; messages: number }>;
  withdraw: Action<{ id: string; reason: string }, null>;
  askEmergency: Action<z.input<typeof emergencySchema>, { from: number }>;
  comment: CommentAction;
}

const WHAT: Readonly<Record<Bundle["purpose"], string>> = {
  outage: "",
  update: "the update ",
  correction: "the correction ",
  restoration: "the all-clear ",
  cancellation: "the cancellation ",
  border: "the border notice ",
};

function describeButton(mode: "live" | "exercise", purpose: Bundle["purpose"], towns: number): string {
  if (mode === "exercise") return `Exercise: publish to ${formatPlaces(towns)}, to nobody outside`;
  return `Publish ${WHAT[purpose]}to ${formatPlaces(towns)}`;
}

/** Why it goes back without a word of the approver: what changed under it, and what holds it up now. */
function describeReturn(since: AlertForReview["sinceSent"], blocking: readonly FindingGroup[]): string {
  const said = [
    ...(since ? [describeChanges(since)] : []),
    ...blocking.map((group) => `${group.says} ${describeWhere(group)}.`),
  ];
  return said.join(" ").slice(0, MOST_OF_REASON);
}

/** Review: consequence first, numbers with questions next, texts as received, then the decision. */
export function ReviewPanel({ alert, problems, now, ways, decide, withdraw, askEmergency, comment }: ReviewPanelProps) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { bundle } = alert;
  const { mode } = alert.facts.incident;
  const groups = useMemo(() => groupMessages(bundle, alert.evidence), [bundle, alert.evidence]);
  const { phones, people, restored } = groups;
  // Confirmations of parts that did not change since this person returned it stand.
  const [ticks, setTicks] = useState<Record<string, number>>(() =>
    Object.fromEntries((alert.secondReading?.standing ?? []).map((name) => [name, alert.secondReading?.at ?? now])),
  );
  const [shownTown, setShownTown] = useState(
    [...phones].sort((left, right) => right.population - left.population)[0]?.placeId ?? "",
  );
  const [decided, setDecided] = useState(false);
  const { run, busy, problem } = useAction(
    async (input: z.input<typeof decisionSchema>) => {
      const result = await decide(input);
      // What changed while the page was open stands at its top then, and is not asked for again.
      if (!result.ok) router.refresh();
      return result;
    },
    (value) => {
      setDecided(true);
      router.push(value.state === "published" ? `/alerts/${alert.id}` : "/alerts");
      router.refresh();
    },
  );
  const status = useQuery(
    // A key of its own: what another page asked about an earlier version says nothing about this one.
    pollOptions(["alert", alert.id, "review", alert.contentHash], `/api/alerts/${alert.id}`, statusSchema, {
      state: alert.state,
      version: alert.version,
      updatedAt: now,
      updatedBy: "",
      contentHash: alert.contentHash,
      returned: null,
    }),
  );
  // The poll may know of this person's own decision before its answer is here; nobody else moved the alert then.
  const moved =
    !busy && !decided && (status.data.state !== alert.state || status.data.contentHash !== alert.contentHash);
  const blocking = problems.filter(isBlocking);
  const changed = alert.sinceSent !== null || blocking.length > 0;
  const allowed = alert.verdicts.approve.allowed && !(alert.tiesForbid && alert.ties.length > 0) && !changed;
  const mayRelease = alert.emergency.allowed && !changed;
  const author = alert.submittedBy ?? "the author";
  const required = requiredConfirmations(bundle);
  const missing = missingConfirmations(bundle, ticks);
  const tick = (name: string, ticked: boolean) =>
    setTicks(({ [name]: _, ...others }) => (ticked ? { ...others, [name]: Date.now() } : others));
  const confirm = (name: string, sentence: React.ReactNode) => (
    <Confirm name={name} confirmed={ticks[name]} disabled={!allowed && !mayRelease} onChange={tick}>
      {sentence}
    </Confirm>
  );
  const lastReturn = alert.decisions.find(({ decision }) => decision === "return");
  return (
    <div className="columns">
      <div>
        {moved && (
          <MovedNotice alertId={alert.id} status={status.data} mayApprove={allowed} onShow={() => router.refresh()} />
        )}
        {changed && (
          <ChangedNotice since={alert.sinceSent} blocking={blocking}>
            {alert.verdicts.return.allowed && (
              <ReturnChanged
                author={author}
                busy={busy}
                onReturn={() =>
                  run({
                    id: alert.id,
                    contentHash: alert.contentHash,
                    decision: "return",
                    reason: describeReturn(alert.sinceSent, blocking),
                    confirmations: [],
                  })
                }
              />
            )}
            {alert.mayWithdraw && <WithdrawForm id={alert.id} withdraw={withdraw} />}
          </ChangedNotice>
        )}
        {alert.contributed && <OwnWorkNotice alert={alert} />}
        {alert.ties.length > 0 && <TiesNotice ties={alert.ties} forbid={alert.tiesForbid} />}
        {alert.forbidden && (
          <div className="quote reason">
            <strong>It can’t be published now.</strong> {alert.forbidden}
          </div>
        )}
        <Consequence bundle={bundle} groups={groups} />
        <Destinations agency={alert.facts.agency.name[FIRST_LANGUAGE] ?? ""} destinations={alert.destinations} />
        {lastReturn && (
          <div className="quote reason">
            <strong>
              {lastReturn.by} returned an earlier version, {formatSeconds(lastReturn.at, timeZone)}:
            </strong>{" "}
            “{lastReturn.reason}”
          </div>
        )}
        {alert.secondReading && <ChangesSince reading={alert.secondReading} />}
        {restored.length > 0 && (
          <RestoredReview
            places={restored}
            evidence={new Map(alert.facts.outage.map(({ placeId, evidence }) => [placeId, evidence ?? ""]))}
            confirm={confirm}
          />
        )}
        {phones.some(({ tells }) => tells === "outage") && (
          <NumbersReview groups={groups} evidence={alert.evidence} now={now} confirm={confirm} />
        )}
        <TextsReceived
          alert={alert}
          bundle={bundle}
          groups={groups}
          shownTown={shownTown}
          onShow={setShownTown}
          now={now}
        />
        <Comments alertId={alert.id} comments={alert.comments} comment={comment} />
        {confirm("texts", <>I have read the texts as people will receive them</>)}
        <PointsToReview problems={problems} />
        {confirm("judgement", <>This alert is intended, and it is right to send it now</>)}
        <div className="rule" id="decision">
          <h2 id="decision-heading">Your decision</h2>
        </div>
        {allowed || alert.verdicts.return.allowed ? (
          <DecisionBox
            mode={mode}
            publishLabel={describeButton(mode, bundle.purpose, phones.flatMap(({ placeIds }) => placeIds).length)}
            consequence={`${mode === "exercise" ? "Nobody outside the exercise reads it. In an outage it would go to" : "To"} ${people.replace(/^People/, "people")}. You and ${author} are responsible for it.`}
            missing={missing}
            changed={changed}
            author={author}
            busy={busy}
            problem={problem}
            ways={ways}
            onDecide={(input) =>
              run({
                id: alert.id,
                contentHash: alert.contentHash,
                confirmations: required.filter((name) => ticks[name] !== undefined),
                ...input,
              })
            }
          />
        ) : (
          <p>
            {alert.contributed
              ? "Another approver decides."
              : "You can read this review. An approver of this agency or of the state decides."}
          </p>
        )}
        {mayRelease && !allowed && (
          <EmergencyBox
            alert={alert}
            mode={mode}
            contentHash={alert.contentHash}
            missing={missing.length}
            now={now}
            busy={busy}
            problem={problem}
            ways={ways}
            ask={askEmergency}
            onRelease={(again) =>
              run({
                id: alert.id,
                decision: "approve",
                emergency: true,
                contentHash: alert.contentHash,
                confirmations: required.filter((name) => ticks[name] !== undefined),
                ...again,
              })
            }
          />
        )}
        {alert.mayWithdraw && !changed && <WithdrawForm id={alert.id} withdraw={withdraw} />}
      </div>
      <ReviewRail
        alert={alert}
        contentHash={alert.contentHash}
        missing={missing}
        required={required.length}
        allowed={allowed}
      />
    </div>
  );
}

const PLACES_NAMED = 4;

/** What rules leave to a person. */
function PointsToReview({ problems }: { problems: readonly FindingGroup[] }) {
  const points = problems.filter(isForReview);
  return (
    <>
      <div className="rule" id="judge">
        <h2>Points to review</h2>
      </div>
      {points.length === 0 && <p>None. Confirm that the alert as a whole is right.</p>}
      <ul>
        {points.map((group) => (
          <li key={group.rule}>
            <strong>{group.says}</strong>{" "}
            {group.places.length <= PLACES_NAMED
              ? group.places.map(({ place, message }) => `${place}: ${message}`).join(" ")
              : `${describeWhere(group)}.`}{" "}
            <span className="hint">{group.rule}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ReviewTitle({ alert, now }: { alert: AlertForReview; now: number }) {
  const timeZone = useTimeZone();
  return (
    <p className="row hint">
      <State shape="half">With the approver</State>
      <span>
        Version {alert.version}, sent by {alert.submittedBy}
        {alert.submittedAt !== null &&
          `, ${formatSeconds(alert.submittedAt, timeZone)}, ${formatDuration(now - alert.submittedAt)} ago`}
      </span>
    </p>
  );
}
