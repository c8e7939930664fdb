/** What a pasted list or a file of outlines does to the places that are chosen. Pure. */

export interface ChosenFrom {
  ids: ReadonlySet<string>;
  /** Those of them that the list or file brought, and nobody had chosen before. */
  added: ReadonlySet<string>;
}

/**
 * Adds places to those chosen otherwise.
 * @param added what the same list or file added before: what it names no longer goes
 */
export function chooseFrom(
  chosen: ReadonlySet<string>,
  added: ReadonlySet<string>,
  named: Iterable<string>,
): ChosenFrom {
  const ids = new Set([...chosen].filter((id) => !added.has(id)));
  const brought = new Set([...named].filter((id) => !ids.has(id)));
  for (const id of brought) ids.add(id);
  return { ids, added: brought };
}
