"use client";

import { Button } from "@trussworks/react-uswds";
import Link from "next/link";
import { useMemo, useState } from "react";
import {
  describeWhere,
  type FindingGroup,
  type FindingPlace,
  isBlocking,
  isForReview,
} from "../../lib/alerts/findings";
import type { NumberChoice } from "../../lib/directory/selection";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { State } from "../ui/state";
import { formatPlaces } from "../ui/time";
import { type FindingLink, linkOf } from "./finding-link";
import { type RecordCall, Remedy } from "./remedy";

interface Props {
  problems: readonly FindingGroup[] | null;
  places: readonly PlaceFacts[];
  /** Places without a usable number, whichever message they are in. */
  blockedIds: ReadonlySet<string>;
  /** Where 911 works again, so that no number is given. */
  restoredIds: ReadonlySet<string>;
  /** The number that a correction corrects, which is not given on an override either. */
  wrong: string | null;
  choices: Readonly<Record<string, NumberChoice>>;
  readOnly: boolean;
  now: number;
  /** Keeps a test call that was made from here. */
  recordCall: RecordCall;
  onDecide: (placeId: string, choice: NumberChoice | null) => void;
  /** Shows the place of a finding, and the text it is about. */
  onShow: (found: FindingPlace) => void;
}

const KINDS = {
  must: { one: "Must fix", shape: "octagon", tone: "bad" },
  review: { one: "Needs review", shape: "half", tone: "plain" },
  advice: { one: "Suggestion", shape: "bullet", tone: "quiet" },
} as const;
type Kind = keyof typeof KINDS;

const kindOf = (group: FindingGroup): Kind => (isBlocking(group) ? "must" : isForReview(group) ? "review" : "advice");
const ORDER: readonly Kind[] = ["must", "review"];

/** How many places of one finding are listed. */
const LISTED = 12;

/** Findings by what they hold up: must fix, needs review, suggestions. */
export function ProblemList(props: Props) {
  const { problems, places, blockedIds, restoredIds, wrong, choices, readOnly, now, recordCall, onDecide, onShow } =
    props;
  if (problems === null) return <p aria-live="polite">Checking the texts.</p>;
  const known = new Set(places.map(({ id }) => id));
  const decided = places.filter(({ id }) => choices[id] && !restoredIds.has(id));
  const open = places.filter(({ id }) => !choices[id] && blockedIds.has(id));
  const suggestions = problems.filter((group) => kindOf(group) === "advice");
  const others = problems
    .filter((group) => group.rule !== "DIR-001" && kindOf(group) !== "advice")
    .sort((left, right) => ORDER.indexOf(kindOf(left)) - ORDER.indexOf(kindOf(right)));
  return (
    <div aria-live="polite" className="findings">
      {open.length > 0 && (
        <p className="finding-head">
          <State shape="octagon" tone="bad">
            Must fix: {formatPlaces(open.length)} without a usable number
          </State>{" "}
          <span className="hint">No verified number to give out.</span>
        </p>
      )}
      {[...open, ...decided].map((place, index) => (
        <Remedy
          key={place.id}
          place={place}
          choice={choices[place.id]}
          wrong={wrong}
          readOnly={readOnly}
          next={index === 0 && open.length > 0}
          now={now}
          recordCall={recordCall}
          onDecide={(choice) => onDecide(place.id, choice)}
        />
      ))}
      {others.map((group) => (
        <Finding key={`${group.rule}-${group.verdict}`} group={group} known={known} onShow={onShow} />
      ))}
      {suggestions.length > 0 && (
        // They hold nothing up, so they don't take the room of what does.
        <details className="finding">
          <summary>
            {suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`}{" "}
            <span className="hint">The alert can be sent without them.</span>
          </summary>
          {suggestions.map((group) => (
            <Finding key={group.rule} group={group} known={known} onShow={onShow} />
          ))}
        </details>
      )}
      {problems.length === 0 && (
        <p>
          <State shape="tick" tone="good">
            No problems found
          </State>
        </p>
      )}
    </div>
  );
}

/** One rule's findings in one line; where they are, and which rule it is, behind a fold. */
function Finding({
  group,
  known,
  onShow,
}: {
  group: FindingGroup;
  /** Ids of the places of the alert. */
  known: ReadonlySet<string>;
  onShow: Props["onShow"];
}) {
  const [open, setOpen] = useState(false);
  const { one, shape, tone } = KINDS[kindOf(group)];
  const [first] = group.places;
  // A key in a text changes no finding, and one of thousands of places takes longer to count than to draw.
  const where = useMemo(() => describeWhere(group), [group]);
  const linkFor = ({ placeId }: FindingPlace) => linkOf(group.rule, known.has(placeId) ? placeId : undefined);
  const link = group.places.length === 1 && first ? linkFor(first) : null;
  return (
    <div className="finding">
      <div className="finding-row">
        <span>
          <State shape={shape} tone={tone}>
            {one}
          </State>{" "}
          {group.says} <strong>{where}</strong>
        </span>
        <span className="row">
          {first && (
            <Button type="button" unstyled onClick={() => onShow(first)}>
              Show<span className="visually-hidden">: {group.says}</span>
            </Button>
          )}
          {link && <InDirectory link={link} place={first?.place} />}
          <Button type="button" unstyled aria-expanded={open} onClick={() => setOpen(!open)}>
            Details<span className="visually-hidden">: {group.says}</span>
          </Button>
        </span>
      </div>
      {open && (
        <ul className="finding-places">
          {group.places.slice(0, LISTED).map((found, index) => (
            <li key={index}>
              <Button type="button" unstyled onClick={() => onShow(found)}>
                {found.place}
              </Button>{" "}
              <span className="hint">{found.message}</span>{" "}
              {!link && <InDirectory link={linkFor(found)} place={found.place} />}
            </li>
          ))}
          {group.places.length > LISTED && <li className="hint">and {group.places.length - LISTED} more</li>}
          <li className="hint">
            Rule {group.rule}
            {first && `, found in ${first.path}`}
          </li>
        </ul>
      )}
    </div>
  );
}

/** The page of the directory on which a finding is put right. */
function InDirectory({ link, place }: { link: FindingLink | null; place: string | undefined }) {
  return (
    link && (
      <Link href={link.href} prefetch={false}>
        {link.label}
        <span className="visually-hidden">, {place}</span>
      </Link>
    )
  );
}
