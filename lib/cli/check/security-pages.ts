/** Reads the tables of `docs/security`, so that a test can hold what they say against the code. Pure. */

/** A row of a table whose last column is called “where”: what the code has to have for the row to be true. */
export interface SourcedRow {
  first: string;
  /** Words that stand in a file exactly so, but for white space. */
  quotes: { file: string; words: string }[];
}

const cellsOf = (line: string) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll(/\\([|*_\\])/g, "$1"));

/** The rows of all tables of a page that say where in the code they come from. */
export function readSourcedRows(markdown: string): SourcedRow[] {
  let sourced = false;
  return markdown.split("\n").flatMap((line, at, lines) => {
    if (!line.startsWith("|")) return [];
    const cells = cellsOf(line);
    if (!lines[at - 1]?.startsWith("|")) sourced = cells.at(-1) === "where";
    if (!sourced || cells.at(-1) === "where" || /^-+$/.test(cells[0] ?? "")) return [];
    const quotes = [...(cells.at(-1) ?? "").matchAll(/`([\w./[\]-]+)` “([^”]+)”/g)].map(
      ([, file = "", words = ""]) => ({
        file,
        words,
      }),
    );
    return [{ first: cells[0] ?? "", quotes }];
  });
}

const even = (text: string) => text.replaceAll(/\s+/g, " ");

/**
 * What is wrong with the rows of a page.
 * @param read a file of the repository, or null where there is none
 */
export function findUnsourced(rows: readonly SourcedRow[], read: (file: string) => string | null): string[] {
  return rows.flatMap(({ first, quotes }) => [
    ...(quotes.length === 0 ? [`${first}: nothing says where it comes from`] : []),
    ...quotes.flatMap(({ file, words }) => {
      const text = read(file);
      if (text === null) return [`${first}: there is no ${file}`];
      return even(text).includes(words) ? [] : [`${first}: ${file} has no “${words}”`];
    }),
  ]);
}
