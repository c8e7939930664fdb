/**
 * White space as XML has it: space, tab and line ends. JavaScript's own idea of
 * it takes in the no-break space, which no list of CAP is separated by.
 */

const RUN = /[ \t\r\n]+/;
const isSpace = (code: number) => code === 32 || code === 9 || code === 13 || code === 10;

/** Without white space at its ends. Character by character: a pattern would look at a long run inside again and again. */
export function trimSpace(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** The pieces between white space; none of a text that has nothing else. */
export function splitSpace(text: string): string[] {
  const trimmed = trimSpace(text);
  return trimmed === "" ? [] : trimmed.split(RUN);
}

/** As a type that collapses reads it: no space around, one where several are (XML Schema 2 §4.3.6). */
export function collapse(text: string): string {
  return /[ \t\r\n]/.test(text) ? splitSpace(text).join(" ") : text;
}
