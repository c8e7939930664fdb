"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { z } from "zod";
import { buildBundle, isOnlyShortened, languagesOf } from "../../lib/alerts/content";
import type { AlertForEdit } from "../../lib/alerts/data";
import { isBlocking } from "../../lib/alerts/findings";
import { choosePlaces, homeCounty, planMessages } from "../../lib/alerts/plan";
import { formatNumber, type recordTestCallSchema } from "../../lib/directory/schema";
import type { NumberChoice } from "../../lib/directory/selection";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { PreviewPane } from "../preview/preview-pane";
import { type CommentAction, Comments } from "../review/comments";
import { ErrorSummary } from "../ui/error-summary";
import { pollOptions } from "../ui/poll";
import { formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";
import { reduce } from "./composer-state";
import { DraftHead, SaveStrip } from "./draft-head";
import { BackupNotice, CollisionNotice, NewerNotice } from "./draft-notices";
import { FollowUpNotice } from "./follow-up-notice";
import { PlacePanel } from "./place-panel";
import { ProblemList } from "./problem-list";
import type { SaveAction } from "./save-queue";
import { TextPanel } from "./text-panel";
import { dropBackup, readBackup, useAutosave } from "./use-autosave";
import { useChecked } from "./use-checked";

const statusSchema = z.object({
  state: z.string(),
  version: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
  contentHash: z.string().nullable(),
});

export interface ComposerProps {
  alert: AlertForEdit;
  now: number;
  save: SaveAction;
  submit: Action<{ id: string; version: number }, { contentHash: string }>;
  discard: Action<{ id: string }, null>;
  /** Takes places out into a draft of their own. */
  split: Action<{ id: string; version: number; placeIds: string[] }, { restId: string; version: number }>;
  /** Brings places and wording up to date with the incident. */
  refresh: Action<{ id: string; version: number }, { version: number }>;
  comment: CommentAction;
  recordCall: Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;
}

/** Where an alert is written: its places, its texts, what is wrong with them, and how they will be received. */
export function Composer({ alert, now, save, submit, discard, split, refresh, recordCall, comment }: ComposerProps) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { facts } = alert;
  const [state, dispatch] = useReducer(reduce, null, () => ({
    title: alert.title,
    content: alert.content,
    edits: 0,
    selected: [...facts.places].sort((left, right) => right.population - left.population)[0]?.id ?? "",
    customScope: false,
    filter: "all" as const,
    find: "",
  }));
  const { title, content } = state;
  const autosave = useAutosave(alert.id, alert.version, alert.updatedAt, save);
  const { change: changed } = autosave;
  const saved = useRef(0);
  useEffect(() => {
    if (state.edits === saved.current) return;
    saved.current = state.edits;
    changed({ title, content });
  }, [state.edits, title, content, changed]);
  const [backup, setBackup] = useState<ReturnType<typeof readBackup>>(null);
  useEffect(() => {
    const found = readBackup(alert.id);
    if (found && found.version === alert.version && JSON.stringify(found.content) !== JSON.stringify(alert.content)) {
      setBackup(found);
    } else if (found) {
      dropBackup(alert.id);
    }
  }, [alert.id, alert.version, alert.content]);
  const sending = useAction(submit, () => router.push(`/alerts/${alert.id}/review`));
  const cutting = useAction(split, ({ version }) => sending.run({ id: alert.id, version }));
  const refreshing = useAction(refresh, () => window.location.reload());
  const discarding = useAction(discard, () => router.push("/alerts"));
  const checked = useChecked(facts, content, now);
  const readOnly = !alert.mayEdit;
  const status = useQuery(
    pollOptions(["alert", alert.id], `/api/alerts/${alert.id}`, statusSchema, {
      state: alert.state,
      version: alert.version,
      updatedAt: alert.updatedAt,
      updatedBy: alert.updatedBy,
      contentHash: null,
    }),
  );
  // What numbers are given depends on decisions only, so typing does not choose them again.
  const { placeIds, numbers, grouping, validMinutes, customWording } = content;
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const chosen = useMemo(() => choosePlaces(facts, content, now), [facts, placeIds, numbers, validMinutes, now]);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const plans = useMemo(() => planMessages(facts, content, chosen, now), [chosen, grouping]);
  const editedIds = Object.entries(customWording)
    .filter(([, own]) => !isOnlyShortened(content, own))
    .map(([id]) => id)
    .join(" ");
  const edited = useMemo(() => new Set(editedIds.split(" ")), [editedIds]);
  const current = chosen.find(({ place }) => place.id === state.selected) ?? chosen[0];
  const later = useDeferredValue(content);
  const county = current && homeCounty(current.place).id;
  // The preview is of one county only, and follows typing when there is time.
  const focus = useMemo(() => {
    const near = facts.places.filter((place) => place.counties.some(({ id }) => id === county)).map(({ id }) => id);
    const ids = later.grouping === "place" ? later.placeIds.filter((id) => near.includes(id)) : later.placeIds;
    return buildBundle(facts, { ...later, placeIds: ids }, now);
  }, [facts, later, county, now]);
  const phones = plans.find((plan) => plan.audience === "phones" && plan.chosen.some((one) => one === current));
  const broadcast = plans.find((plan) => plan.audience === "broadcasters" && plan.id === county);
  if (!current || phones?.audience !== "phones" || broadcast?.audience !== "broadcasters") {
    return <p className="wrap">This alert is for no place any more. Discard it and declare a new incident.</p>;
  }
  const submitted = alert.state === "submitted";
  const send = async () => {
    if (await autosave.flush()) sending.run({ id: alert.id, version: autosave.version() });
  };
  // Places that hold the others up: their numbers were not verified, and nobody decided yet.
  const held = (checked?.problems.find(({ rule }) => rule === "DIR-001")?.places ?? [])
    .map(({ placeId }) => placeId)
    .filter((placeId) => placeIds.includes(placeId));
  const restoredIds = new Set(content.restoredIds);
  const onlyHeld =
    grouping === "place" && checked?.problems.filter(isBlocking).every(({ rule }) => rule === "DIR-001") === true;
  const outdated = checked?.problems.some(({ rule }) => rule === "INC-001" || rule === "INC-003") ?? false;
  const sendFinished = async () => {
    if (await autosave.flush())
      cutting.run({ id: alert.id, version: autosave.version(), placeIds: [...new Set(held)] });
  };
  const bringUpToDate = async () => {
    if (await autosave.flush()) refreshing.run({ id: alert.id, version: autosave.version() });
  };
  const decide = (placeId: string, choice: NumberChoice | null) => dispatch({ type: "number", placeId, choice });
  return (
    <>
      <div className="wrap">
        <DraftHead
          title={title}
          towns={chosen.length}
          languages={languagesOf(facts, content).map(({ name }) => name)}
          submitted={submitted}
          readOnly={readOnly}
          cancellation={facts.purpose === "cancellation"}
          checked={checked}
          sending={sending.busy || cutting.busy}
          finished={onlyHeld && held.length > 0 && held.length < placeIds.length ? placeIds.length - held.length : 0}
          onSendFinished={() => void sendFinished()}
          discarding={discarding.busy}
          onTitle={(next) => dispatch({ type: "title", title: next })}
          onSend={() => void send()}
          onDiscard={() => discarding.run({ id: alert.id })}
        />
        <ErrorSummary problem={sending.problem ?? cutting.problem ?? refreshing.problem ?? discarding.problem} />
        <FollowUpNotice facts={facts} content={content} plans={plans} readOnly={readOnly} dispatch={dispatch} />
        {outdated && !readOnly && (
          <div className="box" role="alert">
            <p>
              <strong>The incident was changed after this draft was made.</strong> Its places and the wording for what
              fails can be taken over. What you wrote stays in the history.
            </p>
            <Button type="button" outline disabled={refreshing.busy} onClick={() => void bringUpToDate()}>
              Bring the draft up to date
            </Button>
          </div>
        )}
        {alert.returned && alert.state === "draft" && (
          <div className="quote reason">
            <strong>
              {alert.returned.by} returned it for changes, {formatSeconds(alert.returned.at, timeZone)}:
            </strong>{" "}
            “{alert.returned.reason}”
          </div>
        )}
        <Comments alertId={alert.id} comments={alert.comments} comment={comment} />
        {backup && (
          <BackupNotice
            at={backup.at}
            onUse={() => {
              dispatch({ type: "content", title: backup.title, content: backup.content });
              setBackup(null);
            }}
            onDrop={() => {
              dropBackup(alert.id);
              setBackup(null);
            }}
          />
        )}
        {status.data.version > autosave.version() && autosave.state.kind === "saved" && (
          <NewerNotice by={status.data.updatedBy} at={status.data.updatedAt} />
        )}
        {autosave.state.kind === "collision" && (
          <CollisionNotice
            theirs={autosave.state.theirs}
            mine={content}
            onKeepTheirs={(theirs) => {
              dispatch({ type: "replaced", title: theirs.title, content: theirs.content });
              autosave.resolve(theirs.version, null);
            }}
            onKeepMine={(theirs) => autosave.resolve(theirs.version, { title, content })}
          />
        )}
      </div>
      <SaveStrip state={autosave.state} />
      <div className="composer">
        <PlacePanel
          chosen={chosen}
          edited={edited}
          grouping={grouping}
          filter={state.filter}
          find={state.find}
          selected={current.place.id}
          purpose={facts.purpose}
          readOnly={readOnly}
          dispatch={dispatch}
        />
        <section aria-label="Texts">
          <div className="rule">
            <h2>Before you send it</h2>
          </div>
          <ProblemList
            problems={checked?.problems ?? null}
            places={facts.places}
            restoredIds={restoredIds}
            wrong={content.wrong ? formatNumber(content.wrong) : null}
            choices={numbers}
            readOnly={readOnly}
            now={now}
            recordCall={recordCall}
            onDecide={decide}
            onSelect={(placeId) => dispatch({ type: "select", placeId })}
          />
          <TextPanel
            facts={facts}
            content={content}
            current={current}
            chosen={chosen}
            phones={phones}
            broadcast={broadcast}
            custom={state.customScope}
            checked={checked}
            readOnly={readOnly}
            now={now}
            dispatch={dispatch}
          />
        </section>
        <section className="preview" aria-label="Preview">
          <div className="sticky">
            <h2 className="visually-hidden">Preview for {current.place.name}</h2>
            <PreviewPane bundle={focus} place={current.place} now={now} />
          </div>
        </section>
      </div>
      <p className="visually-hidden" data-ready={checked ? "yes" : "no"}>
        {checked ? "All texts are checked." : ""}
      </p>
      <div className="wrap page">
        <Link href={`/alerts/${alert.id}/history`}>History of this alert</Link>
      </div>
    </>
  );
}
