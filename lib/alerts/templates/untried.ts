import { fieldKey, listTemplateChanges, phrasesOf, type TemplateChange } from "../../wording/fields";
import type { TemplateBody } from "../../wording/schema";
import { PARTS } from "../../wording/texts";
import type { Purpose } from "../schema";
import { TRIED } from "./check";

/** Changes that no sample would show: they could be approved and nobody would have seen them. Pure. */

/** Names of the phrases that the texts which samples have use. */
function triedPhrases(purpose: Purpose, body: TemplateBody): Set<string> {
  return new Set(TRIED[purpose].flatMap((audience) => PARTS.flatMap((part) => phrasesOf(body, audience, part))));
}

/** Languages that a change adds or takes away come with a file of the language, not by hand. */
const languagesOf = (body: TemplateBody) => Object.keys(body.frames).sort().join(" ");

/** @returns each change of a text that no sample has, and of a phrase that none of these texts uses */
export function findUntried(purpose: Purpose, before: TemplateBody, after: TemplateBody): TemplateChange[] {
  const phrases = triedPhrases(purpose, after);
  const hasOtherLanguages = languagesOf(before) !== languagesOf(after);
  return listTemplateChanges(before, after).filter(({ field }) => {
    if (hasOtherLanguages) return true;
    if (field.kind === "text") return !TRIED[purpose].includes(field.audience);
    if (field.kind === "phrase" || field.kind === "lock") return !phrases.has(field.name);
    return field.kind === "texting" && !phrases.has("texting");
  });
}

/** One sentence for a refusal. */
export const describeUntried = ([first, ...others]: readonly TemplateChange[]): string =>
  first
    ? `${others.length + 1} of the changes are to words that no sample alert has (${fieldKey(first.field)}), so they can’t be checked. Nothing was sent.`
    : "";
