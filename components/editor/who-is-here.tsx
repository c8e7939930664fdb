"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { type NumberStatus, STATUSES } from "../../lib/directory/schema";
import { postJson } from "../ui/post-json";
import { idOfTab } from "../ui/tab-id";

const answerSchema = z.object({
  others: z.array(z.object({ name: z.string(), self: z.boolean() })),
  changed: z.array(
    z.object({ id: z.string(), status: z.enum(Object.keys(STATUSES) as [NumberStatus, ...NumberStatus[]]) }),
  ),
});
type Presence = z.infer<typeof answerSchema>;

/** How often a tab says that it is open. */
const RENEW_MS = 10_000;
const NOBODY: Presence = { others: [], changed: [] };

/**
 * Says that this tab has the alert open.
 * @param readAt when the page read the directory, in milliseconds since 1970
 * @returns who else has it open, and which numbers changed their state since
 */
export function usePresence(alertId: string, readAt: number): Presence {
  const [tabId] = useState(idOfTab);
  const { data = NOBODY } = useQuery({
    queryKey: ["presence", alertId, tabId, readAt],
    queryFn: () => postJson(`/api/alerts/${alertId}/presence`, { tabId, readAt }, answerSchema),
    refetchInterval: RENEW_MS,
    retry: false,
    networkMode: "always",
  });
  return data;
}

/** Who else has this alert open, and whether oneself has it open in another tab. */
export function WhoIsHere({ others }: Pick<Presence, "others">) {
  const names = others.filter(({ self }) => !self).map(({ name }) => name);
  return (
    <span role="status" className="hint">
      {names.length > 0 && `${names.join(", ")} ${names.length === 1 ? "has" : "have"} this alert open too. `}
      {others.some(({ self }) => self) && "You have it open in another tab too."}
    </span>
  );
}
