/** Reads the page that answers OWASP ASVS, so that a test can hold it against the standard's list and the code. Pure. */

export const ANSWERS = ["met", "not met", "not applicable"] as const;

export interface Row {
  ids: string[];
  answer: string;
  what: string;
  /** Tests by file and title, and other files, with the words in them where the row quotes some. */
  evidence: { file: string; words: string | null }[];
}

/** The rows of its tables that answer requirements. */
export function readAnswers(markdown: string): Row[] {
  return markdown.split("\n").flatMap((line) => {
    const [, first = "", answer = "", what = "", where = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (!/^V\d+\.\d+\.\d+/.test(first)) return [];
    const evidence = [...where.matchAll(/`([^`]+)`(?: “([^”]+)”)?/g)].map(([, file = "", words]) => ({
      file,
      words: words ?? null,
    }));
    return [{ ids: first.split(/,\s*/), answer, what, evidence }];
  });
}

/**
 * What is wrong with the answers.
 * @param ids of the requirements of the levels that are answered
 * @param read a file of the repository, or null where there is none
 */
export function findProblems(rows: readonly Row[], ids: readonly string[], read: (file: string) => string | null) {
  const named = rows.flatMap((row) => row.ids);
  const problems = [
    ...ids.filter((id) => !named.includes(id)).map((id) => `${id} has no answer`),
    ...named.filter((id, at) => named.indexOf(id) !== at).map((id) => `${id} is answered twice`),
    ...named.filter((id) => !ids.includes(id)).map((id) => `${id} is not in the standard, or of another level`),
  ];
  for (const { ids: own, answer, what, evidence } of rows) {
    const name = own.join(", ");
    if (!(ANSWERS as readonly string[]).includes(answer)) problems.push(`${name}: “${answer}” is no answer`);
    if (what === "") problems.push(`${name} does not say why`);
    if (answer === "met" && evidence.length === 0) problems.push(`${name} names nothing that shows it`);
    for (const { file, words } of evidence) {
      const text = read(file);
      if (text === null) problems.push(`${name}: there is no ${file}`);
      else if (/\.(test|spec)\.ts$/.test(file) && words === null) problems.push(`${name}: ${file} without a title`);
      else if (words !== null && !holds(file, text, words)) problems.push(`${name}: ${file} has no “${words}”`);
    }
  }
  return problems;
}

/** A title of a test stands in quotes; of a page, a heading is meant. */
const holds = (file: string, text: string, words: string) =>
  file.endsWith(".md")
    ? text.split("\n").some((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === words)
    : [`"${words}"`, `\`${words}\``].some((quoted) => text.includes(quoted));
