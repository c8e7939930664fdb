import type { Coding } from "../../lib/standards/cellbroadcast/gsm7";
import { formatCount } from "../ui/time";

export interface Longest {
  length: number;
  place: string;
}

/** How long a text is here, how long at most and for which place, and how phones carry it. */
export function Counter({
  id,
  coding,
  characters,
  now = characters,
  limit,
  longest,
  onAir = false,
  phone,
}: {
  id: string;
  coding: Coding;
  /** As whoever carries the text counts them, with the longest times: what the limit is asked about. */
  characters: number;
  /** The same with the times as if sent now, as the preview counts. A template's samples have none. */
  now?: number;
  limit: number | undefined;
  longest: Longest | undefined;
  /** Whether the limit is the room that stations of this county have: each county has its own. */
  onAir?: boolean;
  phone: boolean;
}) {
  const over = limit !== undefined && characters > limit;
  const elsewhere = !onAir && limit !== undefined && longest !== undefined && longest.length > limit;
  return (
    <p className={over ? "counter over" : "counter"} id={id}>
      <span>
        {over && <span aria-hidden="true">⯃ </span>}
        <strong>{formatCount(now)}</strong>
        {limit !== undefined
          ? ` of ${formatCount(limit)}${onAir ? " on the air" : ""}`
          : ` ${now === 1 ? "character" : "characters"}`}
        {characters !== now && `, up to ${formatCount(characters)}`}
        {over && `, ${characters - limit} too many`}
      </span>
      {longest && (
        <span className={elsewhere ? "over" : undefined}>
          longest {formatCount(longest.length)}, {longest.place}
        </span>
      )}
      {phone && (
        <span>
          {coding.alphabet}
          {coding.forcedBy.length > 0 && ` (${coding.forcedBy.join(" ")})`}, {coding.pages}{" "}
          {coding.pages === 1 ? "page" : "pages"}
        </span>
      )}
    </p>
  );
}
