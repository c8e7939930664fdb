import type { PlaceList } from "../../lib/places/data";
import type { Meaning, Reading } from "../../lib/places/place-list";
import { formatCount } from "../ui/time";

/** What becomes of the lines of a pasted list: which places they stand for, and which wait for an answer. Pure. */

/** What a person answered to a line: left out, or the id of the place that is meant. */
export type LineAnswer = "drop" | `id:${string}`;
/** By line. */
export type LineAnswers = Readonly<Record<string, LineAnswer>>;

export const answerOf = ({ id }: Meaning): LineAnswer => `id:${id}`;

/** The place a line stands for, once that is certain. */
export function meaningOf(reading: Reading, answer: LineAnswer | undefined): Meaning | undefined {
  switch (reading.kind) {
    case "exact":
      return answer === "drop" ? undefined : reading.meaning;
    case "suggestion":
      return answer === answerOf(reading.meaning) ? reading.meaning : undefined;
    case "choice":
      return reading.options.find((option) => answer === answerOf(option));
    case "unknown":
      return undefined;
  }
}

const isOpen = (reading: Reading, answer: LineAnswer | undefined): boolean =>
  answer !== "drop" && meaningOf(reading, answer) === undefined;

type Listed = Pick<PlaceList, "towns" | "areas">;

/** What is chosen with a town, a county or an area, as far as it is the agency's. */
export function unitsIn(
  { kind, id }: Meaning,
  { towns, areas }: Listed,
  allowed: ReadonlySet<string>,
): PlaceList["towns"][number][] {
  const inside = new Set(kind === "area" ? areas.find((area) => area.id === id)?.placeIds : [id]);
  return towns.filter((town) => inside.has(kind === "county" ? town.countyId : town.id) && allowed.has(town.id));
}

/** What a line may stand for that waits for an answer: a suggestion; of a choice its towns, not a county around them. */
function possible(reading: Reading): readonly Meaning[] {
  if (reading.kind === "suggestion") return [reading.meaning];
  if (reading.kind !== "choice") return [];
  const towns = reading.options.filter(({ kind }) => kind === "town");
  return towns.length > 0 ? towns : reading.options;
}

/** Suggestions that one press may accept together: none that only looks alike, which a person has to read. */
export const listAcceptable = (readings: readonly Reading[], answers: LineAnswers): [string, LineAnswer][] =>
  readings.flatMap((reading) =>
    reading.kind === "suggestion" && !reading.guessed && !answers[reading.line]
      ? [[reading.line, answerOf(reading.meaning)]]
      : [],
  );

export interface TakenLines {
  ids: ReadonlySet<string>;
  /** Lines that wait for an answer. */
  open: number;
  /** Places that such lines may stand for. */
  waiting: ReadonlySet<string>;
}

/** The places that lines stand for with the answers given so far. */
export function takeLines(
  readings: readonly Reading[],
  answers: LineAnswers,
  places: Listed,
  allowed: ReadonlySet<string>,
): TakenLines {
  const idsOf = (meanings: readonly Meaning[]) =>
    new Set(meanings.flatMap((meaning) => unitsIn(meaning, places, allowed).map(({ id }) => id)));
  const open = readings.filter((reading) => isOpen(reading, answers[reading.line]));
  return {
    ids: idsOf(readings.flatMap((reading) => meaningOf(reading, answers[reading.line]) ?? [])),
    open: open.length,
    waiting: idsOf(open.flatMap(possible)),
  };
}

/** "12 lines read: 7 clear, 4 with a suggestion, 1 to decide". */
export function describeLines(
  readings: readonly Reading[],
  answers: LineAnswers,
  places: Listed,
  allowed: ReadonlySet<string>,
): string {
  const counts = { clear: 0, "with a suggestion": 0, "to decide": 0, "not known": 0, "not yours": 0, "left out": 0 };
  for (const reading of readings) {
    const answer = answers[reading.line];
    const meaning = meaningOf(reading, answer);
    if (meaning) counts[unitsIn(meaning, places, allowed).length > 0 ? "clear" : "not yours"] += 1;
    else if (answer === "drop") counts["left out"] += 1;
    else if (reading.kind === "suggestion") counts["with a suggestion"] += 1;
    else if (reading.kind === "choice") counts["to decide"] += 1;
    else counts["not known"] += 1;
  }
  const parts = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${formatCount(count)} ${what}`] : []));
  return `${formatCount(readings.length)} ${readings.length === 1 ? "line" : "lines"} read: ${parts.join(", ")}`;
}
