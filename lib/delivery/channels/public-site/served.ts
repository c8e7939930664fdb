import path from "node:path";

/** How the files of the public site are served, by whoever serves them. Pure. */

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
  }),
);

/** How long a reader or a cache between may go on without asking, in seconds; and with what it has when we are gone. */
export const FRESH = "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400";
/** The bytes of a message never change. */
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * Where that is which is read in place of a file from a moment on, though nobody made it anew: ma/granby.ended.html of
 * ma/granby.html, and ma/granby.ended2.html from the second such moment on.
 */
export const endedOf = (name: string, turn: number): string => {
  const extension = path.extname(name);
  return `${name.slice(0, name.length - extension.length)}.ended${turn > 1 ? turn : ""}${extension}`;
};

/** Whether a file is read in place of another one, from a server that knows the time. */
export const isEnded = (name: string): boolean => /\.ended\d*\.\w+$/.test(name);

const isMessage = (name: string) => name.startsWith("cap/");

/** @param name of the file in the site */
export const typeOf = (name: string): string =>
  isMessage(name)
    ? "application/cap+xml; charset=utf-8"
    : (TYPES.get(path.extname(name)) ?? "application/octet-stream");

/** @param name of the file in the site */
export const cacheOf = (name: string): string => (isMessage(name) ? FOR_EVER : FRESH);
