"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { z } from "zod";
import { languagesOf } from "../../lib/alerts/choose-wording";
import type { AlertForEdit } from "../../lib/alerts/data";
import { type FindingPlace, isBlocking } from "../../lib/alerts/findings";
import { type BroadcastPlan, homeCounty, nameListed, type PhonePlan } from "../../lib/alerts/plan";
import { formatNumber, type recordTestCallSchema } from "../../lib/directory/schema";
import type { Action } from "../../lib/platform/result";
import { PreviewPane } from "../preview/preview-pane";
import { type CommentAction, Comments } from "../review/comments";
import { Announcer, useSay } from "../ui/announcer";
import { AskedButton } from "../ui/asked-button";
import { useAction } from "../ui/use-action";
import { useOnline } from "../ui/use-online";
import { findSwaps } from "./changed-numbers";
import { countDropped } from "./composer-state";
import { DraftHead, SendButtons } from "./draft-head";
import { DraftNotices } from "./draft-notices";
import { fieldOf } from "./finding-field";
import { type Pane, PaneSwitch } from "./panes";
import { PlacePanel } from "./place-panel";
import { PlacePicker } from "./place-picker";
import { ProblemList } from "./problem-list";
import type { SaveAction } from "./save-queue";
import { SaveStrip } from "./save-strip";
import { countBlocking, describeSending } from "./send-state";
import { SwapNotice } from "./swap-notice";
import { TextPanel } from "./text-panel";
import { useComposerKeys } from "./use-composer-keys";
import { usePresence, WhoIsHere } from "./who-is-here";
import { useDraft, usePreview } from "./use-draft";
import { useFieldFocus } from "./use-field-focus";
import { useOverlaps } from "./use-overlaps";

export interface ComposerProps {
  alert: AlertForEdit;
  /** An earlier version to go on from, in place of the newest. */
  earlier: { version: number; content: AlertForEdit["content"] } | null;
  now: number;
  save: SaveAction;
  submit: Action<{ id: string; version: number }, { contentHash: string }>;
  discard: Action<{ id: string }, null>;
  /** Takes places out into a draft of their own. */
  split: Action<{ id: string; version: number; placeIds: string[] }, { restId: string; version: number }>;
  /** Brings places and wording up to date with the incident, or with the newest version of the wording. */
  refresh: Action<{ id: string; version: number; newest?: boolean }, { version: number }>;
  comment: CommentAction;
  recordCall: Action<z.input<typeof recordTestCallSchema>, { validDays: number }>;
}

/** Where an alert is written: its places, its texts, what is wrong with them, and how they will be received. */
export function Composer(props: ComposerProps) {
  return (
    <Announcer>
      <Desk {...props} />
    </Announcer>
  );
}

function Desk(props: ComposerProps) {
  const { alert, now, submit, discard, split, refresh, recordCall } = props;
  const router = useRouter();
  const online = useOnline();
  const say = useSay();
  const { facts } = alert;
  const draft = useDraft(props);
  const { state, dispatch, autosave, checked, chosen, plans } = draft;
  const overlapping = useOverlaps(facts.places);
  const { title, content } = state;
  const { placeIds, grouping, numbers } = content;
  const [pane, setPane] = useState<Pane>("fix");
  const focusField = useFieldFocus();
  const sending = useAction(submit, () => router.push(`/alerts/${alert.id}/review`));
  const cutting = useAction(split, ({ version }) => sending.run({ id: alert.id, version }));
  const refreshing = useAction(refresh, () => window.location.reload());
  const discarding = useAction(discard, () => router.push("/alerts"));
  const readOnly = !alert.mayEdit;
  const submitted = alert.state === "submitted";
  const current = chosen.find(({ place }) => place.id === state.selected) ?? chosen[0];
  const county = current && homeCounty(current.place).id;
  const preview = usePreview(props, draft, county);
  const blockedIds = useMemo(
    () => new Set(chosen.flatMap(({ place, selection }) => (selection.outcome === "blocked" ? [place.id] : []))),
    [chosen],
  );
  const verdict = describeSending({
    readOnly,
    submitted,
    online,
    problems: checked?.problems ?? null,
    places: chosen.length,
    blocked: blockedIds.size,
  });
  const send = async () => {
    if (verdict.may && !sending.busy && (await autosave.flush()))
      sending.run({ id: alert.id, version: autosave.version() });
  };
  useComposerKeys({
    pane: setPane,
    send: () => {
      if (verdict.may) return void send();
      // What can be sent alone has its own button; otherwise the first thing to fix.
      say(verdict.says);
      const next = [".send-head button:enabled", ".foot-bar button:enabled", ".fix button:enabled"]
        .flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)])
        .find((button) => button.offsetParent !== null);
      next?.focus();
    },
    undo: () => dispatch({ type: "undo" }),
    redo: () => dispatch({ type: "redo" }),
  });
  const select = useCallback((placeId: string) => dispatch({ type: "select", placeId }), [dispatch]);
  const presence = usePresence(alert.id, now);
  const swaps = useMemo(
    () => findSwaps(facts, content, chosen, presence.changed, now),
    // Only a decision or a report changes what is given out.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [facts, chosen, presence.changed, now],
  );
  const { earlier } = props;
  useEffect(() => {
    if (!earlier || readOnly) return;
    dispatch({ type: "content", title: alert.title, content: earlier.content });
    say(`Version ${earlier.version} is here again. Undo takes it back.`);
    // Said once: reloading the page must not do it again.
    window.history.replaceState(null, "", window.location.pathname);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const { returned } = state;
  useEffect(() => {
    if (returned?.what) focusField(`#${CSS.escape(returned.what)}`);
  }, [returned, focusField]);
  const phones = plans.find(
    (plan): plan is PhonePlan => plan.audience === "phones" && plan.chosen.some((one) => one === current),
  );
  // Stations of a county where 911 fails keep what they have, so a border notice may have no message for them.
  const broadcast =
    plans.find((plan): plan is BroadcastPlan => plan.audience === "broadcasters" && plan.id === county) ?? null;
  const discardButton = !readOnly && !submitted && (
    <AskedButton
      label="Discard draft"
      question="Discard this draft?"
      yes="Discard"
      no="Keep it"
      disabled={discarding.busy}
      onYes={() => discarding.run({ id: alert.id })}
    />
  );
  if (!current || !phones) {
    return (
      <div className="wrap stack">
        <h2>{title}</h2>
        <p>None of its places belongs to this alert any more. Discard it, and begin again from the outage.</p>
        {discarding.problem && <p className="usa-error-message">{discarding.problem.message}</p>}
        {discardButton}
      </div>
    );
  }
  // Places that hold the others up: their numbers were not verified, and nobody decided yet.
  const placed = new Set(placeIds);
  const held = (checked?.problems.find(({ rule }) => rule === "DIR-001")?.places ?? [])
    .map(({ placeId }) => placeId)
    .filter((placeId) => placed.has(placeId));
  const onlyHeld =
    grouping === "place" && checked?.problems.filter(isBlocking).every(({ rule }) => rule === "DIR-001") === true;
  const sendFinished = async () => {
    if (await autosave.flush())
      cutting.run({ id: alert.id, version: autosave.version(), placeIds: [...new Set(held)] });
  };
  const show = ({ placeId, path }: FindingPlace) => {
    const near = facts.places.find(({ id }) => id === placeId);
    const place = near ?? facts.places.find(({ counties }) => counties.some(({ id }) => id === placeId));
    if (place) dispatch({ type: "select", placeId: place.id });
    const field = fieldOf(
      path,
      languagesOf(facts, content).map(({ code }) => code),
    );
    setPane(field ? "texts" : "places");
    focusField(
      field ? `[data-text="${near ? "place" : "county"}.${field.part}.${field.language}"]` : '.plan [role="listbox"]',
    );
  };
  const sendProps = {
    readOnly,
    submitted,
    cancellation: facts.purpose === "cancellation",
    busy: sending.busy || cutting.busy,
    ...verdict,
    finished:
      online && onlyHeld && held.length > 0 && held.length < placeIds.length ? placeIds.length - held.length : 0,
    onSend: () => void send(),
    onSendFinished: () => void sendFinished(),
  };
  return (
    <>
      <div className="wrap">
        <DraftHead
          title={title}
          towns={chosen.length}
          languages={languagesOf(facts, content).map(({ name }) => name)}
          sending={sendProps}
          onTitle={(next) => dispatch({ type: "title", title: next, at: Date.now() })}
        />
        <DraftNotices
          {...props}
          title={title}
          content={content}
          plans={plans}
          checked={checked}
          readOnly={readOnly}
          autosave={autosave}
          problem={sending.problem ?? cutting.problem ?? refreshing.problem ?? discarding.problem}
          refreshing={refreshing.busy}
          onRefresh={(version, newest) => refreshing.run({ id: alert.id, version, newest })}
          dispatch={dispatch}
        />
      </div>
      <SaveStrip
        state={autosave.state}
        undoable={state.past.length > 0}
        redoable={state.future.length > 0}
        readOnly={readOnly}
        onUndo={() => dispatch({ type: "undo" })}
        onRedo={() => dispatch({ type: "redo" })}
      >
        <WhoIsHere others={presence.others} />
      </SaveStrip>
      <PaneSwitch
        pane={pane}
        toFix={checked ? countBlocking(checked.problems, blockedIds.size) : null}
        onPane={setPane}
      />
      <div className="composer" data-pane={pane}>
        <PlacePanel
          chosen={chosen}
          edited={draft.edited}
          grouping={grouping}
          filter={state.filter}
          find={state.find}
          selected={current.place.id}
          purpose={facts.purpose}
          plans={plans}
          covering={facts.covering}
          overlapping={overlapping}
          incident={facts.incident}
          words={facts.languages[0]}
          dropped={countDropped(state)}
          readOnly={readOnly}
          dispatch={dispatch}
        />
        <section className="fix" data-pane-name="fix" aria-labelledby="fix-heading" tabIndex={-1}>
          <div className="rule">
            <h2 id="fix-heading">Before you send it</h2>
          </div>
          {!readOnly && <SwapNotice swaps={swaps} onSwap={() => router.refresh()} />}
          <ProblemList
            problems={checked?.problems ?? null}
            places={facts.places}
            blockedIds={blockedIds}
            restoredIds={new Set(content.restoredIds)}
            wrong={content.wrong ? formatNumber(content.wrong) : null}
            choices={numbers}
            readOnly={readOnly}
            now={now}
            recordCall={recordCall}
            onDecide={(placeId, choice) => dispatch({ type: "number", placeId, choice })}
            onShow={show}
          />
        </section>
        <section className="texts-pane" data-pane-name="texts" aria-label="Texts">
          <PlacePicker chosen={chosen} selected={current.place.id} onSelect={select} />
          <TextPanel
            facts={facts}
            content={content}
            bundle={preview.bundle}
            opened={draft.opened}
            current={current}
            plans={plans}
            phones={phones}
            broadcast={broadcast}
            custom={state.customScope}
            edited={draft.edited}
            checked={checked}
            readOnly={readOnly}
            now={now}
            dispatch={dispatch}
          />
        </section>
        <section className="preview" data-pane-name="preview" aria-label="Preview">
          <div className="sticky">
            <h2 className="visually-hidden">Preview for {nameListed(current.place)}</h2>
            <PreviewPane
              bundle={preview.bundle}
              before={preview.before}
              place={current.place}
              outage={{
                failure: facts.incident.failure,
                textsWork: facts.incident.textTo911 === "works" && content.wordedFor?.textTo911 === "works",
              }}
              now={now}
            />
          </div>
        </section>
      </div>
      <p className="visually-hidden" data-ready={checked ? "yes" : "no"}>
        {checked ? "All texts are checked." : ""}
      </p>
      <div className="wrap composer-foot row">
        <Link href={`/alerts/${alert.id}/history`}>History of this alert</Link>
        {discardButton}
        {alert.comments.list.length === 0 && (
          <Comments alertId={alert.id} comments={alert.comments} comment={props.comment} />
        )}
      </div>
      <div className="foot-bar">
        <SendButtons sending={sendProps} where="foot" />
      </div>
    </>
  );
}
