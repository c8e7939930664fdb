"use server";

import { z } from "zod";
import { prepareAlert } from "../../lib/alerts/commands/prepare";
import { createAction } from "../../lib/access/create-action";
import { closeIncident, declareIncident } from "../../lib/incidents/mutations";
import { declareIncidentSchema } from "../../lib/incidents/schema";
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
