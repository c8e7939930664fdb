import { sayNumber } from "../directory/schema";
import { doubtOf } from "../directory/selection";
import { type PlaceFacts } from "../directory/place-facts";
import { atOnce } from "../platform/slices";
import { MESSAGE_RULES } from "../standards/all-rules";
import { codeText } from "../standards/cellbroadcast/gsm7";
import { applyRules, type Finding, isStopping, type Level } from "../standards/rule";
import { type Language } from "../wording/schema";
import { type LanguagePair, PARITY_RULES, type Part, TEXT_RULES, type WrittenText } from "../wording/wording-rules";
import { type Bundle, type BundleMessage } from "./bundle";
import { type AlertFacts } from "./content";
import { renderLongest } from "./render";
import type { AlertContent } from "./schema";

/** Everything the rule tables say about a bundle, grouped by rule, what blocks first. */

export interface FindingPlace {
  regionId: string;
  place: string;
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

const PARTS: readonly Part[] = ["short", "long", "headline", "description", "instruction"];
const ORDER: Record<Level, number> = { must: 0, should: 1, advice: 2 };

interface Situation {
  facts: AlertFacts;
  content: AlertContent;
  /** Milliseconds since 1970; stands for the moment of sending. */
  now: number;
}

function directoryFindings(bundle: Bundle, message: BundleMessage): Finding[] {
  if (bundle.kind === "cancel") return [];
  const base = { path: "directory", message: message.why };
  switch (message.outcome) {
    case "blocked":
      return [
        {
          ...base,
          rule: "DIR-001",
          level: "must",
          verdict: "fail",
          says: "A number that nobody verified is not given out.",
        },
      ];
    case "override":
      return [
        {
          ...base,
          rule: "DIR-002",
          level: "should",
          verdict: "review",
          says: "A number is given on an override, with a reason.",
        },
      ];
    case "places":
      return [
        {
          ...base,
          rule: "DIR-003",
          level: "should",
          verdict: "review",
          says: "A place gets no number; its text names places to go.",
        },
      ];
    case "alternate":
      return [
        { ...base, rule: "DIR-004", level: "should", verdict: "review", says: "A place is on an alternate number." },
      ];
    default:
      return [];
  }
}

function codingFindings(message: BundleMessage, texts: WrittenText[]): Finding[] {
  if (message.audience !== "phones") return [];
  return texts
    .filter(({ part }) => part === "short" || part === "long")
    .flatMap(({ text, part, language }) => {
      const { alphabet, forcedBy, pages } = codeText(text);
      if (alphabet === "GSM-7") return [];
      return [
        {
          rule: "CB-003",
          level: "advice" as const,
          verdict: "fail" as const,
          says: "One character outside the GSM alphabet turns a text to UCS-2 and needs more pages. Spelling it right is better.",
          path: `${language}.${part}`,
          message: `${forcedBy.join(" ")} make it ${pages} pages.`,
        },
      ];
    });
}

function conflictFindings(place: PlaceFacts | undefined): Finding[] {
  return (place?.conflicts ?? []).map((says) => ({
    rule: "DIR-005",
    level: "should",
    verdict: "review",
    says: "The directory contradicts itself about a number, and nobody has settled it.",
    path: "directory",
    message: says,
  }));
}

/** A number that may be given out, but whose last call leaves a doubt. */
function doubtFindings(message: BundleMessage, place: PlaceFacts | undefined): Finding[] {
  const given = message.outcome === "override" ? undefined : message.numbers[0];
  const known = [...(place?.numbers ?? []), ...(place?.fallbacks ?? []).flatMap(({ numbers }) => numbers)];
  const number = given && known.find(({ id }) => id === given.id);
  const doubt = number && doubtOf(number);
  if (!doubt) return [];
  return [
    {
      rule: "DIR-007",
      level: "should",
      verdict: "review",
      says: "The last test call of a number leaves a doubt.",
      path: "directory",
      message: doubt,
    },
  ];
}

/** A withdrawal says to call 911 again. While the incident is open, somebody must know that this is true. */
function withdrawalFindings(bundle: Bundle, message: BundleMessage): Finding[] {
  if (bundle.kind !== "cancel" || !message.texts.some(({ long }) => /\b(call|dial) 911\b/i.test(long))) return [];
  return [
    {
      rule: "DIR-006",
      level: "should",
      verdict: "review",
      says: "The text says to call 911. That is right only where 911 works again.",
      path: "texts",
      message: "The incident is still open.",
    },
  ];
}

function apartFindings(message: BundleMessage, content: AlertContent): Finding[] {
  if (!content.apart[message.regionId]) return [];
  return [
    {
      rule: "TXT-001",
      level: "should",
      verdict: "review",
      says: "A place has its own wording.",
      path: "texts",
      message: "Edited apart from the others.",
    },
  ];
}

function countyFindings(message: BundleMessage, reached: number): Finding[] {
  if (message.audience !== "broadcasters" || message.population <= reached) return [];
  const more = (message.population - reached).toLocaleString("en-US");
  return [
    {
      rule: "AREA-001",
      level: "should",
      verdict: "review",
      says: "Radio and television warn whole counties, so people outside the outage hear it too.",
      path: "area",
      message: `${more} more people hear it; the text names the towns.`,
    },
  ];
}

function writtenTexts(
  bundle: Bundle,
  message: BundleMessage,
  { facts, now }: Situation,
  places: Map<string, PlaceFacts>,
) {
  const cap = renderLongest(bundle, message, now);
  const home = places.get(message.regionId);
  const neighbour = home ?? facts.places.find((place) => place.countyId === message.regionId);
  const covered = home ? [home] : facts.places.filter((place) => place.countyId === message.regionId);
  const relayed = covered.some(({ routes }) => routes.some(({ kind }) => kind === "relay-711" || kind === "tty"));
  const codes = relayed ? ["711"] : [];
  const written = cap.info.flatMap((info): WrittenText[] =>
    PARTS.map((part) => ({
      text:
        part === "short" || part === "long"
          ? (info.parameter.find(({ valueName }) => valueName === (part === "short" ? "CMAMtext" : "CMAMlongtext"))
              ?.value ?? "")
          : (info[part] ?? ""),
      part,
      language: info.language as Language,
      audience: message.audience,
      kind: bundle.kind,
      failure: facts.incident.failure,
      status: bundle.status,
      place: home?.name ?? neighbour?.countyName ?? message.place,
      placeShort: home?.shortName ?? neighbour?.countyName ?? message.place,
      stateName: neighbour?.stateName ?? "",
      stateCode: neighbour?.stateCode ?? "",
      senders: [facts.agency.name, facts.agency.nameEs, facts.agency.shortName, facts.agency.shortNameEs],
      numbers: message.numbers.map(({ e164 }) => sayNumber(e164)),
      codes,
    })),
  );
  return { cap, written };
}

/** Findings of every message, grouped by rule: what blocks first, then what a person judges, then advice. */
export function findProblems(bundle: Bundle, situation: Situation): FindingGroup[] {
  return atOnce(problemSteps(bundle, situation));
}

/** The same, a message at a time, for a server that has others to answer. */
export function* problemSteps(bundle: Bundle, situation: Situation): Generator<void, FindingGroup[]> {
  const groups = new Map<string, FindingGroup>();
  const places = new Map(situation.facts.places.map((place) => [place.id, place]));
  const reached = new Map<string, number>();
  for (const message of bundle.messages) {
    const county = places.get(message.regionId)?.countyId;
    if (county) reached.set(county, (reached.get(county) ?? 0) + message.population);
  }
  for (const message of bundle.messages) {
    const { cap, written } = writtenTexts(bundle, message, situation, places);
    const pair: LanguagePair = { place: message.place, texts: written };
    const findings = [
      ...directoryFindings(bundle, message),
      ...(bundle.kind === "outage" ? conflictFindings(places.get(message.regionId)) : []),
      ...applyRules(MESSAGE_RULES, cap, { meant: bundle.status }),
      ...written.flatMap((text) => applyRules(TEXT_RULES, text, undefined)),
      ...applyRules(PARITY_RULES, pair, undefined),
      ...(bundle.kind === "outage" ? doubtFindings(message, places.get(message.regionId)) : []),
      ...withdrawalFindings(bundle, message),
      ...apartFindings(message, situation.content),
      ...countyFindings(message, reached.get(message.regionId) ?? 0),
      ...codingFindings(message, written),
    ];
    for (const { rule, level, verdict, says, path, message: found } of findings) {
      let group = groups.get(rule);
      if (!group) groups.set(rule, (group = { rule, level, verdict, says, places: [] }));
      group.places.push({ regionId: message.regionId, place: message.place, path, message: found });
    }
    yield;
  }
  const rank = (group: FindingGroup) => (group.verdict === "review" ? 0.5 : ORDER[group.level]);
  return [...groups.values()].sort((left, right) => rank(left) - rank(right));
}

/** Whether a group stops submission. */
export function isBlocking(group: FindingGroup): boolean {
  return isStopping(group);
}
