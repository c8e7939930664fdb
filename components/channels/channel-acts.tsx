"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CHANNEL_STATES, type ChannelState } from "../../lib/delivery/schema";
import type { Action } from "../../lib/platform/result";
import { ProofForm } from "../auth/proof-form";
import { type Proof, type ProofWays, useProof } from "../auth/use-proof";
import { AskedButton } from "../ui/asked-button";
import { ErrorSummary } from "../ui/error-summary";
import { useAction } from "../ui/use-action";

interface Answer {
  state: string;
  sent: string;
  answer: string;
}

/** Turns a channel on and off, asks its other side, and takes it away. */
export function ChannelActs({
  channel,
  ways,
  turn,
  ask,
  test,
  retire,
}: {
  channel: { id: string; name: string; state: ChannelState; own: boolean; waits: boolean };
  ways: ProofWays;
  turn: Action<{ id: string; state: Exclude<ChannelState, "live"> }, null>;
  ask: Action<{ id: string } & Proof, null>;
  test: Action<{ id: string }, Answer>;
  retire: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const [said, setSaid] = useState("");
  const turning = useAction(turn, () => router.refresh());
  const [opened, setOpened] = useState(false);
  const asking = useAction(ask, () => {
    setOpened(false);
    router.refresh();
  });
  const proof = useProof(ways, "Asked because live alerts will go to this channel.", asking.problem, "ask-");
  const testing = useAction(test, ({ sent, answer }) => setSaid(`${sent}: ${answer}`));
  const retiring = useAction(retire, () => router.push("/admin/channels"));
  if (!channel.own) return <p className="second">Every site has it. It is live, and shows no exercise.</p>;
  return (
    <>
      <ErrorSummary problem={turning.problem ?? proof.shown ?? testing.problem ?? retiring.problem} />
      <p className="row">
        <span>
          Now: <strong>{CHANNEL_STATES[channel.state]}</strong>
        </span>
        {channel.state !== "live" && !channel.waits && !opened && (
          <Button type="button" outline onClick={() => setOpened(true)}>
            Ask to turn it live…
          </Button>
        )}
        {(["off", "exercise"] as const)
          .filter((state) => state !== channel.state)
          .map((state) => (
            <Button
              key={state}
              type="button"
              outline
              disabled={turning.busy}
              onClick={() => turning.run({ id: channel.id, state })}
            >
              {state === "off" ? "Turn it off" : "For exercises only"}
            </Button>
          ))}
      </p>
      {opened && (
        <ProofForm
          proof={proof}
          busy={asking.busy}
          isNarrow
          yes="Ask to turn it live"
          no="Leave it"
          onYes={() => asking.run({ id: channel.id, ...proof.proof })}
          onNo={() => setOpened(false)}
        >
          <p>Every published alert goes to it once another administrator confirms. Ask for that?</p>
        </ProofForm>
      )}
      <p className="row">
        <Button
          type="button"
          outline
          disabled={testing.busy}
          onClick={() => {
            setSaid("");
            testing.run({ id: channel.id });
          }}
        >
          {testing.busy ? "Asking the other side" : "Test it"}
        </Button>
        <AskedButton
          label="Remove it"
          question="Remove this channel? What went to it stays on record."
          yes="Remove it"
          no="Keep it"
          disabled={retiring.busy}
          onYes={() => retiring.run({ id: channel.id })}
        />
        <span role="status">{said}</span>
      </p>
    </>
  );
}
