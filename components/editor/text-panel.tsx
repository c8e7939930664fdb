"use client";

import { Button } from "@trussworks/react-uswds";
import { useCallback, useMemo } from "react";
import { longestTimeSlots, timeSlots } from "../../lib/alerts/clock-words";
import { audienceOf, languagesOf, slotsFor, wordingFor, wordingOwner } from "../../lib/alerts/content";
import type { AlertFacts } from "../../lib/alerts/facts";
import { type BroadcastPlan, type Chosen, homeCounty, type PhonePlan } from "../../lib/alerts/plan";
import { formatCounty } from "../../lib/places/county-kinds";
import type { AlertContent } from "../../lib/alerts/schema";
import type { LanguageWords } from "../../lib/wording/languages";
import { COMPARED, compareWordings } from "../../lib/wording/parity";
import { type Audience, isForCounties, TEXTS, type TextSpec } from "../../lib/wording/texts";
import { State } from "../ui/state";
import { formatPlaces } from "../ui/time";
import type { ComposerChange } from "./composer-state";
import { TextBlock } from "./text-block";
import { type Checked, textKey } from "./use-checked";
import { Validity } from "./validity";

interface Props {
  facts: AlertFacts;
  content: AlertContent;
  current: Chosen;
  chosen: readonly Chosen[];
  /** The message for phones that covers the chosen place, and the one of its county for broadcasters. */
  phones: PhonePlan;
  broadcast: BroadcastPlan;
  custom: boolean;
  checked: Checked | null;
  readOnly: boolean;
  now: number;
  dispatch: (change: ComposerChange) => void;
}

function SameFacts({ content, languages }: { content: AlertContent; languages: readonly LanguageWords[] }) {
  const differing = useMemo(
    () =>
      compareWordings(
        content.texts,
        languages.map(({ code }) => code),
      ),
    [content.texts, languages],
  );
  return (
    <span className="hint">
      Compared by program in every language: slots, {Object.values(COMPARED).join(", ")}.{" "}
      {differing.length === 0 ? (
        <State shape="tick" tone="good">
          Same in all
        </State>
      ) : (
        <State shape="triangle" tone="bad">
          Different: {differing.map(({ label, facts }) => `${label} (${facts.join(", ")})`).join("; ")}
        </State>
      )}
    </span>
  );
}

/** For whom the texts on screen are written, in words that are true. */
function describeReaders(audience: Audience, chosen: readonly Chosen[]): string {
  const count = (withNumber: boolean) =>
    chosen.filter(({ selection }) => (selection.number !== undefined) === withNumber).length;
  if (chosen.length === 1) return formatPlaces(1);
  if (isForCounties(audience)) return `all ${formatPlaces(chosen.length)}`;
  if (audience === "restored") {
    const restored = chosen.filter(({ restoredAt }) => restoredAt !== undefined).length;
    return `${restored === chosen.length ? "all " : ""}${formatPlaces(restored)} where 911 works again`;
  }
  const readers = count(audience === "place");
  if (readers === chosen.length) return `all ${formatPlaces(readers)}`;
  return `${formatPlaces(readers)} ${audience === "place" ? "with" : "without"} a number`;
}

/** The texts of the chosen place and its county, every language side by side. */
export function TextPanel({
  facts,
  content,
  current,
  chosen,
  phones,
  broadcast,
  custom,
  checked,
  readOnly,
  now,
  dispatch,
}: Props) {
  const audience = audienceOf(phones);
  const languages = languagesOf(facts, content);
  const single = phones.chosen.length === 1;
  const place = current.place;
  const countyAudience = audienceOf(broadcast);
  const specs = TEXTS.filter((spec) => spec.audience === countyAudience || spec.audience === audience);
  const planOf = (spec: TextSpec) => (isForCounties(spec.audience) ? broadcast : phones);
  const values = useMemo(() => {
    const times = {
      sent: now,
      beganAt: facts.incident.beganAt,
      validMinutes: content.validMinutes,
      nextUpdateMinutes: content.nextUpdateMinutes,
      timeZone: facts.timeZone,
      restoredAt: current.restoredAt,
    };
    return new Map(
      [phones, broadcast].flatMap((plan) =>
        facts.languages.map((words) => {
          const base = slotsFor(facts, content, plan, words);
          return [
            `${plan.audience}.${words.code}`,
            {
              now: { ...base, ...timeSlots(words.code, times) },
              longest: { ...base, ...longestTimeSlots(words.code) },
            },
          ] as const;
        }),
      ),
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [facts, phones, broadcast, content.wrong, content.validMinutes, content.nextUpdateMinutes, now]);
  const [phonesId, countyId] = [wordingOwner(phones), wordingOwner(broadcast)];
  const write = useCallback(
    (spec: TextSpec, language: string, wording: string) =>
      dispatch({
        type: "text",
        owner: isForCounties(spec.audience) ? countyId : phonesId,
        language,
        audience: spec.audience,
        part: spec.part,
        wording,
      }),
    [dispatch, phonesId, countyId],
  );
  return (
    <>
      <div className="rule">
        <h2>Texts</h2>
        <SameFacts content={content} languages={facts.languages} />
      </div>
      <div className="row">
        <span>You are writing for</span>
        <div className="segmented" role="group" aria-label="You are writing for">
          <button type="button" aria-pressed={!custom} onClick={() => dispatch({ type: "scope", custom: false })}>
            {describeReaders(audience, chosen)}
          </button>
          {single && (
            <button type="button" aria-pressed={custom} onClick={() => dispatch({ type: "scope", custom: true })}>
              {place.name} only
            </button>
          )}
        </div>
        {content.customWording[phones.id] && !readOnly && (
          <Button
            type="button"
            unstyled
            onClick={() => dispatch({ type: "drop-custom", owners: [phonesId, countyId, broadcast.id] })}
          >
            Use the common wording for {place.name}
          </Button>
        )}
      </div>
      <p className="hint">
        Shown with the values of {place.name}. Words in braces come from the directory, the incident, or the clock. Each
        counter uses the longest possible times. {current.selection.why}
      </p>
      <Validity content={content} readOnly={readOnly} dispatch={dispatch} />
      {specs.map((spec) => (
        <div key={`${spec.audience}-${spec.part}`}>
          <h3>
            {isForCounties(spec.audience) ? `${spec.label}, ${formatCounty(homeCounty(place))}` : spec.label}{" "}
            <span className="hint">{spec.hint}</span>
          </h3>
          <div className="texts">
            {languages.map((words) => {
              const plan = planOf(spec);
              const slots = values.get(`${plan.audience}.${words.code}`);
              return (
                slots && (
                  <TextBlock
                    key={words.code}
                    spec={spec}
                    language={words}
                    wording={wordingFor(content, words.code, spec.audience, spec.part, plan)}
                    values={slots.now}
                    longestValues={slots.longest}
                    longest={checked?.longest[textKey(words.code, spec.audience, spec.part)]}
                    readOnly={readOnly}
                    onChange={write}
                  />
                )
              );
            })}
          </div>
        </div>
      ))}
    </>
  );
}
