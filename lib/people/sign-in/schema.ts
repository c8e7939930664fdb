import { z } from "zod";

/** What a person gives to prove who they are. */

/**
 * Six digits of an authenticator app, or a recovery code; spaces and dashes do not
 * matter. Recovery codes that were given out before they had 28 letters have 16.
 */
export const codeSchema = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
  .pipe(
    z.string().regex(/^(\d{6}|[A-Z2-7]{16}|[A-Z2-7]{28})$/, "Enter the 6 digits your app shows, or a recovery code."),
  );

/** A browser's answer as JSON. What is in it is checked by the library, against the challenge and the stored key. */
const text = z.string().max(20_000);
const transports = z.array(z.string().max(30)).max(10).optional();

/** What a passkey answers to a challenge. */
export const passkeyAnswerSchema = z.object({
  id: z.string().min(1).max(1400),
  rawId: z.string().min(1).max(1400),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.string().max(30).nullish(),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswerSchema>;

/** What a new passkey says of itself. */
const newPasskeySchema = z.object({
  id: z.string().min(1).max(1400),
  rawId: z.string().min(1).max(1400),
  type: z.literal("public-key"),
  response: z.object({ clientDataJSON: text, attestationObject: text, transports }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.string().max(30).nullish(),
});
export type NewPasskey = z.infer<typeof newPasskeySchema>;

export const addPasskeySchema = z.strictObject({
  name: z.string().trim().min(1, "Give it a name, such as “security key”.").max(60, "Use at most 60 characters."),
  answer: newPasskeySchema,
});

export const secondStepSchema = z.strictObject({ code: codeSchema });

/** Proof of who a person is before a sensitive act. The code only of someone who has a second factor. */
export const proofSchema = z.strictObject({
  /** Empty of someone who has none here. */
  password: z.string().max(200),
  code: z.union([z.literal(""), codeSchema]).optional(),
});
/** How long it counts that a person proved again who they are, before an approval or a sensitive grant. */
export const CONFIRMED_MS = 5 * 60_000;
/** Proof of who asks or confirms, as fields of another form; empty where it was given in the last five minutes. */
export const givenProof = { password: z.string().max(200).optional(), code: z.string().max(60).optional() };
export type Proof = z.infer<typeof proofSchema>;
