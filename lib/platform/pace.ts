/**
 * How often something may be done within a minute, by name. It counts in the memory of its process, so that
 * counting costs nothing; what was counted is forgotten with its minute.
 */
export class Pace {
  private minute = 0;
  private readonly counts = new Map<string, number>();

  /** @param most how often a minute, for each name */
  constructor(readonly most: number) {}

  /** Counts one more. @returns whether it is within the pace */
  take(name: string, now: Date): boolean {
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.minute) this.counts.clear();
    this.minute = minute;
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return count <= this.most;
  }
}
