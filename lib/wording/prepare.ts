import { LANGUAGES, type TemplateBody, TEXT_KEYS, type Texts } from "./schema";

/** What of an outage chooses its wording. */
export interface WhatFails {
  failure: string;
  textTo911: string;
}

/**
 * Chooses the wording by what fails and by the state of text-to-911. What is
 * left are value slots, which the directory, the incident and the clock fill.
 * @throws when the template names a phrase it does not have
 */
export function prepareTexts(body: TemplateBody, outage: WhatFails): Texts {
  const texts = structuredClone(body.frames);
  for (const language of LANGUAGES) {
    const texting = body.texting[language]?.[outage.failure === "full" ? "full" : "other"]?.[outage.textTo911];
    const phrases: Record<string, string | undefined> = { ...body.phrases[language]?.[outage.failure], texting };
    const choose = (frame: string) =>
      frame.replace(/\[\[(\w+)\]\]/g, (_, name: string) => {
        const phrase = phrases[name];
        if (phrase === undefined) throw new Error(`The template has no phrase "${name}" for ${outage.failure}.`);
        return phrase;
      });
    for (const key of TEXT_KEYS) {
      const pair = texts[language][key];
      texts[language][key] = { number: choose(pair.number), places: choose(pair.places) };
    }
  }
  return texts;
}
