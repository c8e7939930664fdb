import { EMPTY_FEED } from "./files";
import type { SiteEntry, SiteTable } from "./pack";
import { cacheOf, isEnded, typeOf } from "./served";

/**
 * The public site as files of a bucket, where nothing stands between the name of a
 * file and the address it is read at. Pure.
 */

export interface SiteObject {
  /** The address it is read at, without the first stroke. */
  name: string;
  entry: SiteEntry;
  /** Which form is kept: a bucket sends everyone the same. */
  form: "raw" | "gzip";
  type: string;
  cache: string;
  /** Tells these bytes, served this way, from any others. */
  tag: string;
  /** Files of a lower step are there before those that lead to them. */
  step: number;
}

/** Raised when the same bytes are to be served in another way. */
const SERVED = "1";
export const LAST_STEP = 5;

function stepOf(name: string): number {
  if (name.startsWith("cap/")) return 0;
  if (/(?:^|\/)alerts\/[^/]+$/.test(name) && !name.endsWith("index.html")) return 1;
  if (name === "index.html") return LAST_STEP;
  if (name.endsWith("/index.html") || name === "sitemap.xml") return 4;
  return /\.(?:atom|rss|json|txt|js|xml)$/.test(name) ? 2 : 3;
}

/** A page is read without its ending, as all links lead to it; a frame and the first page of a folder keep it. */
const nameOf = (file: string) =>
  file.endsWith(".html") && !file.startsWith("embed/") && !/(?:^|\/)index\.html$/.test(file)
    ? file.slice(0, -".html".length)
    : file;

/** @returns every file of the bucket, by name */
export function listObjects({ files }: Pick<SiteTable, "files">): Map<string, SiteObject> {
  const objects = new Map<string, SiteObject>();
  const add = (name: string, file: string, entry: SiteEntry) => {
    // Browsers unpack; programs that read feeds, messages and data may not, so those are kept as they are.
    // So is the page for what is not found, with which some services say nothing of how it is packed.
    const packed = file.endsWith(".html") && !/(?:^|\/)find\/index\.html$/.test(file);
    const form = packed && entry.gzip ? "gzip" : "raw";
    const [type, cache] = [typeOf(file), cacheOf(file)];
    objects.set(name, { name, entry, form, type, cache, tag: `${SERVED} ${form} ${entry.etag}`, step: stepOf(name) });
  };
  for (const [file, entry] of Object.entries(files)) {
    // What our own server sends when time is up, a bucket cannot: the page itself and the worker say it.
    if (!isEnded(file)) add(nameOf(file), file, entry);
  }
  // The feed of a place for which nothing is in force, which our own server answers from one file.
  for (const file of Object.keys(files)) {
    if (isEnded(file)) continue;
    const place = /^embed\/(.+)\.json$/.exec(file)?.[1];
    for (const kind of ["atom", "rss"] as const) {
      const [name, empty] = [`feeds/place/${place}.${kind}`, `${EMPTY_FEED}.${kind}`];
      const entry = files[empty];
      if (place && entry && !objects.has(name)) add(name, empty, entry);
    }
  }
  return objects;
}
