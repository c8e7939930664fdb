"use client";

import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";

/** A GET that a page repeats. The answer is parsed; a refusal ends the polling with its status. */
export class PollError extends Error {
  constructor(readonly status: number) {
    super(`The console answered ${status}.`);
  }
}

export async function fetchJson<Value>(url: string, schema: z.ZodType<Value>, signal?: AbortSignal): Promise<Value> {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (!answer.ok) throw new PollError(answer.status);
  return schema.parse(await answer.json());
}

/** Every how many milliseconds live parts ask. */
export const POLL_MS = 3000;

/** Options of a query that polls while the page is open. */
export function pollOptions<Value>(key: readonly unknown[], url: string, schema: z.ZodType<Value>, initialData: Value) {
  return queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => fetchJson(url, schema, signal),
    initialData: initialData as never,
    refetchInterval: (query) =>
      query.state.error instanceof PollError && query.state.error.status === 401 ? false : POLL_MS,
    refetchOnWindowFocus: true,
    retry: false,
    networkMode: "always",
  });
}
