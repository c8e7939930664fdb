"use client";

import { useEffect, useMemo, useState } from "react";
import { longestTimeSlots, timeSlots } from "../../lib/alerts/clock-words";
import {
  heldWording,
  isOnlyShortened,
  isWordedFor,
  languagesOf,
  ownWording,
  roomOnAir,
  wordingOwner,
} from "../../lib/alerts/choose-wording";
import { audienceOf, nameStateOnce, slotsFor } from "../../lib/alerts/message-slots";
import type { Bundle } from "../../lib/alerts/bundle";
import type { AlertFacts } from "../../lib/alerts/facts";
import { type BroadcastPlan, type Chosen, homeCounty, nameListed, type PhonePlan } from "../../lib/alerts/plan";
import type { AlertContent } from "../../lib/alerts/schema";
import { formatCounty } from "../../lib/places/county-kinds";
import type { LanguageWords } from "../../lib/wording/languages";
import { fillText } from "../../lib/wording/slots";
import { partsOf, PART_SPECS, type TextSpec } from "../../lib/wording/texts";
import type { ComposerChange } from "./composer-state";
import { textKey } from "./longest-texts";
import { SameFacts } from "./same-facts";
import { TextBlock, type TextActs } from "./text-block";
import { groupTexts, isOfCounty, labelIn, type TextGroup } from "./text-groups";
import type { Checked } from "./use-checked";
import { Validity } from "./validity";
import { type OwnScope, WritingFor } from "./writing-for";

interface Props {
  facts: AlertFacts;
  content: AlertContent;
  /** The messages of the chosen place as they will be, a moment behind the typing. */
  bundle: Bundle | null;
  /** What it was when the page was opened. */
  opened: AlertContent;
  current: Chosen;
  plans: readonly (PhonePlan | BroadcastPlan)[];
  /** The message for phones that covers the chosen place, and the one of its county for broadcasters, if it gets one. */
  phones: PhonePlan;
  broadcast: BroadcastPlan | null;
  custom: boolean;
  /** Under what messages have wording that someone edited for them alone. */
  edited: ReadonlySet<string>;
  checked: Checked | null;
  readOnly: boolean;
  now: number;
  dispatch: (change: ComposerChange) => void;
}

/** Values of every slot, by message and language: now, and with the longest times. */
function useValues({ facts, content, phones, broadcast, current, now }: Props) {
  return useMemo(() => {
    const times = {
      sent: now,
      beganAt: facts.incident.beganAt,
      validMinutes: content.validMinutes,
      nextUpdateMinutes: content.nextUpdateMinutes,
      restoredAt: current.restoredAt,
    };
    // Whoever reads the message goes by the clock of its place, which may be another than the agency's.
    const zoneOf = (plan: PhonePlan | BroadcastPlan) => plan.chosen[0]?.place.timeZone ?? facts.timeZone;
    return new Map(
      [phones, ...(broadcast ? [broadcast] : [])].flatMap((plan) =>
        facts.languages.map((words) => {
          const base = slotsFor(facts, content, plan, words);
          return [
            `${plan.audience}.${words.code}`,
            {
              now: { ...base, ...timeSlots(words.code, { ...times, timeZone: zoneOf(plan) }) },
              longest: { ...base, ...longestTimeSlots(words.code) },
              finish: (text: string) => nameStateOnce(text, plan, base),
            },
          ] as const;
        }),
      ),
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [facts, phones, broadcast, content.wrong, content.validMinutes, content.nextUpdateMinutes, now]);
}

/** Under which messages the wording of a county is kept: none where it gets no message. */
const countyOwners = (broadcast: BroadcastPlan | null): string[] =>
  broadcast ? [wordingOwner(broadcast), broadcast.id] : [];

/** What the texts do that are kept under these messages, the same object while the same messages are on screen. */
function useActs(dispatch: Props["dispatch"], owner: string, before?: string): TextActs {
  return useMemo(
    () => ({
      write: ({ audience, part }, language, wording, step) =>
        dispatch({ type: "text", owner, language, audience, part, wording, step, at: Date.now() }),
      revert: ({ part }, language) =>
        dispatch({
          type: "drop-custom-text",
          owners: [owner, before].filter((id) => id !== undefined),
          language,
          part,
        }),
      undo: () => dispatch({ type: "undo" }),
      redo: () => dispatch({ type: "redo" }),
    }),
    [dispatch, owner, before],
  );
}

/** The chosen place and its county, where they have wording of their own to give up. */
function listOwnScopes({ content, phones, broadcast, dispatch }: Props): OwnScope[] {
  const drop = (owners: readonly string[]) => () => dispatch({ type: "drop-custom", owners });
  return [
    ...(ownWording(content, phones) ? [{ name: phones.name, drop: drop([wordingOwner(phones)]) }] : []),
    ...(broadcast && ownWording(content, broadcast)
      ? [{ name: `stations in ${formatCounty(broadcast.county)}`, drop: drop(countyOwners(broadcast)) }]
      : []),
  ];
}

/** The texts of the chosen place and its county, channel by channel, every language side by side. */
export function TextPanel(props: Props) {
  const { facts, content, current, phones, broadcast, plans, custom, edited, readOnly, dispatch } = props;
  const languages = languagesOf(facts, content);
  const values = useValues(props);
  const [countyId, plainId] = countyOwners(broadcast);
  const ofPhones = useActs(dispatch, wordingOwner(phones));
  // Without a message for its stations no text of a county is shown.
  const ofCounty = useActs(dispatch, countyId ?? wordingOwner(phones), plainId);
  const together = phones.chosen.length > 1 ? (phones.county ? formatCounty(phones.county) : phones.name) : "";
  const first = values.get(`phones.${languages[0]?.code}`);
  const doubled = `${first?.now.inCounty}, ${first?.now.state}`;
  const groups = useMemo(
    () => groupTexts(audienceOf(phones), broadcast && audienceOf(broadcast), facts.purpose),
    [phones, broadcast, facts.purpose],
  );
  return (
    <>
      <div className="rule">
        <h2>Texts</h2>
        <SameFacts content={content} languages={languages} checked={props.checked} />
      </div>
      <WritingFor
        plans={plans}
        edited={edited}
        phones={phones}
        current={current}
        custom={custom}
        county={broadcast && (custom || ownWording(content, broadcast)) ? formatCounty(broadcast.county) : null}
        own={readOnly ? [] : listOwnScopes(props)}
        onAudience={(placeId) => {
          dispatch({ type: "select", placeId });
          dispatch({ type: "scope", custom: false });
        }}
        onScope={(only) => dispatch({ type: "scope", custom: only })}
      />
      <Validity content={content} readOnly={readOnly} dispatch={dispatch} />
      <p className="hint">
        Shown with the values of {together || nameListed(current.place)}. <span className="slot">Marked</span> words
        can’t be typed over.{" "}
        {!together
          ? current.selection.why
          : first &&
            first.finish(doubled) !== doubled &&
            `${first.now.state} stands twice here. In what is sent it stands once.`}
      </p>
      <div className="texts languages" aria-hidden="true">
        {languages.map(({ code, name }) => (
          <strong key={code}>{name}</strong>
        ))}
      </div>
      {groups.map((group) => (
        <Channel
          key={group.id}
          group={group}
          readers={isOfCounty(group.id) ? formatCounty(homeCounty(current.place)) : together}
          render={(spec) =>
            languages.map((words) =>
              isOfCounty(group.id)
                ? broadcast && renderText(props, spec, words, values, broadcast, ofCounty)
                : renderText(props, spec, words, values, phones, ofPhones),
            )
          }
        />
      ))}
    </>
  );
}

function renderText(
  { facts, content, opened, bundle, current, checked, readOnly }: Props,
  spec: TextSpec,
  words: LanguageWords,
  values: ReturnType<typeof useValues>,
  plan: PhonePlan | BroadcastPlan,
  acts: TextActs,
) {
  const slots = values.get(`${plan.audience}.${words.code}`);
  if (!slots) return null;
  const message = bundle?.messages
    .find(({ audience, placeId }) => audience === plan.audience && placeId === plan.id)
    ?.texts.find(({ language }) => language === words.code);
  const common = partsOf(content.texts, words.code, spec.audience)?.[spec.part] ?? "";
  const whole = ownWording(content, plan);
  const own = whole?.[words.code]?.[spec.part];
  const openedText =
    (own === undefined ? undefined : ownWording(opened, plan)?.[words.code]?.[spec.part]) ??
    partsOf(opened.texts, words.code, spec.audience)?.[spec.part] ??
    "";
  return (
    <TextBlock
      key={words.code}
      spec={spec}
      language={words}
      // What is shown is what is sent here, whomever one is writing for.
      wording={own ?? common}
      common={own === undefined ? undefined : common}
      shortened={whole !== undefined && isOnlyShortened(content, whole)}
      instead={message?.shorter?.includes(spec.part) ? message.parts[spec.part] : undefined}
      opened={openedText}
      held={
        isWordedFor(content, facts.incident)
          ? heldWording(facts, content, words.code, spec.audience, spec.part)
          : undefined
      }
      place={plan.county ? formatCounty(plan.county) : plan.chosen.length > 1 ? plan.name : nameListed(current.place)}
      room={
        plan.audience === "broadcasters" && spec.part === "description" && message
          ? roomOnAir(facts, plan, words, fillText(message.parts.instruction, longestTimeSlots(words.code)))
          : undefined
      }
      values={slots.now}
      longestValues={slots.longest}
      finish={slots.finish}
      longest={checked?.longest[textKey(plan.audience, words.code, spec.audience, spec.part)]}
      readOnly={readOnly}
      acts={acts}
    />
  );
}

/** One column, as in the style sheet. */
const NARROW = "(max-width: 960px)";

/** The texts of one channel, which can be folded away. */
function Channel({
  group,
  readers,
  render,
}: {
  group: TextGroup;
  /** Whom its texts reach together; empty where it is the chosen place alone. */
  readers: string;
  render: (spec: TextSpec) => React.ReactNode;
}) {
  const [open, setOpen] = useState(group.open);
  useEffect(() => {
    // On a phone the texts for phones come first, and the others on demand.
    if (group.id !== "phone" && window.matchMedia(NARROW).matches) setOpen(false);
  }, [group.id]);
  return (
    <details className="channel" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>
          {group.heading}
          {readers && `, ${readers}`}
        </h3>
      </summary>
      {group.specs.map((spec) => (
        <div key={`${spec.audience}-${spec.part}`}>
          <h4>
            {labelIn(spec)}{" "}
            <span className="hint">
              {PART_SPECS[spec.part].limit !== undefined && `${PART_SPECS[spec.part].limit} characters. `}
              {spec.hint}
            </span>
          </h4>
          <div className="texts">{render(spec)}</div>
        </div>
      ))}
    </details>
  );
}
