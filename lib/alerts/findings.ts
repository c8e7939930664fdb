import { formatNumber } from "../directory/schema";
import type { PlaceFacts } from "../directory/place-facts";
import { formatPlaceCount } from "../places/place-count";
import { atOnce } from "../platform/slices";
import { MESSAGE_RULES } from "../standards/all-rules";
import type { CapAlert } from "../standards/cap/model";
import { SET_RULES } from "../standards/cap/set-rules";
import { checkDerived } from "../standards/derived";
import { applyRules, type Finding, isStopping, type Level } from "../standards/rule";
import { fillParts, fromCapInfo, isOutsideCap, PARTS } from "../wording/texts";
import { LANGUAGE_RULES, TEXT_RULES, type WrittenText } from "../wording/wording-rules";
import { type Bundle, type BundleMessage, outcomesOf } from "./bundle";
import { longestTimeSlots } from "./clock-words";
import { audienceOf, hoursIn, nameHeard, nameTogether } from "./message-slots";
import type { AlertFacts } from "./facts";
import { type BroadcastPlan, homeCounty, type PhonePlan, planAlert } from "./plan";
import { renderLongest } from "./renderers/cap-2";
import { ALERT_RULES, PLACE_RULES } from "./rules";
import type { AlertContent } from "./schema";

/** Everything the rule tables say about a bundle, grouped by rule, what blocks first. */

export interface FindingPlace {
  placeId: string;
  place: string;
  /** Of the message: a county can have one for phones and one for its stations. */
  audience: BundleMessage["audience"];
  path: string;
  message: string;
}

export interface FindingGroup {
  rule: string;
  level: Level;
  verdict: "fail" | "review";
  says: string;
  places: FindingPlace[];
}

const ORDER: Record<Level, number> = { must: 0, should: 1, advice: 2 };

interface Situation {
  facts: AlertFacts;
  content: AlertContent;
  /** Milliseconds since 1970; stands for the moment of sending. */
  now: number;
  /** What the bundle was made by, where whoever asks has it. */
  plans?: readonly (PhonePlan | BroadcastPlan)[];
}

const isDefined = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** Every text of a message as it reads at its longest, with what it must agree with. */
function writtenTexts(
  { status, wrong }: Bundle,
  message: BundleMessage,
  cap: CapAlert,
  { agency, incident, languages }: AlertFacts,
  covered: readonly PlaceFacts[],
  outage: ReadonlyMap<string, string>,
  noTesting: AlertContent["noTesting"],
): WrittenText[] {
  const [first] = covered;
  const only = covered.length === 1 ? first : undefined;
  const single = message.audience === "phones" ? only : undefined;
  const county = first && homeCounty(first).id === message.placeId ? homeCounty(first).name : undefined;
  const ofCounty = covered.flatMap(({ counties }) => counties).find(({ id }) => id === message.placeId);
  const name = single?.name ?? county ?? ofCounty?.name;
  const relayed = covered.some(({ helpOptions }) =>
    helpOptions.some(({ kind }) => kind === "relay-711" || kind === "tty"),
  );
  const heardIn = message.audience === "broadcasters" ? ofCounty : undefined;
  const stillOut = covered.filter(({ id }) => outage.get(id) !== "restored");
  const isTogether = message.audience === "phones" && covered.length > 1 && county === undefined;
  const common = {
    audience: message.audience,
    tells: message.tells,
    wrong: wrong ? formatNumber(wrong) : null,
    failure: incident.failure,
    status,
    place: name ?? message.place,
    // In a sentence a county stands with its kind in the language, so its bare name is looked for.
    placeShort: only?.unit === "county" ? homeCounty(only).name : (single?.shortName ?? name ?? message.place),
    stateName: first?.stateName ?? "",
    stateCode: first?.stateCode ?? "",
    senders: [...Object.values(agency.name), ...Object.values(agency.shortName)],
    numbers: message.numbers.map(formatNumber),
    codes: relayed ? ["711"] : [],
    covers: covered.length,
  };
  const inLanguage = (language: string) => ({
    ...common,
    language,
    // In an exercise the word for it stands in the place of the sender's short name.
    senders:
      status === "Exercise"
        ? [...common.senders, `${languages.find(({ code }) => code === language)?.exercise} ${common.stateCode}`]
        : common.senders,
    lexicon: languages.find(({ code }) => code === language)?.lexicon,
    noTesting: noTesting[language] ?? [],
    // Several places in one message are named by themselves, by their counties or by their state.
    others: languages
      .filter(({ code }) => code === language)
      .flatMap((words) =>
        isTogether
          ? [nameTogether(covered, words, false), nameTogether(covered, words, true)]
          : heardIn
            ? [covered, stillOut].flatMap((told) => nameHeard(heardIn, told, words) ?? [])
            : [],
      ),
  });
  const texts: WrittenText[] = [];
  for (const info of cap.info) {
    const parts = fromCapInfo(info);
    const language = info.language ?? "";
    const ofLanguage = inLanguage(language);
    for (const part of PARTS) if (!isOutsideCap(part)) texts.push({ part, text: parts[part] ?? "", ...ofLanguage });
  }
  // Posts and scripts are in the bundle alone; a draft from before there were any has none.
  for (const { language, parts } of message.texts) {
    const read = fillParts(parts, longestTimeSlots(language));
    for (const part of PARTS)
      if (isOutsideCap(part) && read[part] !== "") texts.push({ part, text: read[part], ...inLanguage(language) });
  }
  return texts;
}

/** Texts without when numbers are answered: each language writes hours of the week its own way. */
function withoutHours(
  texts: readonly WrittenText[],
  covered: readonly PlaceFacts[],
  languages: AlertFacts["languages"],
): { language: string; part: WrittenText["part"]; text: string }[] {
  const numbers = covered.flatMap(({ numbers: own, fallbacks }) => [
    ...own,
    ...fallbacks.flatMap((larger) => larger.numbers),
  ]);
  const hours = new Map(
    languages.map((words) => [
      words.code,
      [...new Set(numbers.flatMap((number) => hoursIn(number, words) ?? []))].filter((said) => /\d/.test(said)),
    ]),
  );
  return texts.map(({ language, part, text }) => ({
    language,
    part,
    text: (hours.get(language) ?? []).reduce((rest, said) => rest.replaceAll(said, ""), text),
  }));
}

/** Names that no language translates: of the place, and of its state. */
const namesOf = (covered: readonly PlaceFacts[]): string[] => {
  const [only, ...others] = covered;
  if (!only) return [];
  return others.length === 0 && only.unit !== "county" ? [only.name, only.stateName] : [only.stateName];
};

/** Findings of every message, grouped by rule: what blocks first, then what a person judges, then advice. */
export function findProblems(bundle: Bundle, situation: Situation): FindingGroup[] {
  return atOnce(problemSteps(bundle, situation));
}

/** The same, a message at a time, for a server that has others to answer. */
export function* problemSteps(
  bundle: Bundle,
  { facts, content, now, plans }: Situation,
): Generator<void, FindingGroup[]> {
  const groups = new Map<string, FindingGroup>();
  const note = (
    { rule, level, verdict, says, path, message }: Finding,
    { audience }: BundleMessage,
    { placeId, place }: Pick<BundleMessage, "placeId" | "place">,
  ) => {
    let group = groups.get(rule);
    if (!group) groups.set(rule, (group = { rule, level, verdict, says, places: [] }));
    group.places.push({ placeId, place, audience, path, message });
  };
  const places = new Map(facts.places.map((place) => [place.id, place]));
  const outage = new Map(facts.outage.map(({ placeId, state }) => [placeId, state]));
  // A bundle does not say which texts of the registry its messages are made of: the plan does.
  const audiences = new Map(
    Object.keys(facts.held).length === 0
      ? []
      : (plans ?? planAlert(facts, content, now)).map((plan) => [`${plan.audience} ${plan.id}`, audienceOf(plan)]),
  );
  const written: CapAlert[] = [];
  for (const message of bundle.messages) {
    const covered = message.placeIds.map((id) => places.get(id)).filter(isDefined);
    const cap = renderLongest(bundle, message, now);
    written.push(cap);
    const texts = writtenTexts(bundle, message, cap, facts, covered, outage, content.noTesting);
    const situation = {
      bundle,
      message,
      content,
      places: covered,
      languages: facts.languages,
      incident: facts.incident,
      outage,
      inForce: facts.inForce,
      covering: facts.covering,
      held: facts.held,
      texts: audiences.get(`${message.audience} ${message.placeId}`),
    };
    for (const outcome of message.audience === "phones" && message.tells === "outage" ? outcomesOf(message) : []) {
      const place = places.get(outcome.placeId);
      const own = { bundle, outcome, places: place ? [place] : covered, textTo911: facts.incident.textTo911 };
      for (const finding of applyRules(PLACE_RULES, own, undefined)) note(finding, message, outcome);
    }
    for (const finding of [
      ...applyRules(ALERT_RULES, situation, undefined),
      ...applyRules(MESSAGE_RULES, cap, { meant: bundle.status }),
      ...checkDerived(cap),
      ...texts.flatMap((text) => applyRules(TEXT_RULES, text, undefined)),
      ...applyRules(
        LANGUAGE_RULES,
        { place: message.place, names: namesOf(covered), texts: withoutHours(texts, covered, facts.languages) },
        undefined,
      ),
    ]) {
      note(finding, message, message);
    }
    yield;
  }
  for (const finding of applyRules(SET_RULES, written, undefined)) {
    const message = bundle.messages[Number(/^\[(\d+)\]/.exec(finding.path)?.[1])];
    if (message) note(finding, message, message);
  }
  const rank = (group: FindingGroup) => (group.verdict === "review" ? 0.5 : ORDER[group.level]);
  return [...groups.values()].sort((left, right) => rank(left) - rank(right));
}

/** Where a finding is: the place of one message, or of how many places and counties, however many of their texts. */
export function describeWhere({ places }: FindingGroup): string {
  const of = (audience: FindingPlace["audience"]) =>
    new Map(places.flatMap((found) => (found.audience === audience ? [[found.placeId, found.place]] : [])));
  const [phones, counties] = [of("phones"), of("broadcasters")];
  const [only, ...others] = [...phones.values(), ...counties.values()];
  if (only !== undefined && others.length === 0) return only;
  return [
    ...(phones.size > 0 ? [formatPlaceCount(phones.size)] : []),
    ...(counties.size > 0 ? [counties.size === 1 ? "1 county" : `${counties.size} counties`] : []),
  ].join(" and ");
}

/** Whether an approver is shown a group that stops nothing: what a person judges, and what should be and is not. */
export function isForReview(group: FindingGroup): boolean {
  return !isStopping(group) && (group.verdict === "review" || group.level === "should");
}

/** Whether a group stops submission. */
export function isBlocking(group: FindingGroup): boolean {
  return isStopping(group);
}
