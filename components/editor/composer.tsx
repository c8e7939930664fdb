"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { longestTimeSlots, timeSlots } from "../../lib/alerts/clock-words";
import { buildBundle, byCounty, choosePlaces, countySlots, placeSlots, wordingFor } from "../../lib/alerts/content";
import type { AlertForEdit } from "../../lib/alerts/data";
import { findProblems, type FindingGroup, isBlocking } from "../../lib/alerts/findings";
import { renderLongest } from "../../lib/alerts/render";
import type { AlertContent } from "../../lib/alerts/schema";
import type { NumberChoice } from "../../lib/directory/selection";
import type { Action } from "../../lib/platform/result";
import { valuesOf } from "../../lib/standards/cap/model";
import { isCountyText, type Language, LANGUAGES, TEXT_KEYS, TEXT_LABELS, type TextKey } from "../../lib/wording/schema";
import { slotsOf } from "../../lib/wording/slots";
import { useTimeZone } from "../layout/providers";
import { PreviewPane } from "../preview/preview-pane";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { pollOptions } from "../ui/poll";
import { State } from "../ui/state";
import { saySeconds, sayTowns } from "../ui/time";
import { useAction } from "../ui/use-action";
import { ProblemList } from "./problem-list";
import { type PlanRow, RegionList } from "./region-list";
import { type Longest, TextBlock } from "./text-block";
import type { SaveAction } from "./save-queue";
import { dropKept, readKept, useAutosave } from "./use-autosave";

type Filter = "all" | "blocked" | "places" | "alternate" | "override" | "apart";
const FILTERS: Record<Filter, string> = {
  all: "All",
  blocked: "Block sending",
  places: "No number",
  alternate: "On an alternate",
  override: "On an override",
  apart: "Edited apart",
};
const fits = (row: PlanRow, filter: Filter) =>
  filter === "all" || (filter === "apart" ? row.apart : row.selection.outcome === filter);

const statusSchema = z.object({
  state: z.string(),
  version: z.number(),
  updatedAt: z.number(),
  updatedBy: z.string(),
  contentHash: z.string().nullable(),
});

interface Checked {
  problems: FindingGroup[];
  longest: Partial<Record<`${Language}.${TextKey}`, Longest>>;
}

function longestTexts(bundle: ReturnType<typeof buildBundle>, now: number): Checked["longest"] {
  const longest: Checked["longest"] = {};
  for (const message of bundle.messages) {
    for (const info of renderLongest(bundle, message, now).info) {
      const county = message.audience === "broadcasters";
      const texts: [TextKey, string | undefined][] = [
        [county ? "countyShort" : "short", valuesOf(info.parameter, "CMAMtext")[0]],
        [county ? "countyLong" : "long", valuesOf(info.parameter, "CMAMlongtext")[0]],
        [county ? "countyHeadline" : "headline", info.headline],
        [county ? "countyDescription" : "description", info.description],
        [county ? "countyInstruction" : "instruction", info.instruction],
      ];
      for (const [key, text] of texts) {
        const at = `${info.language as Language}.${key}` as const;
        const length = text?.length ?? 0;
        if (length > (longest[at]?.length ?? -1)) longest[at] = { length, place: message.place };
      }
    }
  }
  return longest;
}

/** How long typing must pause before all messages are checked again. */
const PAUSE_MS = 150;

/** Checks all messages a moment after the last change, so that typing never waits for it. */
function useChecked(alert: AlertForEdit, content: AlertContent, now: number): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  const first = useRef(true);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        const bundle = buildBundle(alert.facts, content, now);
        setChecked({
          problems: findProblems(bundle, { facts: alert.facts, content, now }),
          longest: longestTexts(bundle, now),
        });
        first.current = false;
      },
      first.current ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [alert.facts, content, now]);
  return checked;
}

export interface ComposerProps {
  alert: AlertForEdit;
  now: number;
  save: SaveAction;
  submit: Action<{ id: string; version: number }, { contentHash: string }>;
  discard: Action<{ id: string }, null>;
}

export function Composer({ alert, now, save, submit, discard }: ComposerProps) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { facts } = alert;
  const [title, setTitle] = useState(alert.title);
  const [content, setContent] = useState(alert.content);
  const [selected, setSelected] = useState(
    () => [...facts.places].sort((left, right) => right.population - left.population)[0]!.id,
  );
  const [apartScope, setApartScope] = useState(false);
  const [filter, setFilter] = useState<Filter>("all");
  const [find, setFind] = useState("");
  const [kept, setKept] = useState<ReturnType<typeof readKept>>(null);
  const autosave = useAutosave(alert.id, alert.version, alert.updatedAt, save);
  const sending = useAction(submit, () => router.push(`/alerts/${alert.id}/review`));
  const discarding = useAction(discard, () => router.push("/alerts"));
  const checked = useChecked(alert, content, now);
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

  useEffect(() => {
    const found = readKept(alert.id);
    if (found && found.version === alert.version && JSON.stringify(found.content) !== JSON.stringify(alert.content)) {
      setKept(found);
    } else if (found) {
      dropKept(alert.id);
    }
  }, [alert.id, alert.version, alert.content]);

  const change = (next: AlertContent, nextTitle = title) => {
    setContent(next);
    setTitle(nextTitle);
    autosave.change({ title: nextTitle, content: next });
  };

  const chosen = useMemo(() => choosePlaces(facts, content, now), [facts, content, now]);
  const rows: PlanRow[] = chosen.map(({ place, selection }) => ({
    id: place.id,
    name: place.name,
    selection,
    apart: content.apart[place.id] !== undefined,
  }));
  const needle = find.trim().toLowerCase();
  const shown = rows
    .filter((row) => fits(row, filter))
    .filter(
      (row) =>
        needle === "" ||
        row.name.toLowerCase().includes(needle) ||
        (row.selection.number?.e164 ?? "").includes(needle.replace(/\D/g, "") || "x"),
    )
    .sort((left, right) => left.name.localeCompare(right.name));
  const current = chosen.find(({ place }) => place.id === selected) ?? chosen[0]!;
  const county = byCounty(chosen).find((group) => group[0]!.place.countyId === current.place.countyId)!;
  // The preview is of one county only, so it is made at every keystroke.
  const focus = useMemo(
    () => buildBundle(facts, { ...content, regionIds: county.map(({ place }) => place.id) }, now),
    [facts, content, county, now],
  );
  const blocking = checked?.problems.filter(isBlocking) ?? [];
  const newer = status.data.version > autosave.version() && autosave.state.kind === "saved";
  const submitted = alert.state === "submitted";

  const setText = (language: Language, key: TextKey, wording: string) => {
    if (apartScope) {
      const owner = isCountyText(key) ? current.place.countyId : current.place.id;
      const own = content.apart[owner] ?? {};
      change({
        ...content,
        apart: { ...content.apart, [owner]: { ...own, [language]: { ...own[language], [key]: wording } } },
      });
    } else {
      const variant = isCountyText(key) || current.selection.number ? "number" : "places";
      const texts = structuredClone(content.texts);
      texts[language][key][variant] = wording;
      change({ ...content, texts });
    }
  };
  const decide = (regionId: string, choice: NumberChoice | null) => {
    const numbers = { ...content.numbers };
    if (choice) numbers[regionId] = choice;
    else delete numbers[regionId];
    change({ ...content, numbers });
  };
  const dropApart = () => {
    const apart = { ...content.apart };
    delete apart[current.place.id];
    delete apart[current.place.countyId];
    change({ ...content, apart });
    setApartScope(false);
  };
  const send = async () => {
    if (await autosave.flush()) sending.run({ id: alert.id, version: autosave.version() });
  };
  const sendLabel =
    facts.kind === "cancel" ? `Send the cancellation to the approver` : `Send ${sayTowns(rows.length)} to the approver`;

  return (
    <>
      <div className="wrap">
        <div className="spread">
          <div>
            <label className="visually-hidden" htmlFor="alert-title">
              Title of the alert
            </label>
            <input
              id="alert-title"
              className="usa-input"
              value={title}
              maxLength={120}
              readOnly={readOnly}
              onChange={(event) => change(content, event.target.value)}
            />
            <p className="row hint">
              {submitted ? <State shape="half">With approver</State> : <State shape="circle">Draft</State>}
              <span>{sayTowns(rows.length)}, English and Spanish</span>
              <SaveLine state={autosave.state} timeZone={timeZone} />
            </p>
          </div>
          <div className="stack">
            <div className="row">
              {!readOnly && (
                <Button
                  type="button"
                  disabled={checked === null || blocking.length > 0 || sending.busy || submitted}
                  onClick={() => void send()}
                  aria-describedby="send-why"
                >
                  {sending.busy ? "Sending" : sendLabel}
                </Button>
              )}
              {!readOnly && !submitted && (
                <AskedButton
                  label="Discard the draft"
                  question="Discard what was written?"
                  yes="Discard it"
                  no="Keep it"
                  disabled={discarding.busy}
                  onYes={() => discarding.run({ id: alert.id })}
                />
              )}
            </div>
            <p className="why-not" id="send-why">
              {readOnly
                ? "You read along; a drafter of this agency writes."
                : submitted
                  ? "It is with the approver. Changing it takes it back and voids what was reviewed."
                  : checked === null
                    ? `Checking ${rows.length} texts against the rules.`
                    : blocking.length > 0
                      ? `${describeBlocking(blocking)} Fix what stands under “Before it can go”.`
                      : "Every rule that must be kept is kept. A second official reads it next."}
            </p>
          </div>
        </div>
        <ErrorSummary problem={sending.problem ?? discarding.problem} />
        {alert.returned && alert.state === "draft" && (
          <div className="quote reason">
            <strong>
              {alert.returned.by} returned it, {saySeconds(alert.returned.at, timeZone)}:
            </strong>{" "}
            “{alert.returned.reason}”
          </div>
        )}
        {kept && (
          <div className="box" role="alert">
            <p>
              <strong>This browser kept text from {saySeconds(kept.at, timeZone)} that was not saved.</strong>
            </p>
            <div className="row">
              <Button
                type="button"
                onClick={() => {
                  change(kept.content, kept.title);
                  setKept(null);
                }}
              >
                Use what I wrote
              </Button>
              <Button
                type="button"
                outline
                onClick={() => {
                  dropKept(alert.id);
                  setKept(null);
                }}
              >
                Keep the saved text
              </Button>
            </div>
          </div>
        )}
        {newer && (
          <div className="box" role="status">
            <p>
              <strong>{status.data.updatedBy} changed this alert</strong> at{" "}
              {saySeconds(status.data.updatedAt, timeZone)}.
            </p>
            <Button type="button" outline onClick={() => window.location.reload()}>
              Show the newer one
            </Button>
          </div>
        )}
        {autosave.state.kind === "collision" && (
          <CollisionBox
            theirs={autosave.state.theirs}
            mine={content}
            onKeepTheirs={(theirs) => {
              setContent(theirs.content);
              setTitle(theirs.title);
              autosave.resolve(theirs.version, null);
            }}
            onKeepMine={(theirs) => autosave.resolve(theirs.version, { title, content })}
          />
        )}
      </div>
      <div className="composer">
        <section className="plan" aria-labelledby="plan-heading">
          <h2 id="plan-heading">Plan: {sayTowns(rows.length)}</h2>
          {(Object.keys(FILTERS) as Filter[])
            .map((name) => ({ name, count: rows.filter((row) => fits(row, name)).length }))
            .filter(({ name, count }) => name === "all" || count > 0)
            .map(({ name, count }) => (
              <button
                key={name}
                type="button"
                className="plan-filter"
                aria-pressed={filter === name}
                onClick={() => setFilter(name)}
              >
                <span>{FILTERS[name]}</span>
                <span className="tabular">{count}</span>
              </button>
            ))}
          <label className="usa-label" htmlFor="plan-find">
            Find a town or a number
          </label>
          <input
            id="plan-find"
            className="usa-input"
            type="search"
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
          <RegionList
            rows={shown}
            selected={selected}
            onSelect={(id) => {
              setSelected(id);
              setApartScope(content.apart[id] !== undefined);
            }}
          />
        </section>
        <section aria-label="Texts">
          <div className="rule">
            <h2>Before it can go</h2>
          </div>
          <ProblemList
            problems={checked?.problems ?? null}
            places={facts.places}
            choices={content.numbers}
            readOnly={readOnly}
            onDecide={decide}
            onSelect={setSelected}
          />
          <div className="rule">
            <h2>Texts</h2>
            <Parity content={content} />
          </div>
          <div className="row">
            <span>You are writing for</span>
            <div className="segmented" role="group" aria-label="You are writing for">
              <button type="button" aria-pressed={!apartScope} onClick={() => setApartScope(false)}>
                all {sayTowns(rows.length)}
              </button>
              <button type="button" aria-pressed={apartScope} onClick={() => setApartScope(true)}>
                {current.place.name} alone
              </button>
            </div>
            {content.apart[current.place.id] && !readOnly && (
              <Button type="button" unstyled onClick={dropApart}>
                Give {current.place.name} the common wording again
              </Button>
            )}
          </div>
          <p className="hint">
            Shown with the values of {current.place.name}. Words in braces come from the directory, the incident or the
            clock; they are filled in for each town. Counters count the longest the times can read.{" "}
            {current.selection.why}
          </p>
          <Validity content={content} readOnly={readOnly} onChange={change} />
          {TEXT_KEYS.map((key) => (
            <div key={key}>
              <h3>
                {isCountyText(key)
                  ? `${TEXT_LABELS[key].label}, ${current.place.countyName} County`
                  : TEXT_LABELS[key].label}{" "}
                <span className="hint">{TEXT_LABELS[key].hint}</span>
              </h3>
              <div className="texts">
                {LANGUAGES.map((language) => {
                  const base = isCountyText(key)
                    ? countySlots(facts, county, language)
                    : placeSlots(facts, current.place, current.selection, language);
                  const times = timeSlots(language, {
                    sent: now,
                    beganAt: facts.incident.beganAt,
                    validMinutes: content.validMinutes,
                    nextUpdateMinutes: content.nextUpdateMinutes,
                    timeZone,
                  });
                  return (
                    <TextBlock
                      key={language}
                      textKey={key}
                      language={language}
                      wording={
                        isCountyText(key)
                          ? wordingFor(content, language, key, current.place.countyId, true)
                          : wordingFor(content, language, key, current.place.id, current.selection.number !== undefined)
                      }
                      values={{ ...base, ...times }}
                      longestValues={{ ...base, ...longestTimeSlots(language) }}
                      longest={checked?.longest[`${language}.${key}`]}
                      readOnly={readOnly}
                      onChange={(wording) => setText(language, key, wording)}
                    />
                  );
                })}
              </div>
            </div>
          ))}
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

function describeBlocking(groups: readonly FindingGroup[]): string {
  const towns = groups.find(({ rule }) => rule === "DIR-001")?.places.length ?? 0;
  const rules = groups.filter(({ rule }) => rule !== "DIR-001").length;
  const parts = [
    towns > 0 ? `${sayTowns(towns)} ${towns === 1 ? "blocks" : "block"} it` : "",
    rules > 0 ? `${rules} ${rules === 1 ? "rule is" : "rules are"} not kept` : "",
  ].filter(Boolean);
  return `${parts.join("; ")}.`;
}

function SaveLine({ state, timeZone }: { state: ReturnType<typeof useAutosave>["state"]; timeZone: string }) {
  return (
    <span role="status">
      {state.kind === "saved" && (
        <State shape="tick" tone="good">
          Saved {saySeconds(state.at, timeZone)}
        </State>
      )}
      {(state.kind === "waiting" || state.kind === "saving") && <State shape="dots">Saving</State>}
      {state.kind === "kept-here" && (
        <State shape="triangle" tone="bad">
          Not saved: {state.message}
        </State>
      )}
      {state.kind === "collision" && (
        <State shape="triangle" tone="bad">
          Not saved: somebody else saved first
        </State>
      )}
    </span>
  );
}

/** One line: do both languages use the same slots? */
function Parity({ content }: { content: AlertContent }) {
  const differs = TEXT_KEYS.filter((key) => {
    // A desk is named in English only; its name is not translated.
    const slots = (language: Language) =>
      slotsOf(content.texts[language][key].number).filter((slot) => !["desk", "hours", "place"].includes(slot));
    return slots("en-US").join() !== slots("es-US").join();
  });
  return (
    <span className="hint">
      Same facts in both languages:{" "}
      {differs.length === 0 ? (
        <State shape="tick" tone="good">
          yes
        </State>
      ) : (
        <State shape="triangle" tone="bad">
          {differs.map((key) => TEXT_LABELS[key].label).join(", ")}
        </State>
      )}
    </span>
  );
}

const VALIDITY = [60, 120, 180, 240, 360, 720, 1440];
const UPDATES = [30, 60, 120, 240];
const sayLength = (minutes: number) =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? "hour" : "hours"}` : `${minutes} minutes`;

function Validity({
  content,
  readOnly,
  onChange,
}: {
  content: AlertContent;
  readOnly: boolean;
  onChange: (content: AlertContent) => void;
}) {
  return (
    <div className="row">
      <MinutesSelect
        id="valid-minutes"
        label="Valid from publication"
        usual={VALIDITY}
        value={content.validMinutes}
        readOnly={readOnly}
        onChange={(validMinutes) => onChange({ ...content, validMinutes })}
      />
      <MinutesSelect
        id="update-minutes"
        label="Next update promised within"
        usual={UPDATES}
        value={content.nextUpdateMinutes}
        readOnly={readOnly}
        onChange={(nextUpdateMinutes) => onChange({ ...content, nextUpdateMinutes })}
      />
    </div>
  );
}

function MinutesSelect({
  id,
  label,
  usual,
  value,
  readOnly,
  onChange,
}: {
  id: string;
  label: string;
  usual: readonly number[];
  value: number;
  readOnly: boolean;
  onChange: (minutes: number) => void;
}) {
  const options = [...new Set([...usual, value])].sort((left, right) => left - right);
  return (
    <div>
      <label className="usa-label" htmlFor={id}>
        {label}
      </label>
      <select
        className="usa-select"
        id={id}
        disabled={readOnly}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {options.map((minutes) => (
          <option key={minutes} value={minutes}>
            {sayLength(minutes)}
          </option>
        ))}
      </select>
    </div>
  );
}

type Theirs = Extract<ReturnType<typeof useAutosave>["state"], { kind: "collision" }>["theirs"];

function CollisionBox({
  theirs,
  mine,
  onKeepTheirs,
  onKeepMine,
}: {
  theirs: Theirs;
  mine: AlertContent;
  onKeepTheirs: (theirs: Theirs) => void;
  onKeepMine: (theirs: Theirs) => void;
}) {
  const differing = LANGUAGES.flatMap((language) =>
    TEXT_KEYS.filter((key) => mine.texts[language][key].number !== theirs.content.texts[language][key].number).map(
      (key) => ({
        language,
        key,
      }),
    ),
  );
  return (
    <div className="box" role="alert">
      <h2>{theirs.by} saved this alert while you were writing</h2>
      <p>Nothing is lost: both stay in the history. Choose which one goes on.</p>
      {differing.slice(0, 3).map(({ language, key }) => (
        <div className="texts-received" key={`${language}-${key}`}>
          <div className="received">
            <strong>{theirs.by}</strong>
            <br />
            {theirs.content.texts[language][key].number}
          </div>
          <div className="received">
            <strong>You</strong>
            <br />
            {mine.texts[language][key].number}
          </div>
        </div>
      ))}
      <p className="row">
        <Button type="button" outline onClick={() => onKeepTheirs(theirs)}>
          Keep theirs
        </Button>
        <Button type="button" outline onClick={() => onKeepMine(theirs)}>
          Keep mine
        </Button>
      </p>
    </div>
  );
}
