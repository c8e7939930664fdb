"use client";

/** A day and a time of it, in the zone of the console. */
export interface When {
  date: string;
  time: string;
}

/** The two fields in which people enter a moment. */
export function WhenFields({
  value,
  dateId,
  timeId,
  onChange,
}: {
  value: When;
  dateId?: string;
  timeId?: string;
  onChange: (value: When) => void;
}) {
  return (
    <>
      <label className="when">
        Day
        <input
          className="usa-input"
          id={dateId}
          type="date"
          value={value.date}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
        />
      </label>
      <label className="when">
        Time
        <input
          className="usa-input"
          id={timeId}
          type="time"
          value={value.time}
          onChange={(event) => onChange({ ...value, time: event.target.value })}
        />
      </label>
    </>
  );
}
