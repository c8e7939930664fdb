"use client";

import type { PlanAgency } from "../../lib/exercises/planning/data";
import { type Part, PART_NAMES, PARTS } from "../../lib/exercises/schema";
import type { PlanState } from "./plan-state";

const HINTS: Readonly<Record<Part, string>> = {
  declares: "Presses Declare, from what the brief says.",
  drafts: "Prepares the alert and sends it for approval.",
  approves: "Reviews it and publishes it, to nobody outside. Nobody approves their own work.",
  watches: "Gets the injects and plays no part.",
};

/** Who plays which part. Each part lists those whose role allows it. */
export function PlayerFields({
  people,
  players,
  error,
  onChange,
}: {
  people: PlanAgency["people"];
  players: PlanState["players"];
  error: string | undefined;
  onChange: (players: PlanState["players"]) => void;
}) {
  const plays = (personId: string, part: Part) =>
    players.some((player) => player.personId === personId && player.part === part);
  const toggle = (personId: string, part: Part) =>
    onChange(
      plays(personId, part)
        ? players.filter((player) => player.personId !== personId || player.part !== part)
        : [...players, { personId, part }],
    );
  return (
    <section aria-labelledby="players-heading" id="players">
      <div className="rule">
        <h2 id="players-heading">Players</h2>
      </div>
      {error && <p className="usa-error-message">{error}</p>}
      <div className="parts">
        {PART_NAMES.map((part) => {
          const able = people.filter(({ parts }) => parts.includes(part));
          return (
            <fieldset className="usa-fieldset" key={part}>
              <legend className="usa-legend">{PARTS[part].label}</legend>
              <p className="hint">{HINTS[part]}</p>
              {able.length === 0 && <p>Nobody’s role in this agency allows it.</p>}
              {able.map(({ id, name }) => (
                <label className="check" key={id}>
                  <input type="checkbox" checked={plays(id, part)} onChange={() => toggle(id, part)} />
                  <span>{name}</span>
                </label>
              ))}
            </fieldset>
          );
        })}
      </div>
    </section>
  );
}
