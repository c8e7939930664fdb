import os from "node:os";

/** One measured figure. Its rival or limit was measured in the same run, where there is one. */
export interface Figure {
  name: string;
  milliseconds: number;
  runs: number;
  /** What it is held against, in milliseconds. */
  against?: { name: string; milliseconds: number; /** The goal is at most this many times of it. */ times: number };
  /** Anything else worth a line: messages a second, growth. */
  note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The median of several runs, after one that warms up. */
export function timed(name: string, runs: number, work: () => void): Figure {
  work();
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return { name, milliseconds: median(times), runs };
}

export const meetsGoal = ({ milliseconds, against }: Figure): boolean =>
  against === undefined || milliseconds <= against.milliseconds * against.times;

export function describeMachine(): string {
  const cores = os.cpus();
  return `${cores.length} × ${cores[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

export function describeFigure(figure: Figure): string {
  const { name, milliseconds, runs, against, note } = figure;
  const goal = against
    ? `, ${(milliseconds / against.milliseconds).toFixed(2)} of ${against.name} (${against.milliseconds.toFixed(1)} ms); ` +
      `goal ${against.times}: ${meetsGoal(figure) ? "met" : "NOT MET"}`
    : "";
  return `  ${milliseconds.toFixed(1).padStart(8)} ms  ${name} (median of ${runs}${goal})${note ? ` · ${note}` : ""}`;
}
