"use server";

import { z } from "zod";
import { prepareAlert } from "../../lib/alerts/commands/prepare";
import { createAction } from "../../lib/access/create-action";
import { changeFacts, movePlaces, recordEntry } from "../../lib/incidents/commands/change";
import { closeByMode, declareForExercise } from "../../lib/exercises/commands/run";
import { declareIncident } from "../../lib/incidents/commands/declare";
import {
  changeFactsSchema,
  declareIncidentSchema,
  movePlacesSchema,
  recordEntrySchema,
} from "../../lib/incidents/schema";
import { getDeclaringAgency } from "../../lib/incidents/data";
import type { InOutline } from "../../lib/exchange/area-plan";
import { db } from "../../lib/platform/db";
import { runJob } from "../../lib/platform/file-worker";
import { refuse, type Result } from "../../lib/platform/result";

export const declareIncidentAction = createAction({
  permission: "incident:declare",
  input: declareIncidentSchema,
  run: ({ actor, input: { exerciseId, ...input }, now }) =>
    exerciseId === undefined
      ? declareIncident(db(), actor, input, now)
      : declareForExercise(db(), actor, exerciseId, input, now),
});

const OUTLINE_LIMITS = { seconds: 30, megabytes: 800 };

/** Which places of the declaring agency lie in a file's outlines; read in a process of its own, and nothing is kept. */
export const findInOutlineAction = createAction({
  permission: "incident:declare",
  input: z.strictObject({
    bytes: z
      .instanceof(Uint8Array, { error: "Choose a file." })
      .refine((bytes) => bytes.length > 0, "The file is empty.")
      .refine((bytes) => bytes.length <= 5 * 1024 * 1024, "The file is larger than 5 MB. Simplify its outlines."),
  }),
  run: async ({ actor, input }) => {
    const agency = await getDeclaringAgency(actor);
    if (!agency) return refuse("not-permitted", "Your agency declares no outages.");
    const payload = { bytes: input.bytes, allowed: agency.townIds };
    const result = await runJob<Result<InOutline>>("outline", payload, OUTLINE_LIMITS);
    if (result.ok) return result.value;
    const why = result.why === "failed" ? "could not be read" : "takes too long or too much memory to read";
    return refuse("invalid", "This file can’t be used.", { file: `This file ${why}.` });
  },
});

export const prepareAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ incidentId: z.string(), readyId: z.string().max(60).optional() }),
  run: ({ actor, input: { incidentId, readyId }, now }) =>
    prepareAlert(db(), actor, { incidentId, ...(readyId === undefined ? {} : { readyId }) }, now),
});

export const closeIncidentAction = createAction({
  permission: "incident:declare",
  input: z.strictObject({ id: z.string() }),
  run: ({ actor, input, now }) => closeByMode(db(), actor, input, now),
});

export const changeFactsAction = createAction({
  permission: "incident:declare",
  input: changeFactsSchema,
  run: ({ actor, input, now }) => changeFacts(db(), actor, input, now),
});

export const movePlacesAction = createAction({
  permission: "incident:declare",
  input: movePlacesSchema,
  run: ({ actor, input, now }) => movePlaces(db(), actor, input, now),
});

export const recordEntryAction = createAction({
  permission: "incident:declare",
  input: recordEntrySchema,
  run: ({ actor, input, now }) => recordEntry(db(), actor, input, now),
});
