import { z } from "zod";
import { carrierSchema, failureSchema, textTo911Schema } from "../incidents/schema";

/** Planned exercises: who plays what, what players are told when, and the times they aim at. */

/** What is measured, in its order. Each is measured from the one before it, the first from the start. */
export const STAGES = {
  declared: { label: "Outage declared", measured: "From the start to the declared outage" },
  submitted: { label: "Alert sent for approval", measured: "From the declared outage to the alert sent for approval" },
  published: { label: "Alert approved and published", measured: "From sent for approval to published" },
  update: { label: "First update published", measured: "From the first alert to its first update" },
} as const;
export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as Stage[];

/** Parts of players, and the stage that is theirs. */
export const PARTS = {
  declares: { label: "Declares the outage", short: "Declares", permission: "incident:declare", stage: "declared" },
  drafts: { label: "Drafts the alert", short: "Drafts", permission: "alert:draft", stage: "submitted" },
  approves: { label: "Approves the alert", short: "Approves", permission: "alert:approve", stage: "published" },
  watches: { label: "Watches", short: "Watches", permission: "incident:read", stage: null },
} as const;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as Part[];
export const partSchema = z.enum(["declares", "drafts", "approves", "watches"]);

/**
 * Minutes from one stage to the next. Two and three are the product's own targets for a draft and its approval, an hour
 * is what a first alert promises as its next update. Nobody set one for declaring: five leaves time to read the brief.
 */
export const DEFAULT_TARGETS: Targets = { declared: 5, submitted: 2, published: 3, update: 60 };

const minutesSchema = z
  .int({ error: "Enter whole minutes, or leave it empty." })
  .min(1, "Enter at least 1 minute, or leave it empty.")
  .max(1440, "Enter at most 1,440 minutes, a day.")
  .nullable();
export const targetsSchema = z.strictObject({
  declared: minutesSchema,
  submitted: minutesSchema,
  published: minutesSchema,
  update: minutesSchema,
});
export type Targets = z.infer<typeof targetsSchema>;

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** Stages an inject can wait for; after the first update there is nothing left to tell. */
export const INJECT_STAGES = ["declared", "submitted", "published"] as const;
export const injectStageSchema = z.enum(INJECT_STAGES);

const injectSchema = z
  .strictObject({
    text: z
      .string()
      .trim()
      .min(3, "Write what players are told, or remove this inject.")
      .max(600, "Use at most 600 characters."),
    /** Minutes after the start; null where it waits for a stage. */
    afterMinutes: z
      .int({ error: "Enter whole minutes after the start." })
      .min(0, "Enter 0 or more minutes.")
      .max(1440, "Enter at most 1,440 minutes, a day.")
      .nullable(),
    stage: injectStageSchema.nullable(),
  })
  .check((context) => {
    const { afterMinutes, stage } = context.value;
    if ((afterMinutes === null) === (stage === null)) {
      context.issues.push({
        code: "custom",
        path: ["afterMinutes"],
        message: "Enter the minutes after the start, or choose a stage.",
        input: afterMinutes,
      });
    }
  });

const MOST_INJECTS = 30;
const MOST_PLAYERS = 60;

/** Who plays: someone for every part that does something, and two people for writing and approving. */
const playersSchema = z
  .array(z.strictObject({ personId: z.string().max(60), part: partSchema }))
  .max(MOST_PLAYERS, `Choose at most ${MOST_PLAYERS} players.`)
  .check((context) => {
    const players = context.value;
    const refuse = (message: string) => context.issues.push({ code: "custom", path: [], message, input: undefined });
    const missing = (["declares", "drafts", "approves"] as const).filter(
      (part) => !players.some((player) => player.part === part),
    );
    const working = players.filter(({ part }) => part === "drafts" || part === "approves");
    if (missing.length > 0) refuse(`Choose someone who ${missing.join(", someone who ")}.`);
    else if (new Set(working.map(({ personId }) => personId)).size === 1) {
      refuse("Choose someone else to approve: nobody approves their own work.");
    }
  });

/** What a person plans. Unknown fields are refused. */
export const planSchema = z
  .strictObject({
    /** The exercise that is changed, and the version that was shown; null for a new one. */
    change: z.strictObject({ id: z.string().max(60), version: z.int() }).nullable(),
    agencyId: z.string().min(1, "Choose the agency.").max(60),
    title: z
      .string()
      .transform(oneLine)
      .pipe(z.string().min(3, "Give it a title of at least three characters.").max(120, "Use at most 120 characters.")),
    startsAt: z.iso.datetime({ offset: true, error: "Enter the day and the time it starts." }),
    brief: z
      .string()
      .trim()
      .min(10, "Say in a sentence or two what players know at the beginning.")
      .max(2000, "Use at most 2,000 characters."),
    failure: failureSchema,
    carrier: carrierSchema.optional(),
    textTo911: textTo911Schema,
    placeIds: z
      .array(z.string().max(20))
      .min(1, "Choose where 911 fails in the exercise.")
      .max(5000, "Choose at most 5,000 places."),
    players: playersSchema,
    injects: z.array(injectSchema).max(MOST_INJECTS, `Use at most ${MOST_INJECTS} injects.`),
    targets: targetsSchema.refine((targets) => STAGE_NAMES.some((stage) => targets[stage] !== null), {
      error: "Set at least one target.",
    }),
  })
  .check((context) => {
    const { failure, carrier } = context.value;
    if (failure !== "carrier" || carrier) return;
    context.issues.push({
      code: "custom",
      path: ["carrier"],
      message: "Name the carrier whose customers cannot reach 911.",
      input: carrier,
    });
  });
export type PlanExercise = z.input<typeof planSchema>;
export type PlannedExercise = z.output<typeof planSchema>;

export const exerciseIdSchema = z.strictObject({ id: z.string().max(60) });
export const callOffSchema = z.strictObject({
  id: z.string().max(60),
  why: z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(3, "Say why, in a few words.").max(300, "Use at most 300 characters.")),
});
export const acknowledgeSchema = z.strictObject({ injectId: z.string().max(60) });

/** A demonstration in the IPAWS lab, as an administrator notes it. */
export const labSchema = z.strictObject({
  agencyId: z.string().min(1, "Choose the agency.").max(60),
  personId: z.string().min(1, "Choose who demonstrated it.").max(60),
  day: z.iso.date("Enter the day of the demonstration."),
  note: z.string().transform(oneLine).pipe(z.string().max(300, "Use at most 300 characters.")),
});
export type RecordLab = z.input<typeof labSchema>;

/** How an exercise stands. */
export const EXERCISE_STATES = {
  planned: "Planned",
  running: "Running",
  closed: "Closed",
  "called-off": "Called off",
} as const;
export type ExerciseState = keyof typeof EXERCISE_STATES;

export function stateOfExercise(row: {
  startedAt: Date | null;
  closedAt: Date | null;
  calledOffAt: Date | null;
}): ExerciseState {
  if (row.calledOffAt) return "called-off";
  if (row.closedAt) return "closed";
  return row.startedAt ? "running" : "planned";
}

/** A month of the program, such as 2026-11. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
