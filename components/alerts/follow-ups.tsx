"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import type { followUpSchema } from "../../lib/alerts/commands/follow-up";
import type { Action } from "../../lib/platform/result";
import { ErrorSummary } from "../ui/error-summary";
import { State } from "../ui/state";
import { formatPlaces } from "../ui/time";
import { useAction } from "../ui/use-action";

export type BeginFollowUp = Action<z.input<typeof followUpSchema>, { id: string }>;

/** A number that people were given by a message in force. */
export interface GivenOut {
  id: string;
  number: string;
  places: readonly string[];
}

interface Props {
  incidentId: string;
  /** Whose outage it is. */
  agency: string;
  /** Places with a message in force that says 911 fails. */
  told: number;
  /** Places where 911 fails and nobody was told. */
  untold: number;
  /** Places that were told, where 911 works again. */
  restored: number;
  numbers: readonly GivenOut[];
  /** Places next to the outage, where 911 works: those of the agency not told so yet, by name, and those of others. */
  neighbors: {
    untold: readonly string[];
    told: number;
    outside: readonly string[];
    mayDraft: boolean;
    /** Why a border notice may not be published, as sentences. */
    forbidden: string | null;
  };
  /** Drafts that follow up already, by what they are for. */
  open: readonly { id: string; purpose: string; title: string }[];
  mayFollowUp: boolean;
  /** Of an exercise, which leaves the directory as it is. */
  exercise: boolean;
  begin: BeginFollowUp;
}

/** What may have happened since, in the words of whoever was told, each with what it does and one button. */
export function FollowUps({
  incidentId,
  agency,
  told,
  untold,
  restored,
  numbers,
  neighbors,
  open,
  mayFollowUp,
  exercise,
  begin,
}: Props) {
  const router = useRouter();
  const { run, busy, problem } = useAction(begin, ({ id }) => router.push(`/alerts/${id}/edit`), { leaves: true });
  // One filled button: the all-clear once 911 works somewhere, and the promised update until then.
  const nextAct = restored > 0 ? "restoration" : "update";
  const openOf = (purpose: string) => open.find((draft) => draft.purpose === purpose);
  const act = (purpose: "update" | "restoration" | "cancellation" | "border", label: string, may = mayFollowUp) => {
    const draft = openOf(purpose);
    if (draft) {
      return (
        <Link
          className={purpose === nextAct ? "usa-button" : "usa-button usa-button--outline"}
          href={`/alerts/${draft.id}`}
        >
          Open: {draft.title}
        </Link>
      );
    }
    if (!may) return mayFollowUp ? <span className="hint">Drafters of {agency} can do this.</span> : null;
    return (
      <Button type="button" outline={purpose !== nextAct} disabled={busy} onClick={() => run({ incidentId, purpose })}>
        {label}
      </Button>
    );
  };
  return (
    <section aria-labelledby="happened">
      <div className="rule">
        <h2 id="happened" tabIndex={-1}>
          What happened?
        </h2>
        <span>
          {formatPlaces(told)} {told === 1 ? "has" : "have"} an alert in force
        </span>
      </div>
      {!mayFollowUp && <p className="second">Drafters of {agency} write what follows; two people, as before.</p>}
      <ErrorSummary problem={problem} />
      <div className="need">
        <div>
          <h3>911 is still down</h3>
          {untold > 0 && (
            <p>
              <State shape="triangle" tone="bad">
                {formatPlaces(untold)} {untold === 1 ? "is" : "are"} not told yet
              </State>
            </p>
          )}
          <p className="second">
            An update says so, with the numbers of that moment. Places that joined get their first alert, and places
            where 911 works again their all-clear, in one review.
          </p>
        </div>
        {act("update", "Write the update")}
      </div>
      <div className="need">
        <div>
          <h3>911 works again</h3>
          <p className="second">
            {restored > 0
              ? `${formatPlaces(restored)} marked as restored ${restored === 1 ? "has" : "have"} no all-clear yet.`
              : "Record on the incident page first where it works again, and how you know. The all-clear is ready then."}
          </p>
        </div>
        {restored > 0 || !mayFollowUp ? (
          act("restoration", "Write the all-clear")
        ) : (
          <Link className="usa-button usa-button--outline" href={`/incidents/${incidentId}#restore`}>
            Record that 911 works
          </Link>
        )}
      </div>
      <div className="need">
        <div>
          <h3>A number is wrong</h3>
          <p className="second">
            A correction goes to exactly the places that were given it, and names it first. It is a draft, and needs
            approval as always.
          </p>
          {mayFollowUp && numbers.length > 0 && (
            <WrongNumber
              numbers={numbers}
              exercise={exercise}
              busy={busy}
              onCorrect={(numberId) => run({ incidentId, purpose: "correction", numberId })}
            />
          )}
          {open
            .filter(({ purpose }) => purpose === "correction")
            .map((draft) => (
              <p key={draft.id}>
                <Link href={`/alerts/${draft.id}`}>Open: {draft.title}</Link>
              </p>
            ))}
        </div>
      </div>
      {(neighbors.untold.length > 0 || neighbors.told > 0 || neighbors.outside.length > 0) && (
        <div className="need">
          <div>
            <h3>Neighbors ask whether their 911 works</h3>
            <p className="second">
              {neighbors.untold.length + neighbors.told > 0
                ? `A border notice tells ${formatPlaces(neighbors.untold.length + neighbors.told)} next to the outage that 911 works there, and to dial it as usual: ${listNames(neighbors.untold)}.`
                : "All neighbors of this outage are in the area of other agencies."}
              {neighbors.told > 0 && ` ${formatPlaces(neighbors.told)} ${neighbors.told === 1 ? "was" : "were"} told.`}
              {neighbors.outside.length > 0 && ` For others to tell: ${listNames(neighbors.outside)}.`}
            </p>
          </div>
          {neighbors.untold.length + neighbors.told > 0 &&
            (neighbors.forbidden === null ? (
              act("border", "Draft the border notice", neighbors.mayDraft)
            ) : (
              <span className="hint">{neighbors.forbidden}</span>
            ))}
        </div>
      )}
      <div className="need">
        <div>
          <h3>It should not have gone out</h3>
          <p className="second">
            A cancellation takes back every message that is in force. Phones keep what they have and show nothing for a
            cancellation, so each place gets a text of its own with it.
          </p>
        </div>
        {act("cancellation", "Cancel this alert")}
      </div>
    </section>
  );
}

/** The first of them by name, the others by count. */
const listNames = (names: readonly string[]) =>
  names.length <= 6 ? names.join("; ") : `${names.slice(0, 5).join("; ")} and ${formatPlaces(names.length - 5)} more`;

/** Chosen by the number or by a place that was given it. */
function WrongNumber({
  numbers,
  exercise,
  busy,
  onCorrect,
}: {
  numbers: readonly GivenOut[];
  exercise: boolean;
  busy: boolean;
  onCorrect: (numberId: string) => void;
}) {
  const [find, setFind] = useState("");
  const needle = find.trim().toLowerCase();
  const digits = needle.replace(/\D/g, "");
  const found = numbers.filter(
    ({ number, places }) =>
      needle !== "" &&
      ((digits !== "" && number.replace(/\D/g, "").includes(digits)) ||
        places.some((place) => place.toLowerCase().startsWith(needle))),
  );
  return (
    <>
      <p id="wrong-number-effect">
        {exercise ? (
          "In this exercise no text gives the number out from then on. The real directory stays as it is."
        ) : (
          <>
            <State shape="triangle" tone="bad">
              Pressing “Correct” takes the number out of use for everyone at once, before anyone approves.
            </State>{" "}
            The directory then has it as out of service: no draft, list or public page gives it out. If it was right
            after all, report it in service again in the <Link href="/directory">directory</Link>, on the page of its
            place.
          </>
        )}
      </p>
      <label className="usa-label" htmlFor="wrong-number">
        Which number, or for which place?
      </label>
      <input
        className="usa-input"
        id="wrong-number"
        type="search"
        value={find}
        placeholder="413-555-0142 or a town"
        onChange={(event) => setFind(event.target.value)}
      />
      <ul className="plain stack found" aria-live="polite">
        {found.slice(0, 5).map(({ id, number, places }) => (
          <li key={id} className="row">
            <Button
              type="button"
              outline
              disabled={busy}
              aria-describedby="wrong-number-effect"
              onClick={() => onCorrect(id)}
            >
              Correct {number}
            </Button>
            <span className="second">
              given to{" "}
              {places.length <= 3 ? places.join(", ") : `${places[0]} and ${formatPlaces(places.length - 1)} more`}
            </span>
          </li>
        ))}
        {needle !== "" && found.length === 0 && <li>No message in force gives out such a number.</li>}
        {found.length > 5 && <li className="hint">and {found.length - 5} more: type more of it</li>}
      </ul>
    </>
  );
}
