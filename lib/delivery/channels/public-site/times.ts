/** Times as people of a place read them, whole, since nobody knows when a page is read. Pure. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language, { timeZone, ...options })));
  return made;
}

/** Moments that were written lately: thousands of pages say the same ones. */
const written = new Map<string, string>();
const MOST_WRITTEN = 5000;

/** 3:27 PM EDT, Tuesday, June 18. */
export function formatWhen(language: string, timeZone: string, at: number): string {
  const key = `${language} ${timeZone} ${at}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  if (written.size >= MOST_WRITTEN) written.clear();
  const time = format(language, timeZone, { hour: "numeric", minute: "2-digit", timeZoneName: "short" }).format(at);
  const day = format(language, timeZone, { weekday: "long", month: "long", day: "numeric" }).format(at);
  const when = `${time}, ${day}`;
  written.set(key, when);
  return when;
}

/** June 18, 2024. */
export const formatDate = (language: string, timeZone: string, at: number): string =>
  format(language, timeZone, { year: "numeric", month: "long", day: "numeric" }).format(at);
