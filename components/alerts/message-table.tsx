"use client";

import { useState } from "react";
import { formatCount } from "../ui/time";

export interface MessageRow {
  id: string;
  place: string;
  audience: string;
  numbers: readonly string[];
  identifier: string;
  population: number;
  /** Where people read it, of a message for one place that went to the public. */
  page?: string | null;
}

/** Rows that are shown before the rest is asked for. */
const FIRST = 20;

function describeNumbers({ numbers }: MessageRow, cancellation: boolean): string {
  if (numbers.length === 0) return cancellation ? "none" : "no number";
  return numbers.length === 1 ? numbers[0]! : `${formatCount(numbers.length)} numbers`;
}

function Rows({ messages, cancellation, mayExport, caption }: Props & { caption: string }) {
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label={caption}>
      <table className="lines stacks">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">For</th>
            <th scope="col">Number</th>
            <th scope="col">Identifier</th>
            <th scope="col" className="right">
              People
            </th>
            <th scope="col">
              <span className="visually-hidden">Page and file</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id}>
              <th scope="row">{message.place}</th>
              <td>{message.audience === "phones" ? "phones" : "radio, television"}</td>
              <td className="number">{describeNumbers(message, cancellation)}</td>
              <td className="mono">{message.identifier}</td>
              <td className="right tabular" data-label="People">
                {message.population === 0 ? "not known" : formatCount(message.population)}
              </td>
              <td className="right">
                {message.page && (
                  <>
                    <a className="target" href={message.page} target="_blank" rel="noreferrer">
                      Page<span className="visually-hidden">, {message.place}</span>
                    </a>{" "}
                  </>
                )}
                {mayExport && (
                  <a className="target" href={`/api/messages/${message.id}`} download>
                    CAP XML<span className="visually-hidden">, {message.place}</span>
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Props {
  messages: readonly MessageRow[];
  cancellation: boolean;
  mayExport: boolean;
}

/** The messages of an alert: the first ones, one that is looked for, and the others when someone asks for them. */
export function MessageTable(props: Props) {
  const { messages } = props;
  const [find, setFind] = useState("");
  const needle = find.trim().toLowerCase();
  // One more than fits is not worth a press.
  if (messages.length <= FIRST + 5) return <Rows {...props} caption="Messages" />;
  const found = messages.filter(({ place }) => place.toLowerCase().includes(needle));
  return (
    <>
      <label className="usa-label" htmlFor="find-message">
        Find the message and the page of a place
      </label>
      <input
        className="usa-input"
        id="find-message"
        type="search"
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      {needle !== "" ? (
        <>
          <p className="hint" aria-live="polite">
            {found.length === 0
              ? "No place of this alert has this in its name."
              : `${formatCount(found.length)} ${found.length === 1 ? "message" : "messages"}`}
          </p>
          {found.length > 0 && <Rows {...props} messages={found} caption="Messages found" />}
        </>
      ) : (
        <>
          <Rows {...props} messages={messages.slice(0, FIRST)} caption="The first messages" />
          <details>
            <summary>Show the other {formatCount(messages.length - FIRST)} messages</summary>
            <Rows {...props} messages={messages.slice(FIRST)} caption="The other messages" />
          </details>
        </>
      )}
    </>
  );
}
