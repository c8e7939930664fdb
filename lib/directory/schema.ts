import { z } from "zod";
import { FIRST_LANGUAGE, languageSchema, localizedSchema } from "../platform/language";
import { parseHours } from "./hours";
import { findTypedNumbers } from "./typed-numbers";

/** How long a good test call keeps verified a number, in days, unless its agency says otherwise. */
export const VERIFICATION_DAYS = 90;

/** What a number is for, with the words people see. */
export const SERVICES = {
  dispatch: "Dispatch",
  police: "Police",
  fire: "Fire",
  ambulance: "Ambulance",
  "poison-control": "Poison control",
  "non-emergency": "Non-emergency",
} as const;
export type Service = keyof typeof SERVICES;
export const SERVICE_NAMES = Object.keys(SERVICES) as [Service, ...Service[]];

/** The most numbers in use that one place may have for one service. */
export const MOST_PER_SERVICE = 200;

export const STATUSES = { "in-service": "in service", overloaded: "overloaded", down: "down" } as const;
export type NumberStatus = keyof typeof STATUSES;
const STATUS_NAMES = Object.keys(STATUSES) as [NumberStatus, ...NumberStatus[]];

/** Languages a desk may answer in: BCP 47, with the words people see. */
export const DESK_LANGUAGES = {
  en: "English",
  es: "Spanish",
  pt: "Portuguese",
  zh: "Chinese",
  vi: "Vietnamese",
  ht: "Haitian Creole",
  km: "Khmer",
  ru: "Russian",
  ar: "Arabic",
  ase: "American Sign Language",
} as const;

/** Results of a test call, with the words people see. */
export const TEST_CALL_RESULTS = {
  "right-desk": "Right desk, at all hours",
  "right-desk-limited": "Right desk, but not at all hours",
  "somebody-else": "Wrong desk answered",
  "no-answer": "No answer",
  busy: "Busy or overloaded",
  "out-of-service": "Out of service",
} as const;
export type TestCallResult = keyof typeof TEST_CALL_RESULTS;

const testCallResultSchema = z.enum(Object.keys(TEST_CALL_RESULTS) as [TestCallResult, ...TestCallResult[]], {
  error: "Choose the result of the call.",
});

/** Whether a call keeps verified its number. */
export const isGoodResult = (result: string) => result === "right-desk" || result === "right-desk-limited";

const testCallSchema = z.object({
  at: z.number(),
  by: z.string(),
  answeredBy: z.string(),
  result: testCallResultSchema,
  /** Days for which it counts, if it was good. */
  validDays: z.number(),
  /** When it was entered, in milliseconds since 1970; null for calls of older versions. */
  recordedAt: z.number().nullable(),
});

/** A call that was entered so much later than it was made is marked: nobody but the caller knows when it was. */
const LATER_MS = 3_600_000;

/** How much later a call was entered, in milliseconds, or null when it was entered when it was made. */
export function enteredLater({ at, recordedAt }: Pick<TestCall, "at" | "recordedAt">): number | null {
  return recordedAt !== null && recordedAt - at > LATER_MS ? recordedAt - at : null;
}

export const numberFactsSchema = z.object({
  id: z.string(),
  service: z.enum(SERVICE_NAMES),
  /** E.164 */
  e164: z.string(),
  extension: z.string(),
  desk: z.string(),
  /** Who answers in languages other than the first, where someone translated it. */
  deskIn: localizedSchema.optional(),
  hours: z.string(),
  lines: z.number(),
  sharedWith911: z.boolean(),
  preference: z.number(),
  status: z.enum(STATUS_NAMES),
  /** Newest first. */
  calls: z.array(testCallSchema),
});

export type TestCall = z.infer<typeof testCallSchema>;
export type NumberFacts = z.infer<typeof numberFactsSchema>;

/** Numbers of a larger place that serves this one, in the order they are fallen back on. */
export const fallbackSchema = z.object({
  kind: z.enum(["psap", "county", "state"]),
  id: z.string(),
  name: z.string(),
  numbers: z.array(numberFactsSchema),
});
export type Fallback = z.infer<typeof fallbackSchema>;

/** What a person enters after a test call. Anything else in the form is refused. */
export const recordTestCallSchema = z.strictObject({
  numberId: z.string().min(1),
  result: testCallResultSchema,
  answeredBy: z
    .string()
    .trim()
    .min(2, "Say who answered, for example “dispatcher on duty” or “nobody”.")
    .max(120, "Use at most 120 characters."),
  lines: z.number().int().min(1).max(99).optional(),
  note: z.string().trim().max(500, "Use at most 500 characters.").optional(),
  /** When the call was made, for one that was kept on the phone without a connection. */
  calledAt: z.iso.datetime({ offset: true }).optional(),
  /** Made on the phone, so that a call sent twice is kept once. */
  clientKey: z.uuid().optional(),
});
export type RecordTestCall = z.infer<typeof recordTestCallSchema>;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const line = (least: number, most: number, error: string) =>
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(least, error).max(most, `Use at most ${most} characters.`));

/** What reaches a text without being a number: one in it would be one that nobody verified. */
const withoutNumber = (schema: ReturnType<typeof line>, codes: readonly string[] = []) =>
  schema.refine(
    (text) => findTypedNumbers(text, [], codes).length === 0,
    "A phone number belongs under numbers, where it is verified.",
  );

/** Whether a column of hours says that the number is not to be given out: no hours, whatever else it says. */
export const saysNoHours = (text: string): boolean =>
  /^(?:closed|(?:do not use|not in use|disconnected|out of service)\b.*)[.!]?$/i.test(text.trim());

/** What stands for hours that a file did not give. */
export const HOURS_NOT_KNOWN = "hours not known";

/** A reason that others will read later. */
export const LEAST_REASON = 10;

/** What a person enters about a number, apart from the digits. */
const numberDetails = {
  service: z.enum(SERVICE_NAMES, { error: "Choose what the number is for." }),
  desk: withoutNumber(line(2, 100, "Say who answers, for example “county dispatch center”.")),
  hours: withoutNumber(line(2, 60, "Say when it is answered, for example “day and night”."))
    .refine((text) => !saysNoHours(text), "These are no hours. Say when someone answers, or retire the number.")
    .refine(
      (text) => saysNoHours(text) || text === HOURS_NOT_KNOWN || parseHours(text) !== null,
      "Write days and times that can be read in one way, such as “Mon-Fri 8 a.m. to 4 p.m.” or “day and night”.",
    ),
  lines: z.coerce
    .number({ error: "Give the number of lines." })
    .int("Give a whole number of lines.")
    .min(1, "A number has at least one line.")
    .max(999, "Give at most 999 lines."),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1, "Choose at least one language.")
    .max(12),
  takesTexts: z.boolean(),
  sharedWith911: z.boolean(),
  preference: z.coerce.number().int().min(1, "Use 1 or higher.").max(50, "Use at most 50."),
};

/** What a person enters to add a number or to change one. */
export const numberFormSchema = z.strictObject({
  /** Missing for a new one. */
  id: z.string().optional(),
  /** The version the form was opened on. */
  version: z.number().int().optional(),
  placeId: z.string().min(1),
  /** As people write it; read by lib/directory/phone.ts. */
  phone: z
    .string()
    .trim()
    .min(1, "Enter a 10-digit US number, such as 413-555-0142.")
    .max(60, "Use at most 60 characters."),
  /** Who answers, in languages other than the first; where one is left empty, texts in it do not say who. */
  deskIn: z.record(languageSchema, withoutNumber(line(0, 100, ""))).optional(),
  /** How a person knows that a number is right which the numbering data here does not know. */
  reason: z.string().trim().max(500, "Use at most 500 characters.").optional(),
  ...numberDetails,
});
export type NumberForm = z.infer<typeof numberFormSchema>;

const reasonSchema = z
  .string()
  .trim()
  .min(10, "Give a reason of at least 10 characters. Others will read it later.")
  .max(500, "Use at most 500 characters.");

export const retireNumberSchema = z.strictObject({ id: z.string().min(1), reason: reasonSchema });

export const retirePlaceSchema = z.strictObject({
  id: z.string().min(1),
  /** What it became part of, by name or Census GEOID; empty if of none. */
  into: z.string().trim().max(120),
  reason: reasonSchema,
});

export const reportStatusSchema = z.strictObject({
  id: z.string().min(1),
  status: z.enum(STATUS_NAMES, { error: "Choose the state of the number." }),
});

export const settleConflictSchema = z.strictObject({
  key: z.string().min(1).max(500),
  decision: z.enum(["both-right", "kept-one"], { error: "Choose one." }),
  /** The number that stays, where one is kept. */
  keepId: z.string().optional(),
  reason: reasonSchema,
});

/** Other ways to get help, with the words people see. */
export const HELP_OPTION_KINDS = {
  "text-to-911": "Text to 911",
  tty: "TTY",
  "relay-711": "711 relay",
  "fire-box": "Fire box",
  "fire-station": "Staffed fire station",
  "police-station": "Staffed police station",
  cruiser: "Cruiser at a fixed point",
  kiosk: "Kiosk or call box",
} as const;
export type HelpOptionKind = keyof typeof HELP_OPTION_KINDS;

/** What a person enters about another way to get help. */
export const helpOptionFormSchema = z.strictObject({
  id: z.string().optional(),
  placeId: z.string().min(1),
  kind: z.enum(Object.keys(HELP_OPTION_KINDS) as [HelpOptionKind, ...HelpOptionKind[]], {
    error: "Choose what it is.",
  }),
  works: z.boolean(),
  hours: withoutNumber(line(0, 60, "")),
  /** By language; where one is left empty, its texts say to go to the police or the fire department. */
  wording: z.record(languageSchema, withoutNumber(line(0, 120, ""), ["711"])).check((context) => {
    if ((context.value[FIRST_LANGUAGE] ?? "").length >= 5) return;
    context.issues.push({
      code: "custom",
      path: [FIRST_LANGUAGE],
      message: "Finish the sentence “In an emergency …”, for example “go to the fire station on Main Street”.",
      input: context.value,
    });
  }),
  preference: z.coerce.number().int().min(1, "Use 1 or higher.").max(50, "Use at most 50."),
});
export type HelpOptionForm = z.infer<typeof helpOptionFormSchema>;

export const retireHelpOptionSchema = z.strictObject({ id: z.string().min(1) });

export const verificationDaysSchema = z.strictObject({
  agencyId: z.string().min(1),
  days: z.coerce
    .number({ error: "Give a number of days." })
    .int("Give whole days.")
    .min(7, "Use at least 7 days.")
    .max(365, "Use at most 365 days."),
});

/** Rules that an agency has or has not. */
const minutesSchema = (least: number) =>
  z.coerce
    .number({ error: "Give a number of minutes." })
    .int("Give whole minutes.")
    .min(least, `Use at least ${least} ${least === 1 ? "minute" : "minutes"}.`)
    .max(240, "Use at most 240 minutes.");

/** After how many minutes an agency calls something late, and opens its emergency release. */
export const clockLimitsSchema = z.strictObject({
  agencyId: z.string().min(1),
  firstAlertMinutes: minutesSchema(1),
  idleMinutes: minutesSchema(1),
  allClearMinutes: minutesSchema(1),
  emergencyMinutes: minutesSchema(5),
});
export type ClockLimits = z.input<typeof clockLimitsSchema>;

export const agencyRuleSchema = z.strictObject({
  agencyId: z.string().min(1),
  rule: z.enum(["numbersCountAsWork", "othersVerify", "emergencyRelease"]),
  on: z.boolean(),
});

/** All that is dialed, as the form, the directory, the alert and the review pass it on. */
export interface Dialed {
  /** E.164 */
  e164: string;
  /** Digits, or empty. */
  extension: string;
}

/** Writes +14135550142 as 413-555-0142. */
export function formatDigits(e164: string): string {
  const digits = e164.replace(/^\+1/, "");
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** Whether both are dialed alike: an extension is part of a number. */
export const isSameNumber = (one: Dialed, other: Dialed): boolean =>
  one.e164 === other.e164 && one.extension === other.extension;

/** A number as people read it, with its extension if it has one: 413-555-0142 ext. 12. */
export function formatNumber({ e164, extension }: Dialed): string {
  return extension ? `${formatDigits(e164)} ext. ${extension}` : formatDigits(e164);
}
