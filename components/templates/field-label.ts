import type { Failure } from "../../lib/directory/selection";
import { FAILURES, TEXT_TO_911 } from "../../lib/incidents/schema";
import type { TemplateField } from "../../lib/wording/fields";
import { type Audience, isForCounties, type Part, TEXTS } from "../../lib/wording/texts";

/** What the words of a template are called on screen. Pure. */

export const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  place: "Places with a number",
  noNumber: "Places without a number",
  county: "Counties",
  restored: "Places where 911 works again",
  restoredCounty: "Counties where 911 works again",
  joined: "First alert, with a number",
  joinedNoNumber: "First alert, without a number",
  joinedCounty: "First alert, counties",
  neighbor: "Neighbors of an outage",
  neighborCounty: "Neighbors of an outage, counties",
};

const PART_NAMES: Readonly<Record<Part, string>> = {
  short: "Phone, short",
  long: "Phone, long",
  headline: "Headline",
  description: "Web page and CAP: what happens",
  instruction: "Web page and CAP: what to do",
  social: "Social media",
  script: "Script to read aloud",
};

/** A text beneath the name of its audience; stations have names of their own for what they read. */
export function namePart(audience: Audience, part: Part): string {
  if (!isForCounties(audience)) return PART_NAMES[part];
  if (part === "description") return "Radio and television: what happens";
  return part === "instruction" ? "Radio and television: what to do" : PART_NAMES[part];
}

/** A text by itself: "Phone, long, no number". */
export const nameText = (audience: Audience, part: Part): string =>
  TEXTS.find((text) => text.audience === audience && text.part === part)?.label ?? namePart(audience, part);

const isFailure = (name: string): name is Failure => Object.hasOwn(FAILURES, name);
export const nameFailure = (name: string): string => (isFailure(name) ? FAILURES[name].label : "All other failures");

const isTexting = (name: string): name is keyof typeof TEXT_TO_911 => Object.hasOwn(TEXT_TO_911, name);
export const nameTexting = (name: string): string => (isTexting(name) ? TEXT_TO_911[name] : name);

/** How a wording of a text is told from the others of it: 0 is the usual one. */
export const nameWording = (index: number): string => (index === 0 ? "usual wording" : `shorter wording ${index}`);

/** One field of a template, in words. */
export function nameField(field: TemplateField): string {
  if (field.kind === "text")
    return `${nameText(field.audience, field.part)}${field.index === 0 ? "" : `, ${nameWording(field.index)}`}`;
  if (field.kind === "phrase") return `Phrase [[${field.name}]], ${nameFailure(field.failure).toLowerCase()}`;
  if (field.kind === "texting")
    return `Phrase [[texting]], ${nameFailure(field.failure).toLowerCase()}, texts to 911: ${nameTexting(field.state).toLowerCase()}`;
  if (field.kind === "lock") return `Phrase [[${field.name}]], whether a draft keeps it`;
  return "Sentences that ask not to test 911";
}
