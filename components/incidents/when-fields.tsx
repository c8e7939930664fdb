"use client";

import { useId } from "react";
import { instantsOf, type LocalFields, type Which } from "../../lib/standards/cap/local-time";
import { useTimeZone } from "../layout/providers";
import { formatClock, formatZone } from "../ui/time";

/** The fields in which people enter a moment, in the zone of the console; of a time that comes twice they say which. */
export function WhenFields({
  value,
  dateId,
  timeId,
  onChange,
}: {
  value: LocalFields;
  dateId?: string;
  timeId?: string;
  onChange: (value: LocalFields) => void;
}) {
  const timeZone = useTimeZone();
  const group = useId();
  const instants = instantsOf(value, timeZone);
  const { date, time } = value;
  return (
    <>
      <label className="when">
        Day
        <input
          className="usa-input"
          id={dateId}
          type="date"
          value={date}
          onChange={(event) => onChange({ date: event.target.value, time })}
        />
      </label>
      <label className="when">
        Time
        <input
          className="usa-input"
          id={timeId}
          type="time"
          value={time}
          onChange={(event) => onChange({ date, time: event.target.value })}
        />
      </label>
      {instants?.length === 0 && (
        <p className="usa-error-message" role="alert">
          Clocks skip this time on this day. Enter another time.
        </p>
      )}
      {instants?.length === 2 && (
        <fieldset className="usa-fieldset">
          <legend>Clocks go back, so this time comes twice. Which one?</legend>
          {instants.map((instant, index) => {
            const which: Which = index === 0 ? "first" : "second";
            return (
              <label className="check" key={which}>
                <input
                  type="radio"
                  name={group}
                  checked={value.which === which}
                  onChange={() => onChange({ date, time, which })}
                />
                {formatClock(instant, timeZone)} {formatZone(instant, timeZone)}
              </label>
            );
          })}
        </fieldset>
      )}
    </>
  );
}
