import { z } from "zod";
import { templateBodySchema } from "../../wording/schema";

/** What people send when they change the words that alerts begin with. */

export const beginTemplateSchema = z.strictObject({ templateId: z.string().min(1) });

export const saveTemplateSchema = z.strictObject({
  id: z.string().min(1),
  /** The version of the draft that the author began from. */
  version: z.number().int(),
  name: z.string().trim().min(3, "Give the template a name of at least three characters.").max(120),
  body: templateBodySchema,
});

export const templateDraftSchema = z.strictObject({ id: z.string().min(1), version: z.number().int() });

/** Takes a draft back from the approvers, or throws it away. */
export const withdrawTemplateSchema = z.strictObject({ id: z.string().min(1), discard: z.boolean() });

export const decideTemplateSchema = z
  .strictObject({
    id: z.string().min(1),
    decision: z.enum(["approve", "return"]),
    /** The fingerprint the approver saw. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.string().trim().max(1000, "Use at most 1,000 characters.").optional(),
  })
  .refine(({ decision, reason }) => decision === "approve" || (reason ?? "").length >= 3, {
    path: ["reason"],
    error: "Give the reason. The author sees it first.",
  });
export type DecideTemplate = z.infer<typeof decideTemplateSchema>;

export const TEMPLATE_DRAFT_STATES = ["draft", "submitted", "approved", "discarded"] as const;
