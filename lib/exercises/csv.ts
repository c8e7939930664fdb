import { writeCsvRow } from "../platform/csv-row";
import { type Interval, type PersonResult, VERDICTS } from "./measure";
import { EXERCISE_STATES, type ExerciseState, PARTS } from "./schema";

/** Results of exercises for a spreadsheet. Times in UTC, ISO 8601; spans in seconds. Pure. */

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const seconds = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1000));

const HEAD = ["exercise", "agency", "who", "part", "stage", "reached at", "reached by", "seconds", "target seconds"];
const REST = ["verdict", "injects given out", "injects acknowledged"];

export interface CsvExercise {
  title: string;
  agency: string;
  intervals: readonly Interval[];
  people: readonly PersonResult[];
}

/** One exercise: the agency's stages first, then each player's. */
export function writeResultsCsv({ title, agency, intervals, people }: CsvExercise): string {
  const cells = ({ label, reached, ms, target, verdict }: Interval) => [
    label,
    time(reached?.at ?? null),
    reached?.by ?? null,
    seconds(reached ? ms : null),
    target === null ? null : target * 60,
    VERDICTS[verdict],
  ];
  const rows = [
    ...intervals.map((interval) => [title, agency, agency, "Agency", ...cells(interval), null, null]),
    ...people.flatMap(({ name, parts, measured, injects }) => {
      const told = [injects.given, injects.acknowledged];
      if (measured.length === 0) {
        const played = parts.map((part) => PARTS[part].label).join(", ");
        return [[title, agency, name, played, null, null, null, null, null, null, ...told]];
      }
      return measured.map(({ part, interval }) => [
        title,
        agency,
        name,
        PARTS[part].label,
        ...cells(interval),
        ...told,
      ]);
    }),
  ];
  return `\ufeff${writeCsvRow([...HEAD, ...REST])}${rows.map(writeCsvRow).join("")}`;
}

export interface CsvSummary {
  title: string;
  agency: string;
  state: ExerciseState;
  startsAt: number;
  startedAt: number | null;
  closedAt: number | null;
  completed: boolean;
  intervals: readonly Interval[];
}

/** The history: one exercise a row. */
export function writeHistoryCsv(exercises: readonly CsvSummary[]): string {
  const [first] = exercises;
  const stages = first?.intervals.map(({ label }) => `${label}, seconds`) ?? [];
  const head = ["exercise", "agency", "state", "planned for", "started", "closed", "completed", ...stages];
  const rows = exercises.map((one) => [
    one.title,
    one.agency,
    EXERCISE_STATES[one.state],
    time(one.startsAt),
    time(one.startedAt),
    time(one.closedAt),
    one.completed ? "yes" : "no",
    ...one.intervals.map(({ reached, ms }) => seconds(reached ? ms : null)),
  ]);
  return `\ufeff${writeCsvRow(head)}${rows.map(writeCsvRow).join("")}`;
}
