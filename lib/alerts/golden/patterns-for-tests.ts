import { createHash } from "node:crypto";

/**
 * The lines of the kept texts with names, numbers, times and senders set aside: each is read once for
 * each channel and language, and one that nobody has read is noticed. No database.
 */

/** A line as people read it, once for all outages that have it. */
export interface Pattern {
  /** Language and channel, such as "es 90". */
  channel: string;
  text: string;
  /** What stands in the list of lines that were read. */
  mark: string;
}

/** Names that stand in the cases, longest first where one lies in another. */
const NAMES: readonly [name: string, placeholder: string][] = [
  ["Massachusetts State 911 Department", "<sender>"],
  ["Departamento Estatal 911 de Massachusetts", "<sender>"],
  ["Regional Emergency Communications and Homeland Security Council of Massachusetts", "<sender>"],
  ["Consejo Regional de Comunicaciones de Emergencia y Seguridad de Massachusetts", "<sender>"],
  ["MA Western RECC Cncl", "<short sender>"],
  ["MA Consejo del Oeste", "<short sender>"],
  ["MA 911", "<short sender>"],
  ["North Shore Regional 911 Center", "<desk>"],
  ["Manchester-by-the-Sea", "<place>"],
  ["North Attleborough", "<place>"],
  ["N. Attleborough", "<place>"],
  ["Manchester", "<place>"],
  ["Belchertown", "<place>"],
  ["Granby Regional Dispatch", "<center>"],
  ["Chicopee", "<place>"],
  ["Hadley", "<place>"],
  ["Granby", "<place>"],
  ["Massachusetts", "<state>"],
];
/** No name lies in it, but other words have its letters. */
const WARE = /\bWare\b/g;
const WRONG = /413-555-0177/g;
const NUMBER = /413-555-\d{4}(?: ext\. \d+)?/g;
const ENGLISH_TIME = /\d{1,2}:\d\d [AP]M(?: EDT)?(?: (?:\w+day|June \d+))?/g;
const SPANISH_TIME = /\blas? \d{1,2}:\d\d [ap]\. m\.(?: EDT)?(?: del (?:\d+ de junio|\p{L}+))?/gu;

/** A line without what differs from one outage to another. */
function patternOf(line: string): string {
  return NAMES.reduce((text, [name, placeholder]) => text.replaceAll(name, placeholder), line)
    .replace(WARE, "<place>")
    .replace(WRONG, "<wrong number>")
    .replace(NUMBER, "<number>")
    .replace(ENGLISH_TIME, "<time>")
    .replace(SPANISH_TIME, "<time>");
}

/** Every distinct line of a file of kept texts, in the order it has them. */
export function patternsOf(written: string): Pattern[] {
  const found = new Map<string, Pattern>();
  let channel = "";
  for (const line of written.split("\n")) {
    const heading = /^\[(\w+)-\w+ (\w+)/.exec(line);
    if (heading) channel = `${heading[1]} ${heading[2]}`;
    if (heading || line === "" || /^(==|--) /.test(line)) continue;
    const text = patternOf(line);
    const mark = createHash("sha256").update(`${channel} ${text}`).digest("hex").slice(0, 12);
    if (!found.has(mark)) found.set(mark, { channel, text, mark });
  }
  return [...found.values()];
}
