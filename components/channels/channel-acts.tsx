"use client";

import { Button } from "@trussworks/react-uswds";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CHANNEL_STATES, type ChannelState } from "../../lib/delivery/schema";
import type { Action } from "../../lib/platform/result";
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
  turn,
  test,
  retire,
}: {
  channel: { id: string; name: string; state: ChannelState; own: boolean };
  turn: Action<{ id: string; state: ChannelState }, null>;
  test: Action<{ id: string }, Answer>;
  retire: Action<{ id: string }, null>;
}) {
  const router = useRouter();
  const [said, setSaid] = useState("");
  const turning = useAction(turn, () => router.refresh());
  const testing = useAction(test, ({ sent, answer }) => setSaid(`${sent}: ${answer}`));
  const retiring = useAction(retire, () => router.push("/admin/channels"));
  if (!channel.own) return <p className="second">Every site has it. It is live, and shows no exercise.</p>;
  return (
    <>
      <ErrorSummary problem={turning.problem ?? testing.problem ?? retiring.problem} />
      <p className="row">
        <span>
          Now: <strong>{CHANNEL_STATES[channel.state]}</strong>
        </span>
        {(Object.keys(CHANNEL_STATES) as ChannelState[])
          .filter((state) => state !== channel.state)
          .map((state) =>
            state === "live" ? (
              <AskedButton
                key={state}
                label="Turn it live"
                question="From now on every published alert goes to it. Turn it live?"
                yes="Turn it live"
                no="Leave it"
                disabled={turning.busy}
                onYes={() => turning.run({ id: channel.id, state })}
              />
            ) : (
              <Button
                key={state}
                type="button"
                outline
                disabled={turning.busy}
                onClick={() => turning.run({ id: channel.id, state })}
              >
                {state === "off" ? "Turn it off" : "For exercises only"}
              </Button>
            ),
          )}
      </p>
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
