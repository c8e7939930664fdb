"use client";

import { Button } from "@trussworks/react-uswds";
import { useMemo, useState } from "react";
import { countyWord } from "../../lib/places/county-kinds";
import type { PlaceList } from "../../lib/places/data";
import { readNames, readPlaceList, type Reading } from "../../lib/places/place-list";
import { capitalize } from "../../lib/platform/capitalize";
import { State } from "../ui/state";
import { formatPeople, formatPlaces } from "../ui/time";
import { chooseFrom } from "./choose-from";
import {
  answerOf,
  describeLines,
  type LineAnswer,
  type LineAnswers,
  listAcceptable,
  meaningOf,
  takeLines,
  unitsIn,
} from "./pasted-lines";
import type { Places } from "./place-picker";

/** Places chosen by a pasted list: the text, and beside it how each line is read. */
export function PastedList({
  places,
  allowed,
  value,
  onChange,
}: {
  places: PlaceList;
  allowed: ReadonlySet<string>;
  value: Places;
  onChange: (value: Places) => void;
}) {
  const [text, setText] = useState("");
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const [answers, setAnswers] = useState<LineAnswers>({});
  /** The line whose buttons had the focus; they are gone once it is answered. */
  const [last, setLast] = useState<string | null>(null);
  const names = useMemo(() => readNames(places), [places]);
  const readings = useMemo(() => readPlaceList(text, names), [text, names]);
  const take = (nextText: string, nextAnswers: LineAnswers) => {
    setText(nextText);
    setAnswers(nextAnswers);
    const { ids, open, waiting } = takeLines(readPlaceList(nextText, names), nextAnswers, places, allowed);
    const next = chooseFrom(value.ids, added, ids);
    setAdded(next.added);
    onChange({ ids: next.ids, open, waiting });
  };
  // In a list of three hundred nobody looks for the few that ask something. Answered, they stay where they are: the
  // second press of a double press finds the same line.
  const asks = ({ kind }: Reading) => kind !== "exact";
  const ordered = [...readings.filter(asks), ...readings.filter((reading) => !asks(reading))];
  const answer = (line: string, given: LineAnswer | null) => {
    const others = Object.fromEntries(Object.entries(answers).filter(([answered]) => answered !== line));
    setLast(line);
    take(text, given === null ? others : { ...others, [line]: given });
  };
  const suggestions = listAcceptable(readings, answers);
  return (
    <div className="pasted-list">
      <label className="usa-label" htmlFor="place-list">
        One place per line
      </label>
      <span className="usa-hint" id="place-list-hint">
        They are added to what you chose before. Lines that need an answer come first.
      </span>
      <div className="pasted">
        <textarea
          className="usa-textarea"
          id="place-list"
          aria-describedby="place-list-hint"
          value={text}
          onChange={(event) => take(event.target.value, answers)}
        />
        <div className="readings">
          {readings.length === 0 ? (
            <p className="hint">How Callbox reads each line is shown here. Nothing is taken over without you.</p>
          ) : (
            <>
              <h3>{describeLines(readings, answers, places, allowed)}</h3>
              {suggestions.length > 0 && (
                <p className="row">
                  <Button
                    type="button"
                    outline
                    className="usa-button--small"
                    onClick={() => take(text, { ...answers, ...Object.fromEntries(suggestions) })}
                  >
                    Accept {suggestions.length} {suggestions.length === 1 ? "suggestion" : "suggestions"}
                  </Button>
                  <span className="hint">Nothing is taken over without you.</span>
                </p>
              )}
              <table className="lines">
                <thead>
                  <tr>
                    <th scope="col">You wrote</th>
                    <th scope="col">Callbox reads</th>
                    <th scope="col">
                      <span className="visually-hidden">Answer</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {ordered.map((reading, index) => (
                    <ReadingRow
                      key={`${reading.line}-${index}`}
                      reading={reading}
                      answer={answers[reading.line]}
                      places={places}
                      allowed={allowed}
                      focused={reading.line === last}
                      onAnswer={(given) => answer(reading.line, given)}
                    />
                  ))}
                </tbody>
              </table>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function ReadingRow({
  reading,
  answer,
  places,
  allowed,
  focused,
  onAnswer,
}: {
  reading: Reading;
  answer: LineAnswer | undefined;
  places: PlaceList;
  allowed: ReadonlySet<string>;
  /** Whether this line was answered last: what took the place of its buttons has the focus. */
  focused: boolean;
  onAnswer: (given: LineAnswer | null) => void;
}) {
  const press = (given: LineAnswer | null, label: string, autoFocus = false) => (
    <Button
      key={label}
      type="button"
      unstyled
      autoFocus={autoFocus}
      onClick={() => onAnswer(given)}
      aria-label={`${label}, ${reading.line}`}
    >
      {label}
    </Button>
  );
  const meaning = meaningOf(reading, answer);
  const units = meaning && unitsIn(meaning, places, allowed);
  let says: React.ReactNode;
  let choices: React.ReactNode = null;
  if (answer === "drop") says = <State shape="dash">left out</State>;
  else if (meaning && units?.length === 0)
    says = (
      <State shape="octagon" tone="bad">
        {meaning.name}: not yours, not counted
      </State>
    );
  else if (meaning)
    says = (
      <State shape="tick" tone="good">
        {meaning.name}
      </State>
    );
  else if (reading.kind === "suggestion") {
    const people = unitsIn(reading.meaning, places, allowed).map(({ population }) => population);
    says = (
      <>
        <State shape="triangle">{reading.meaning.name}?</State>{" "}
        <span className="hint">
          {reading.reason}
          {people.length > 0 && `, ${formatPeople(people)}`}
        </span>
      </>
    );
    choices = [press(answerOf(reading.meaning), "Accept", focused), press("drop", "Drop")];
  } else if (reading.kind === "choice") {
    const { options } = reading;
    const [one, other] = options;
    const word = countyWord(other ? [other.id] : []);
    const isTownOrCounty = options.length === 2 && one?.kind === "town" && other?.kind === "county";
    says = (
      <State shape="octagon" tone="bad">
        {isTownOrCounty
          ? `${capitalize(one.label)} or ${word.one}?`
          : `${options.length} places have this name. Which one?`}
      </State>
    );
    choices = isTownOrCounty
      ? [
          press(answerOf(one), capitalize(one.label), focused),
          press(answerOf(other), `${word.One}, ${formatPlaces(unitsIn(other, places, allowed).length)}`),
        ]
      : options.map((option, index) => press(answerOf(option), option.name, focused && index === 0));
  } else {
    says = (
      <State shape="octagon" tone="bad">
        not known
      </State>
    );
    choices = press("drop", "Drop", focused);
  }
  return (
    <tr>
      <th scope="row">{reading.line}</th>
      <td>
        {says} {answer !== undefined && press(null, "Undo", focused)}
      </td>
      <td className={reading.kind === "choice" && reading.options.length > 2 ? "answers many" : "answers"}>
        {choices && <span>{choices}</span>}
      </td>
    </tr>
  );
}
