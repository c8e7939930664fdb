"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { postJson } from "../ui/post-json";

const presentSchema = z.array(z.object({ name: z.string(), self: z.boolean() }));

/** How often a tab says that it is open. */
const RENEW_MS = 10_000;

/** Who else has this alert open, and whether oneself has it open in another tab. */
export function WhoIsHere({ alertId }: { alertId: string }) {
  const [tabId] = useState(() => crypto.randomUUID());
  const { data = [] } = useQuery({
    queryKey: ["presence", alertId, tabId],
    queryFn: () => postJson(`/api/alerts/${alertId}/presence`, { tabId }, presentSchema),
    refetchInterval: RENEW_MS,
    retry: false,
    networkMode: "always",
  });
  const others = data.filter(({ self }) => !self).map(({ name }) => name);
  return (
    <span role="status" className="hint">
      {others.length > 0 && `${others.join(", ")} ${others.length === 1 ? "has" : "have"} this alert open too. `}
      {data.some(({ self }) => self) && "You have it open in another tab too."}
    </span>
  );
}
