"use client";

import { useState } from "react";
import type { WaitingRequest } from "../../lib/people/grants/data";
import type { ProofWays } from "../auth/use-proof";
import { OneTimeLink } from "./one-time-link";
import { type DecideAction, WaitingRequestBox } from "./waiting-request";

/** Every change of access that waits for a second administrator. */
export function WaitingRequests({
  requests,
  ways,
  decide,
  waitsElse,
}: {
  requests: readonly WaitingRequest[];
  /** Whether something beside access waits. */
  waitsElse: boolean;
  ways: ProofWays;
  decide: DecideAction;
}) {
  const [link, setLink] = useState<{ name: string; token: string } | null>(null);
  return (
    <>
      {link && <OneTimeLink name={link.name} token={link.token} mailed={null} />}
      {requests.length === 0 && !waitsElse && <p>Nothing waits for a second administrator.</p>}
      {requests.map((request) => (
        <WaitingRequestBox
          key={request.id}
          request={request}
          ways={ways}
          decide={decide}
          onLink={(token) => setLink({ name: request.person, token })}
        />
      ))}
    </>
  );
}
