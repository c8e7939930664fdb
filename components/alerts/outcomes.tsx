"use client";

import { Button } from "@trussworks/react-uswds";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import type { ChannelOutcome } from "../../lib/delivery/data";
import { DELIVERY_STATES, type DeliveryState } from "../../lib/delivery/schema";
import type { Action } from "../../lib/platform/result";
import { useTimeZone } from "../layout/providers";
import { ErrorSummary } from "../ui/error-summary";
import { pollOptions } from "../ui/poll";
import { type Shape, State, type Tone } from "../ui/state";
import { formatCount, formatPlaces, formatSeconds } from "../ui/time";
import { useAction } from "../ui/use-action";

const stateSchema = z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState, ...DeliveryState[]]);

const outcomeSchema = z.array(
  z.object({
    channelId: z.string(),
    name: z.string(),
    kind: z.string(),
    label: z.string(),
    total: z.number(),
    states: z.array(
      z.object({
        state: stateSchema,
        label: z.string(),
        count: z.number(),
      }),
    ),
    attempts: z.number(),
    lastAt: z.number().nullable(),
    problem: z.string().nullable(),
    undone: z.array(
      z.object({
        state: stateSchema,
        label: z.string(),
        reason: z.string(),
        places: z.array(z.string()),
        count: z.number(),
      }),
    ),
    paused: z.boolean(),
    over: z.boolean(),
  }),
);

const SHAPES: Readonly<Record<DeliveryState, readonly [Shape, Tone]>> = {
  stored: ["dots", "plain"],
  "handed-over": ["half", "plain"],
  accepted: ["circle", "good"],
  confirmed: ["disc", "good"],
  failed: ["triangle", "bad"],
  dropped: ["dash", "quiet"],
};

/** More places than these are folded. */
const PLACES_SHOWN = 5;

/** Of which places something was not taken, with the reason, which is always in sight. */
function Undone({ label, reason, places, count }: ChannelOutcome["undone"][number]) {
  if (places.length <= PLACES_SHOWN)
    return (
      <div className="hint">
        {places.length > 0 && `${places.join(", ")}, ${label}: `}
        {reason}
      </div>
    );
  return (
    <details className="hint">
      <summary>
        {formatCount(count)} {label} in {formatPlaces(places.length)}: {reason}
      </summary>
      {places.join(", ")}
    </details>
  );
}

/** Where an alert went and what each side said, kept fresh while it is on its way. */
export function Outcomes({
  alertId,
  outcomes,
  mayRepublish,
  republish,
}: {
  alertId: string;
  outcomes: readonly ChannelOutcome[];
  mayRepublish: boolean;
  republish: Action<{ channelId: string; alertId: string }, { count: number }>;
}) {
  const timeZone = useTimeZone();
  const { data, refetch } = useQuery(
    pollOptions(["outcomes", alertId], `/api/alerts/${alertId}/outcomes`, outcomeSchema, [...outcomes]),
  );
  const { run, busy, problem } = useAction(republish, () => void refetch());
  if (data.length === 0) return null;
  return (
    <>
      <ErrorSummary problem={problem} />
      <div className="scroller" tabIndex={0} role="region" aria-label="Channels">
        <table className="lines stacks">
          <caption className="visually-hidden">Channels this alert went to</caption>
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">Now</th>
              <th scope="col">Last</th>
              <th scope="col">
                <span className="visually-hidden">Act</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr key={one.channelId}>
                <th scope="row">{one.name}</th>
                <td>
                  {one.states.map(({ state, label, count }) => (
                    <div key={state}>
                      <State shape={SHAPES[state][0]} tone={SHAPES[state][1]}>
                        {one.total === 1 ? label : `${formatCount(count)} of ${formatCount(one.total)} ${label}`}
                      </State>
                    </div>
                  ))}
                  {one.paused && <div className="hint">It failed several times in a row and is tried again soon.</div>}
                  {one.problem && <div className="hint">{one.problem}</div>}
                  {one.undone.map((undone) => (
                    <Undone key={`${undone.state} ${undone.reason}`} {...undone} />
                  ))}
                </td>
                <td className="tabular" data-label="Last">
                  {one.lastAt === null ? "" : formatSeconds(one.lastAt, timeZone)}
                </td>
                <td className="right">
                  {mayRepublish && one.over && (
                    <Button
                      type="button"
                      outline
                      disabled={busy}
                      onClick={() => run({ channelId: one.channelId, alertId })}
                    >
                      Publish again<span className="visually-hidden"> to {one.name}</span>
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
