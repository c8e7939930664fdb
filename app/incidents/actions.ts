"use server";

import { z } from "zod";
import { prepareAlert } from "../../lib/alerts/commands/prepare";
import { createAction } from "../../lib/access/create-action";
import { changeFacts, movePlaces, recordEntry } from "../../lib/incidents/commands/change";
import { closeIncident } from "../../lib/incidents/commands/close";
import { declareIncident } from "../../lib/incidents/commands/declare";
import {
  changeFactsSchema,
  declareIncidentSchema,
  movePlacesSchema,
  recordEntrySchema,
} from "../../lib/incidents/schema";
import { db } from "../../lib/platform/db";

export const declareIncidentAction = createAction({
  permission: "incident:declare",
  input: declareIncidentSchema,
  run: ({ actor, input, now }) => declareIncident(db(), actor, input, now),
});

export const prepareAlertAction = createAction({
  permission: "alert:draft",
  input: z.strictObject({ incidentId: z.string() }),
  run: ({ actor, input, now }) => prepareAlert(db(), actor, input, now),
});

export const closeIncidentAction = createAction({
  permission: "incident:declare",
  input: z.strictObject({ id: z.string() }),
  run: ({ actor, input, now }) => closeIncident(db(), actor, input, now),
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
