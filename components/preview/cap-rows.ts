/** What stands in a branch of the tree of a CAP message: a label and a value, in the order of the schema. Pure. */
export type CapRow = readonly [label: string, value: string | undefined];

/**
 * What each row was before: that of the same label, and of several with one
 * label the one in its place.
 * @param before the rows of the branch then; null where there was no such branch, undefined where nothing is compared
 * @returns for each row its value then; null where it had none, undefined where nothing is compared
 */
export function findEarlier(
  rows: readonly CapRow[],
  before: readonly CapRow[] | null | undefined,
): (string | null | undefined)[] {
  if (before === undefined) return rows.map(() => undefined);
  const left = new Map<string, (string | undefined)[]>();
  for (const [label, value] of before ?? []) left.set(label, [...(left.get(label) ?? []), value]);
  return rows.map(([label]) => left.get(label)?.shift() ?? null);
}
