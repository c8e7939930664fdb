/** Which backups are kept: the newest of each of the last days, and of each of the last weeks. */

export interface Retention {
  /** Of so many days, counted by those that have a backup. */
  daily: number;
  /** Of so many weeks, which begin on Monday. */
  weekly: number;
}

/** The name of a backup's folder says when it was begun, in UTC. */
export const nameBackup = (now: Date) => now.toISOString().slice(0, 19).replaceAll(":", "-") + "Z";

/** @returns null for a folder that is no whole backup of ours, such as one still being written */
export function readName(name: string): Date | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z$/.exec(name);
  if (!found) return null;
  const at = new Date(`${found[1]}T${found[2]}:${found[3]}:${found[4]}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}

const DAY_MS = 86_400_000;
/** 1970-01-05 was a Monday. */
const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS);
const weekOf = (at: Date) => Math.floor((dayOf(at) - 4) / 7);

/** Names of backups that are kept no longer. The newest one always is; other names are left alone. */
export function findOutlived(names: readonly string[], { daily, weekly }: Retention): string[] {
  const known = names
    .flatMap((name) => {
      const at = readName(name);
      return at ? [{ name, at }] : [];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const kept = new Set(known.slice(0, 1).map(({ name }) => name));
  for (const [spanOf, most] of [
    [dayOf, daily],
    [weekOf, weekly],
  ] as const) {
    const spans = new Set<number>();
    for (const { name, at } of known) {
      const span = spanOf(at);
      if (spans.has(span) || spans.size === most) continue;
      spans.add(span);
      kept.add(name);
    }
  }
  return known.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}
