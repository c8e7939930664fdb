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
  limit,
  longest,
  phone,
}: {
  id: string;
  coding: Coding;
  limit: number | undefined;
  longest: Longest | undefined;
  phone: boolean;
}) {
  const over = limit !== undefined && coding.characters > limit;
  const elsewhere = limit !== undefined && longest !== undefined && longest.length > limit;
  return (
    <p className={over ? "counter over" : "counter"} id={id}>
      <span>
        {over && <span aria-hidden="true">⯃ </span>}
        <strong>{formatCount(coding.characters)}</strong>
        {limit !== undefined ? ` of ${limit}` : ` ${coding.characters === 1 ? "character" : "characters"}`}
        {over && `, ${coding.characters - limit} too many`}
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
