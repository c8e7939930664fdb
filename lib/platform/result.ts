import type { z } from "zod";

/**
 * Every way the product refuses something, with the sentence that is said where
 * there is nothing more exact to say. A sentence says what is wrong, what to do,
 * and that nothing was changed.
 */
export const REFUSALS = {
  // Who asks.
  "foreign-origin": "This request did not come from Callbox. Nothing was changed.",
  "signed-out": "You are signed out. What you typed is still here.",
  "not-permitted": "Your role does not allow this. Nothing was changed.",
  "no-role": "This person has no role. Give a role first.",
  "own-account": "You can’t do this to your own account. Ask another administrator.",
  "own-request": "You asked for this yourself. Another administrator confirms it.",
  "own-roles": "You can’t change your own roles. Ask another administrator.",
  contributed: "You can’t approve this alert because you worked on it. Another approver can. Nothing was published.",
  "number-is-yours": "Only your own work stands behind a number in this alert. Another approver can approve it.",
  throttled: "Too many attempts. Wait a moment and try again.",
  "wrong-password": "The password is not right.",
  "second-factor": "This takes a second factor. Set one up under your account first. Nothing was changed.",
  "wrong-code": "The code is not right, or it was used before. Enter the code that shows now.",
  "wrong-passkey": "The passkey could not be checked. Try again, or use a code.",
  "confirm-first": "Confirm again that it is you. Nothing was changed.",
  "two-people": "This takes two administrators. Another one must confirm it. Nothing was changed.",
  "weak-password": "Choose a password that is harder to guess.",
  "link-ended": "This link was used or has expired. Ask your administrator for a new one.",
  "not-linked":
    "This sign-in is not linked to an account here. Sign in as you usually do, then link it under your account. If you were invited, open your invitation first.",
  "linked-elsewhere": "This sign-in is linked to another account here. Nothing was changed.",
  "access-ended": "Your access to Callbox has ended. Ask your administrator.",
  // What was given.
  invalid: "Check the marked fields. Nothing was changed.",
  phrase: "Type EXERCISE in capitals. Nothing was changed.",
  same: "Nothing was changed.",
  taken: "This is already taken. Nothing was changed.",
  twice: "This is already in the directory. Nothing was changed.",
  "too-many": "There are too many of these already. Nothing was changed.",
  wrong: "Your email or password is not right.",
  incomplete: "Some confirmations are missing. Nothing was published.",
  outside: "This is for a place that is not in this alert. Nothing was saved.",
  "foreign-number": "That number is not in the directory for this place. Nothing was saved.",
  "outside-jurisdiction": "This is outside your agency’s area. Nothing was changed.",
  "not-checked": "The file could not be checked. Nothing was saved.",
  "places-fixed": "An alert covers the places of its incident. Nothing was saved.",
  "other-failure": "This is for another kind of failure or other places. Nothing was made.",
  "other-places": "The message is for none of this incident’s places. No draft was made.",
  withheld: "Your agency is not allowed to publish this. Nothing was changed.",
  // How things stand.
  "not-found": "You can’t open this. Nothing was changed.",
  gone: "This is no longer there. Nothing was changed.",
  closed: "This incident is closed. Declare a new one.",
  "already-open": "An incident is already open for some of these places. Nothing was declared.",
  "told-already": "People there were told that 911 is down. Mark the place as restored, so that they get an all-clear.",
  "nothing-in-force": "No message of this incident is in force, so there is nothing to follow up.",
  "no-places": "No place fits. Nothing was changed.",
  "wrong-state": "This alert has moved on. Nothing was changed. Reload the page.",
  "content-changed": "The alert changed after you opened it. Nothing was published. Reload and review it again.",
  "blocked-by-findings": "Something must be fixed first. Nothing was published. The draft is saved.",
  "signing-key": "The signing key cannot sign. Nothing was published.",
  clock:
    "This server’s clock is behind a message that is in force, so receivers would drop the new one as older. Nothing was published. Have the clock set, then approve again.",
  "no-emergency": "Your agency does not allow one person to release an alert. Nothing was published.",
  "too-early": "It is too early for this. Nothing was published.",
  "earlier-version": "This alert was sent for approval before Callbox was updated. Return it and have it sent again.",
  "alert-open": "An alert of this incident is still open. Finish it first.",
  "alert-valid": "An alert of this incident is still valid. Cancel it or let it end first.",
  "no-template": "There is no approved template for this. Ask your administrator.",
  stale: "The directory changed since this preview was made. Nothing was saved.",
  busy: "Callbox is busy. Nothing was changed. Try again in a moment.",
  failed: "Something went wrong on our side. Nothing was changed, and your text is still here. Try again.",
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** An expected refusal is a value with a sentence; a surprise is thrown. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** What happened, what to do, and that nothing was lost. */
  message: string;
  /** Messages beside fields, by path. */
  fields?: Record<string, string>;
}

export type Result<Value> = { ok: true; value: Value } | Refusal;

/** A server action as a component calls it: typed from the schema that the server parses with. */
export type Action<Input, Output> = (input: Input) => Promise<Result<Output>>;

export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** @param message what is said instead of the table's sentence, where more is known */
export function refuse(code: RefusalCode, message: string = REFUSALS[code], fields?: Record<string, string>): Refusal {
  return { ok: false, code, message, ...(fields ? { fields } : {}) };
}

/**
 * Messages of a failed parse beside the fields they belong to, the first for each.
 * @param fieldId names a field on the page, where several forms of a kind stand on one
 */
export function fieldMessages(
  error: z.ZodError,
  fieldId: (path: string) => string = (path) => path,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    fields[fieldId(issue.path.join(".") || "form")] ??=
      issue.code === "unrecognized_keys" ? "The form sent a field that does not belong here." : issue.message;
  }
  return fields;
}
