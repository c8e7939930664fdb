import { z } from "zod";
import { SENSITIVE_ROLES } from "../../access/permissions";
import { givenProof } from "../sign-in/schema";

/** Changes of access that two administrators make: one asks, another one confirms. */

export const REQUEST_KINDS = ["role", "restore", "factor-reset", "link", "emergency-release"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** How long a request waits for the second administrator. */
export const REQUEST_MS = 7 * 86_400_000;

export const askAccessSchema = z.strictObject({
  kind: z.enum(REQUEST_KINDS),
  /** Whom it is about; nobody for a rule of an agency. */
  personId: z.string().max(60).optional(),
  /** The agency of the role or rule; the account's own for everything else. */
  agencyId: z.string().max(60).optional(),
  role: z.enum(SENSITIVE_ROLES).optional(),
  reason: z.string().trim().min(5, "Say why, in a few words.").max(300, "Use at most 300 characters."),
  ...givenProof,
});
export type AskAccess = z.infer<typeof askAccessSchema>;

export const decideAccessSchema = z.strictObject({
  id: z.string().max(60),
  decision: z.enum(["confirm", "decline", "withdraw"]),
  ...givenProof,
});
export type DecideAccess = z.infer<typeof decideAccessSchema>;
