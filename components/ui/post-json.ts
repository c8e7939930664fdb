import type { z } from "zod";
import { PollError } from "./poll";

/** A POST to the console's own routes; the answer is parsed. @throws PollError with the status of a refusal */
export async function postJson<Value>(url: string, body: unknown, schema: z.ZodType<Value>): Promise<Value> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new PollError(answer.status);
  return schema.parse(await answer.json());
}
