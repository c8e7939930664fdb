"use server";

import { createAction } from "../../lib/access/create-action";
import { recordLab, withdrawLab } from "../../lib/exercises/commands/lab";
import { callOffExercise, planExercise } from "../../lib/exercises/commands/plan";
import { acknowledgeInject, closeExercise, startExercise } from "../../lib/exercises/commands/run";
import { acknowledgeSchema, callOffSchema, exerciseIdSchema, labSchema, planSchema } from "../../lib/exercises/schema";
import { db } from "../../lib/platform/db";

export const planExerciseAction = createAction({
  permission: "exercise:plan",
  input: planSchema,
  run: ({ actor, input, now }) => planExercise(db(), actor, input, now),
});

export const callOffExerciseAction = createAction({
  permission: "exercise:plan",
  input: callOffSchema,
  run: ({ actor, input, now }) => callOffExercise(db(), actor, input, now),
});

export const startExerciseAction = createAction({
  permission: "exercise:plan",
  input: exerciseIdSchema,
  run: ({ actor, input, now }) => startExercise(db(), actor, input, now),
});

export const acknowledgeInjectAction = createAction({
  permission: "incident:read",
  input: acknowledgeSchema,
  run: ({ actor, input, now }) => acknowledgeInject(db(), actor, input, now),
});

export const closeExerciseAction = createAction({
  permission: "exercise:plan",
  input: exerciseIdSchema,
  run: ({ actor, input, now }) => closeExercise(db(), actor, input, now),
});

export const recordLabAction = createAction({
  permission: "people:manage",
  input: labSchema,
  run: ({ actor, input, now }) => recordLab(db(), actor, input, now),
});

export const withdrawLabAction = createAction({
  permission: "people:manage",
  input: exerciseIdSchema,
  run: ({ actor, input, now }) => withdrawLab(db(), actor, input, now),
});
