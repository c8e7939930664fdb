import { z } from "zod";
import { CHANNEL_NAMES, PURPOSE_NAMES } from "../access/allowance/allowance";
import { languageSchema } from "../platform/language";
import { givenProof } from "./sign-in/schema";

/** What a person enters about an agency: in the console, and on the command line. */

const line = (least: number, most: number, missing: string) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().min(least, missing).max(most, `Use at most ${most} characters.`));

/** Characters of the agency's name in a text of 90. */
export const MOST_SHORT = 20;

export const agencyFormSchema = z.strictObject({
  /** Missing for a new one. */
  id: z.string().optional(),
  /** The agency above it; only of a new one. */
  parentId: z.string().optional(),
  name: line(3, 80, "Give the agency’s full name."),
  shortName: line(2, MOST_SHORT, "Give the name in 90-character texts."),
  /** Names in other languages; where one is left empty, texts have the first. */
  names: z.record(languageSchema, line(0, 80, "")).default({}),
  shortNames: z.record(languageSchema, line(0, MOST_SHORT, "")).default({}),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{2,10}$/, "Use 2 to 10 letters and digits, such as NE911."),
  sender: z
    .string()
    .trim()
    .regex(/^[^\s,"<>&{}|\\^~]{3,100}$/, "Use an address without spaces, such as alerts@agency.gov."),
  web: z.union([z.literal(""), z.url({ protocol: /^https?$/, error: "Use a complete web address." })]).default(""),
  /** Its area, by name or Census GEOID; only of a new one. */
  jurisdiction: z.string().trim().max(120).default(""),
});
export type AgencyForm = z.infer<typeof agencyFormSchema>;

/**
 * What is wrong with a short name, or nothing: a text of 90 characters has no
 * room to name the state beside it (rule W2; an alert that said "statewide"
 * reached six other states).
 */
export function shortNameProblem(shortName: string, state: { code: string; name: string }): string | null {
  const named = new RegExp(`\\b${state.code}\\b`).test(shortName) || shortName.includes(state.name);
  if (named) return null;
  return `A text of 90 characters names the state by it, so it needs ${state.code}: for example “${state.code} ${shortName}”. It would read “${shortName}: 911 is down in …”.`;
}

/** Whom an agency calls on when an alert waits too long for approval, in this order. */
export const alternatesSchema = z.strictObject({
  agencyId: z.string().min(1),
  minutes: z.coerce
    .number({ error: "Give a number of minutes." })
    .int("Give whole minutes.")
    .min(1, "Use at least 1 minute.")
    .max(240, "Use at most 240 minutes."),
  personIds: z.array(z.string().min(1)).max(20, "Name at most 20 people."),
});

const distinct = <Name>(names: Name[]) => [...new Set(names)];

/** What an agency, with those below it, may not publish, and which kinds of channels it may not use. */
export const allowanceSchema = z.strictObject({
  agencyId: z.string().min(1),
  withheldPurposes: z.array(z.enum(PURPOSE_NAMES)).transform(distinct),
  withheldChannels: z.array(z.enum(CHANNEL_NAMES)).transform(distinct),
  /** Where something is allowed that was not. */
  ...givenProof,
});
export type AllowanceForm = z.output<typeof allowanceSchema>;

/** Whether everyone of an agency, and of those below it, needs a second factor. */
export const factorRuleSchema = z.strictObject({ agencyId: z.string().min(1).max(60), on: z.boolean(), ...givenProof });
