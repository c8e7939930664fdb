import { FIRST_LANGUAGE } from "../platform/language";
import type { TemplateBody } from "./schema";
import { type Audience, AUDIENCES, PARTS, type Part, type Parts, type ShorterTexts, type Texts } from "./texts";

/** What of an outage chooses its wording. */
export interface WhatFails {
  failure: string;
  textTo911: string;
}

/** What a draft takes from a template. */
export interface PreparedWording {
  texts: Texts;
  shorter: ShorterTexts;
  /** By language: approved sentences that ask not to test 911. */
  noTesting: TemplateBody["noTesting"];
}

/** The phrases of a language for an outage, by name. */
export function phrasesFor(
  body: TemplateBody,
  outage: WhatFails,
  language: string,
): Record<string, string | undefined> {
  const texting = body.texting[language]?.[outage.failure === "full" ? "full" : "other"]?.[outage.textTo911];
  return { texting: body.texting[language] ? (texting ?? "") : undefined, ...body.phrases[language]?.[outage.failure] };
}

/** A frame with its phrases in place, or the first one that is missing. */
function choosePhrases(frame: string, phrases: Record<string, string | undefined>): { text: string; missing?: string } {
  let missing: string | undefined;
  const text = frame.replace(/\[\[(\w+)\]\]/g, (whole, name: string) => {
    const phrase = phrases[name];
    if (phrase === undefined) missing ??= name;
    return phrase ?? whole;
  });
  return missing === undefined ? { text } : { text, missing };
}

/**
 * Shorter wordings of one audience, each with the wording it stands for. They
 * keep their order and number, so that the second of one language stands for
 * the second of another: one whose phrase is missing reads like the one before it.
 */
function prepareShorter(
  frames: NonNullable<TemplateBody["shorter"][string]>[Audience],
  usual: Parts,
  phrases: Record<string, string | undefined>,
): NonNullable<ShorterTexts[string]>[Audience] {
  const prepared: Partial<Record<Part, { of: string; wordings: string[] }>> = {};
  for (const part of PARTS) {
    let before = usual[part];
    const wordings = (frames?.[part] ?? []).map((frame) => {
      const { text, missing } = choosePhrases(frame, phrases);
      if (missing === undefined) before = text;
      return before;
    });
    if (wordings.some((wording) => wording !== usual[part])) prepared[part] = { of: usual[part], wordings };
  }
  return Object.keys(prepared).length > 0 ? prepared : undefined;
}

/** Whether a template has words for this outage; one from before a kind of failure was known does not. */
export function canPrepare(body: TemplateBody, outage: WhatFails): boolean {
  const frames = body.frames[FIRST_LANGUAGE];
  const phrases = phrasesFor(body, outage, FIRST_LANGUAGE);
  return (
    frames !== undefined &&
    AUDIENCES.every((audience) =>
      PARTS.every((part) => choosePhrases(frames[audience][part], phrases).missing === undefined),
    )
  );
}

/**
 * Chooses the wording by what fails and by the state of text-to-911. What is
 * left are value slots, which the directory, the incident and the clock fill.
 * @param languages those of the site; the template must have the first one, and others are left out where it has not
 * @throws when the template names a phrase it does not have
 */
export function prepareWording(body: TemplateBody, outage: WhatFails, languages: readonly string[]): PreparedWording {
  const texts: Texts = {};
  const shorter: ShorterTexts = {};
  for (const language of languages) {
    const frames = body.frames[language];
    if (!frames) {
      if (language === FIRST_LANGUAGE) throw new Error(`The template has no texts in ${language}.`);
      continue;
    }
    const phrases = phrasesFor(body, outage, language);
    const choose = (frame: string) => {
      const { text, missing } = choosePhrases(frame, phrases);
      if (missing !== undefined) throw new Error(`The template has no phrase "${missing}" for ${outage.failure}.`);
      return text;
    };
    const chosen = (parts: Parts) => Object.fromEntries(PARTS.map((part) => [part, choose(parts[part])])) as Parts;
    const ofLanguage = Object.fromEntries(
      AUDIENCES.map((audience) => [audience, chosen(frames[audience])]),
    ) as Texts[string];
    texts[language] = ofLanguage;
    const variants = AUDIENCES.flatMap((audience) => {
      const prepared = prepareShorter(body.shorter[language]?.[audience], ofLanguage[audience], phrases);
      return prepared ? [[audience, prepared] as const] : [];
    });
    if (variants.length > 0) shorter[language] = Object.fromEntries(variants);
  }
  return { texts, shorter, noTesting: body.noTesting };
}

/** One wording that a template has for a text, with the sentences of it that a draft keeps word for word. */
export interface HeldWording {
  text: string;
  locked: string[];
}

/** What a template has for each text, longest first; a text it has no words for is left out. */
export type HeldTexts = Partial<Record<string, Partial<Record<Audience, Partial<Record<Part, HeldWording[]>>>>>>;

const NAMED = /\[\[(\w+)\]\]/g;

/**
 * The wordings of a template for an outage, to hold what was written against. Where
 * `prepareWording` would throw, the text is left out: INC-003 speaks of it.
 */
export function holdWording(body: TemplateBody, outage: WhatFails, languages: readonly string[]): HeldTexts {
  const marked = new Set(body.locked);
  const held: HeldTexts = {};
  for (const language of languages) {
    const frames = body.frames[language];
    if (!frames) continue;
    const phrases = phrasesFor(body, outage, language);
    const hold = (frame: string): HeldWording | null => {
      const { text, missing } = choosePhrases(frame, phrases);
      if (missing !== undefined) return null;
      const names = [...frame.matchAll(NAMED)].map(([, name = ""]) => name).filter((name) => marked.has(name));
      return { text, locked: [...new Set(names.map((name) => phrases[name]?.trim() ?? ""))].filter(Boolean) };
    };
    for (const audience of AUDIENCES) {
      for (const part of PARTS) {
        const usual = hold(frames[audience][part]);
        if (!usual || usual.text === "") continue;
        const shorter = (body.shorter[language]?.[audience]?.[part] ?? []).flatMap((frame) => hold(frame) ?? []);
        ((held[language] ??= {})[audience] ??= {})[part] = [usual, ...shorter];
      }
    }
  }
  return held;
}
