import type { z } from "zod";

/** An expected refusal is a value with a sentence; a surprise is thrown. */
export interface Refusal {
  ok: false;
  code: string;
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

export function refuse(code: string, message: string, fields?: Record<string, string>): Refusal {
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
