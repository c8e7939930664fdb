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

const isMessage = (name: string) => name.startsWith("cap/");

/** @param name of the file in the site */
export const typeOf = (name: string): string =>
  isMessage(name)
    ? "application/cap+xml; charset=utf-8"
    : (TYPES.get(path.extname(name)) ?? "application/octet-stream");

/** @param name of the file in the site */
export const cacheOf = (name: string): string => (isMessage(name) ? FOR_EVER : FRESH);
