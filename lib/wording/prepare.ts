import { FIRST_LANGUAGE } from "../platform/language";
import type { TemplateBody } from "./schema";
import { AUDIENCES, PARTS, type Parts, type Texts } from "./texts";

/** What of an outage chooses its wording. */
export interface WhatFails {
  failure: string;
  textTo911: string;
}

/**
 * Chooses the wording by what fails and by the state of text-to-911. What is
 * left are value slots, which the directory, the incident and the clock fill.
 * @param languages those of the site; the template must have the first one, and others are left out where it has not
 * @throws when the template names a phrase it does not have
 */
export function prepareTexts(body: TemplateBody, outage: WhatFails, languages: readonly string[]): Texts {
  const texts: Texts = {};
  for (const language of languages) {
    const frames = body.frames[language];
    if (!frames) {
      if (language === FIRST_LANGUAGE) throw new Error(`The template has no texts in ${language}.`);
      continue;
    }
    const texting = body.texting[language]?.[outage.failure === "full" ? "full" : "other"]?.[outage.textTo911];
    const phrases: Record<string, string | undefined> = { ...body.phrases[language]?.[outage.failure], texting };
    const choose = (frame: string) =>
      frame.replace(/\[\[(\w+)\]\]/g, (_, name: string) => {
        const phrase = phrases[name];
        if (phrase === undefined) throw new Error(`The template has no phrase "${name}" for ${outage.failure}.`);
        return phrase;
      });
    const chosen = (parts: Parts) => Object.fromEntries(PARTS.map((part) => [part, choose(parts[part])])) as Parts;
    texts[language] = Object.fromEntries(
      AUDIENCES.map((audience) => [audience, chosen(frames[audience])]),
    ) as Texts[string];
  }
  return texts;
}
