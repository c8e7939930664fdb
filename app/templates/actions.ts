"use server";

import { createAction } from "../../lib/access/create-action";
import { decideTemplate } from "../../lib/alerts/templates/commands/decide";
import {
  beginTemplate,
  saveTemplate,
  submitTemplate,
  withdrawTemplate,
} from "../../lib/alerts/templates/commands/draft";
import {
  beginTemplateSchema,
  decideTemplateSchema,
  saveTemplateSchema,
  templateDraftSchema,
  withdrawTemplateSchema,
} from "../../lib/alerts/templates/schema";
import { db } from "../../lib/platform/db";

export const beginTemplateAction = createAction({
  permission: "template:edit",
  input: beginTemplateSchema,
  run: ({ actor, input, now }) => beginTemplate(db(), actor, input, now),
});

export const saveTemplateAction = createAction({
  permission: "template:edit",
  input: saveTemplateSchema,
  run: ({ actor, input, now }) => saveTemplate(db(), actor, input, now),
});

export const submitTemplateAction = createAction({
  permission: "template:edit",
  input: templateDraftSchema,
  run: ({ actor, input, now }) => submitTemplate(db(), actor, input, now),
});

export const withdrawTemplateAction = createAction({
  permission: "template:edit",
  input: withdrawTemplateSchema,
  run: ({ actor, input, now }) => withdrawTemplate(db(), actor, input, now),
});

export const decideTemplateAction = createAction({
  permission: "template:approve",
  input: decideTemplateSchema,
  run: ({ actor, input, now }) => decideTemplate(db(), actor, input, now),
});
