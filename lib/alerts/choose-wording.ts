import { inLanguage } from "../platform/language";
import { formatCounty } from "../places/county-kinds";
import type { LanguageWords } from "../wording/languages";
import type { HeldWording } from "../wording/prepare";
import { fillText, isSlotName, slotsOf, type SlotValues } from "../wording/slots";
import { countOver } from "../wording/text-length";
import { EAS_TEXT_LIMIT, headerLength } from "../standards/eas/text";
import { type Audience, AUDIENCES, type CustomTexts, type Part, PARTS, type Parts, partsOf } from "../wording/texts";
import type { BundleMessage } from "./bundle";
import { longestTimeSlots } from "./clock-words";
import type { AlertFacts } from "./facts";
import { audienceOf, isWholeCounty, nameStateOnce, slotsFor } from "./message-slots";
import { type BroadcastPlan, homeCounty, type PhonePlan, planAlert } from "./plan";
import type { AlertContent } from "./schema";

/**
 * Which of its wordings each text of a message takes: what someone wrote for it alone, or
 * the longest of the template that fits with its names and the longest times. Pure.
 */

/** Every text of an exercise says that it is one; where its sender does not, the word stands first. */
function markExercise(text: string, { status }: AlertFacts, { exercise }: LanguageWords): string {
  return status !== "Exercise" || text === "" || text.includes(exercise) ? text : `${exercise}. ${text}`;
}

/** When it is answered, as the end of a sentence, which reads as well without it: "…, day and night.", "… answers day and night." */
const HOURS_BEHIND = /(?:,\s+(?:\p{L}+\s+)?|(?<=\banswers?)\s+)\{hours\}(?=[.;])/gu;

/** A wording without what says when a number is answered, where that is not known in its language. */
function withoutUnknown(wording: string, values: SlotValues): string {
  if (values.hours !== undefined || !wording.includes("{hours}")) return wording;
  const shortened = wording.replace(HOURS_BEHIND, "");
  if (!shortened.includes("{hours}")) return shortened;
  return shortened
    .split("\n\n")
    .map((paragraph) =>
      paragraph
        .split(/(?<=[.!?])\s+/)
        .filter((sentence) => !sentence.includes("{hours}"))
        .join(" "),
    )
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** Marks the wording of a county's stations. */
const STATIONS = "eas-";

/**
 * Under what a message keeps wording of its own. A county may have a message
 * for phones, of those who live outside its towns, and one for its stations.
 */
export function wordingOwner({ audience, id }: { audience: "phones" | "broadcasters"; id: string }): string {
  return audience === "phones" ? id : `${STATIONS}${id}`;
}

/** Whose wording is kept under such an owner. */
export const readOwner = (owner: string): { audience: "phones" | "broadcasters"; id: string } =>
  owner.startsWith(STATIONS)
    ? { audience: "broadcasters", id: owner.slice(STATIONS.length) }
    : { audience: "phones", id: owner };

/** The wording a message has of its own. Before counties could be alerted, stations' had no mark. */
export function ownWording(
  { customWording, placeIds }: Pick<AlertContent, "customWording" | "placeIds">,
  plan: { audience: "phones" | "broadcasters"; id: string },
): CustomTexts | undefined {
  return (
    customWording[wordingOwner(plan)] ??
    (plan.audience === "broadcasters" && !placeIds.includes(plan.id) ? customWording[plan.id] : undefined)
  );
}

/** The wording of one text for one message, slots open: its own, or that of all others. */
function wordingFor(
  content: AlertContent,
  language: string,
  audience: Audience,
  part: Part,
  plan: { audience: "phones" | "broadcasters"; id: string },
): string {
  return ownWording(content, plan)?.[language]?.[part] ?? partsOf(content.texts, language, audience)?.[part] ?? "";
}

/** The languages an alert is written in: those of the site that its template has. */
export function languagesOf(facts: AlertFacts, content: AlertContent): LanguageWords[] {
  return facts.languages.filter(({ code }) => content.texts[code] !== undefined);
}

/** Whether the texts were worded for what fails now. */
export const isWordedFor = (
  { wordedFor }: Pick<AlertContent, "wordedFor">,
  { failure, textTo911 }: Pick<AlertFacts["incident"], "failure" | "textTo911">,
): boolean => !wordedFor || (wordedFor.failure === failure && wordedFor.textTo911 === textTo911);

/**
 * The wording of the template that a text stands for: the usual one, or the shorter one
 * that was made the usual one because it fits most places. Undefined where it has none.
 */
export function heldWording(
  { held }: Pick<AlertFacts, "held">,
  { shorter }: Pick<AlertContent, "shorter">,
  language: string,
  audience: Audience,
  part: Part,
): HeldWording | undefined {
  const known = held[language]?.[audience]?.[part];
  const settled = shorter[language]?.[audience]?.[part]?.of;
  return known?.find(({ text }) => text === settled) ?? known?.[0];
}

/** Whether a sentence is one that the template locks, or a piece of one. */
const isLocked = (sentence: string, locked: readonly string[]) =>
  locked.some((kept) => kept.includes(sentence.trim()) || sentence.includes(kept));

/** A wording without its last sentence that gives neither a number nor anything else of the place; null when there is none. */
function withoutLast(wording: string, audience: Audience): string | null {
  const isWhole = wording.includes("{number}") || audience === "restored";
  const sentences = wording.split(/(?<=[.!?])\s+/);
  const last = sentences.findLastIndex((sentence) => !sentence.includes("{"));
  return last > 0 && isWhole ? sentences.filter((_, index) => index !== last).join(" ") : null;
}

/** Whether a message's own wording is nothing but the common one shortened, which nobody edited. */
export function isOnlyShortened({ texts }: Pick<AlertContent, "texts">, own: CustomTexts): boolean {
  return Object.entries(own).every(
    ([language, parts]) =>
      Object.keys(parts ?? {}).length === 1 &&
      parts?.short !== undefined &&
      AUDIENCES.some(
        (audience) => withoutLast(partsOf(texts, language, audience)?.short ?? "", audience) === parts.short,
      ),
  );
}

/**
 * Short texts that long names make too long for phones (47 CFR 10.430(a)), each
 * with its least sentence left out, where it fits then: for templates that have
 * no shorter wording of their own. What still does not fit is left as it is: a
 * rule says so, and a person decides.
 * @returns wordings by message and language
 */
export function fitShortTexts(facts: AlertFacts, content: AlertContent, now: number): AlertContent["customWording"] {
  const fitted: AlertContent["customWording"] = {};
  for (const plan of planAlert(facts, content, now)) {
    if (plan.audience !== "phones" && !isWholeCounty(plan)) continue;
    for (const words of languagesOf(facts, content)) {
      const audience = audienceOf(plan);
      if (content.shorter[words.code]?.[audience]?.short) continue;
      const wording = wordingFor(content, words.code, audience, "short", plan);
      const values = { ...slotsFor(facts, content, plan, words), ...longestTimeSlots(words.code) };
      const locked = heldWording(facts, content, words.code, audience, "short")?.locked ?? [];
      const less = countOver("short", fillText(wording, values)) > 0 ? withoutLast(wording, audience) : null;
      if (less === null || countOver("short", fillText(less, values)) > 0) continue;
      if (locked.some((sentence) => !less.includes(sentence))) continue;
      const owner = wordingOwner(plan);
      fitted[owner] = { ...fitted[owner], [words.code]: { short: less } };
    }
  }
  return fitted;
}

/**
 * Characters that stations have for a description: they read it with the
 * instruction behind a sentence of their own (ECIG guide v1.0, 3.6).
 * @param instruction as it reads at its longest
 */
export function roomOnAir(
  facts: AlertFacts,
  plan: PhonePlan | BroadcastPlan,
  words: LanguageWords,
  instruction: string,
): number {
  const place = plan.chosen[0]?.place;
  const county = plan.county ?? (place && homeCounty(place));
  const area = county ? `${formatCounty(county)}, ${place?.stateCode ?? ""}` : plan.name;
  return EAS_TEXT_LIMIT - headerLength(area, inLanguage(facts.agency.name, words.code)) - instruction.length - 1;
}

/** The wordings a text may have, longest first: the usual one, then those of its template that are shorter. */
export function wordingsFor(
  content: AlertContent,
  language: string,
  audience: Audience,
  part: Part,
  plan: { audience: "phones" | "broadcasters"; id: string },
): string[] {
  const usual = wordingFor(content, language, audience, part, plan);
  const shorter = content.shorter[language]?.[audience]?.[part];
  // What someone wrote anew is theirs: nothing of the template stands in its place.
  return shorter && shorter.of === usual ? [usual, ...shorter.wordings] : [usual];
}

const isFilled = (wording: string, values: SlotValues) =>
  slotsOf(wording).every((slot) => !isSlotName(slot) || values[slot] !== undefined);

/** One language of a message while its wordings are chosen. */
interface Candidate {
  words: LanguageWords;
  slots: SlotValues;
  /** How a wording reads with these slots, at its longest or as it is kept. */
  read: (wording: string, values: SlotValues) => string;
}

/** Which of its wordings each language takes for a part: the first that fits, or the one that is least too long. */
function chooseIndex(
  { words, slots, read }: Candidate,
  wordings: readonly string[],
  part: Part,
  room?: number,
): number {
  const longest = { ...slots, ...longestTimeSlots(words.code) };
  let best = { index: 0, over: Infinity };
  for (const [index, wording] of wordings.entries()) {
    if (index > 0 && !isFilled(wording, longest)) continue;
    const text = read(wording, longest);
    const over = room === undefined ? countOver(part, text) : Math.max(0, text.length - room);
    if (over < best.over) best = { index, over };
    if (over === 0) break;
  }
  return best.index;
}

/** One language of a message as it reads. */
interface ChosenWording {
  words: LanguageWords;
  parts: Parts;
  /** Parts that read shorter than the usual wording. */
  shorter: Part[];
  /** Which of its wordings each part has, 0 for the usual one. */
  at: Record<Part, number>;
}

/** What the wording that was chosen does not say any more. */
const lostSlots = (wordings: readonly string[], index: number): string[] => {
  const left = slotsOf(wordings[Math.min(index, wordings.length - 1)] ?? "");
  return slotsOf(wordings[0] ?? "").filter((slot) => !left.includes(slot));
};

/** A wording without the sentences that say what others do not say any more, but for locked ones: for a language with no shorter one. */
const withoutSlots = (wording: string, lost: readonly string[], locked: readonly string[]): string =>
  wording
    .split(/(?<=[.!?])\s+/)
    .filter(
      (sentence) =>
        isLocked(sentence, locked) || !lost.some((slot) => slot !== "sender" && sentence.includes(`{${slot}}`)),
    )
    .join(" ");

/**
 * The texts of one message, each in the first of its wordings that fits at its
 * longest. Where one language needs a shorter one, all take it, so that they say
 * the same; in texts of 90 characters each language takes what it has room for.
 */
function chooseWordings(facts: AlertFacts, content: AlertContent, plan: PhonePlan | BroadcastPlan): ChosenWording[] {
  const audience = audienceOf(plan);
  const candidates = languagesOf(facts, content).map((words): Candidate => {
    const slots = slotsFor(facts, content, plan, words);
    const read = (wording: string, values: SlotValues) =>
      markExercise(nameStateOnce(fillText(withoutUnknown(wording, slots), values), plan, slots), facts, words);
    return { words, slots, read };
  });
  const written = candidates.map(({ words }): ChosenWording => ({
    words,
    parts: {} as Parts,
    shorter: [],
    at: {} as Record<Part, number>,
  }));
  const write = (part: Part, roomFor?: (candidate: Candidate, index: number) => number) => {
    const wordings = candidates.map(({ words }) => wordingsFor(content, words.code, audience, part, plan));
    const own = candidates.map((candidate, at) =>
      chooseIndex(candidate, wordings[at] ?? [], part, roomFor?.(candidate, at)),
    );
    const shared = Math.max(0, ...own);
    for (const [at, { words, slots, read }] of candidates.entries()) {
      const known = wordings[at] ?? [];
      const index = part === "short" ? (own[at] ?? 0) : Math.min(shared, known.length - 1);
      const target = written[at]!;
      const wording = known[index] ?? "";
      // A language that the template has no shorter wording in; what someone wrote for it is left whole.
      const isAlone =
        part !== "short" &&
        shared > 0 &&
        at > 0 &&
        content.shorter[words.code]?.[audience]?.[part] === undefined &&
        ownWording(content, plan)?.[words.code]?.[part] === undefined;
      target.at[part] = index;
      const locked = heldWording(facts, content, words.code, audience, part)?.locked ?? [];
      target.parts[part] = read(
        isAlone ? withoutSlots(wording, lostSlots(wordings[0] ?? [], shared), locked) : wording,
        slots,
      );
      if (wording !== known[0] || isAlone) target.shorter.push(part);
    }
  };
  write("instruction");
  const onAir =
    plan.audience === "broadcasters"
      ? ({ words }: Candidate, at: number) =>
          roomOnAir(facts, plan, words, fillText(written[at]!.parts.instruction, longestTimeSlots(words.code)))
      : undefined;
  for (const part of PARTS) if (part !== "instruction") write(part, part === "description" ? onAir : undefined);
  return written;
}

/** The texts of one message in every language. */
export function writeTexts(
  facts: AlertFacts,
  content: AlertContent,
  plan: PhonePlan | BroadcastPlan,
): BundleMessage["texts"] {
  return chooseWordings(facts, content, plan).map(({ words, parts, shorter }) => ({
    language: words.code,
    inCap: words.phones || plan.audience === "broadcasters",
    parts: Object.fromEntries(PARTS.map((part) => [part, parts[part]])) as Parts,
    ...(shorter.length > 0 ? { shorter: PARTS.filter((part) => shorter.includes(part)) } : {}),
  }));
}

/**
 * Makes the wording that fits most messages the usual one, so that what people
 * write is what most places read: of 351 towns, a few with long names read a
 * shorter one, and not 350. What someone wrote anew stays.
 */
function settleUsual(facts: AlertFacts, content: AlertContent, now: number): Pick<AlertContent, "texts" | "shorter"> {
  const chosen = new Map<string, number[]>();
  for (const plan of planAlert(facts, content, now)) {
    for (const { words, at } of chooseWordings(facts, content, plan)) {
      for (const part of PARTS) {
        const key = `${words.code} ${audienceOf(plan)} ${part}`;
        const indices = chosen.get(key) ?? [];
        if (indices.push(at[part]) === 1) chosen.set(key, indices);
      }
    }
  }
  const texts = structuredClone(content.texts);
  const shorter = structuredClone(content.shorter);
  for (const [key, indices] of chosen) {
    const [language, audience, part] = key.split(" ") as [string, Audience, Part];
    const usual = indices.sort((left, right) => left - right)[Math.floor((indices.length - 1) / 2)] ?? 0;
    const known = shorter[language]?.[audience]?.[part];
    const parts = partsOf(texts, language, audience);
    if (usual === 0 || !known || !parts || parts[part] !== known.of) continue;
    const [of, ...wordings] = known.wordings.slice(usual - 1);
    if (of === undefined) continue;
    parts[part] = of;
    Object.assign(known, { of, wordings });
  }
  return { texts, shorter };
}

/** The wording of a new draft, fitted to the names of its places. */
export function fitTexts(
  facts: AlertFacts,
  content: AlertContent,
  now: number,
): Pick<AlertContent, "texts" | "shorter" | "customWording"> {
  const settled = settleUsual(facts, content, now);
  return { ...settled, customWording: fitShortTexts(facts, { ...content, ...settled }, now) };
}
