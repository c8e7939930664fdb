import http from "node:http";
import path from "node:path";
import { EMPTY_FEED, type PlacesToFind } from "../channels/public-site/files";
import { findPage } from "../channels/public-site/home-page";
import { type Encoding, Pack, type SiteEntry } from "../channels/public-site/pack";
import { findPlaces, plainName } from "../channels/public-site/search";
import { cacheOf, FRESH, typeOf } from "../channels/public-site/served";

/**
 * Serves the finished files of the public site, and nothing else: no database,
 * no framework, no session. It goes on when the console, the worker and the
 * database are gone. What it may not answer from a file is the search.
 */

/** How often the folder is looked at for a new generation, in milliseconds. */
const LOOK_MS = 25;
/** Bytes kept in memory. A site of 3,500 places takes about a third of it. */
const MOST_KEPT = 256 * 1024 * 1024;
const LONGEST_SEARCH = 80;
/** How often a file is replaced by the clock alone, at most: a site that leads in a circle is no reason to hang. */
const MOST_TURNS = 100;

interface Body {
  bytes: Buffer;
  headers: http.OutgoingHttpHeaders;
  /** The same, name and value in turn, which is written fastest. */
  lines: string[];
}

/** Addresses whose file is known, so that it is looked for once. */
const MOST_KNOWN = 20_000;

/** The site as it is read, with what was asked for lately in memory. */
class Site {
  private readonly kept = new Map<string, Body>();
  private size = 0;
  private places: PlacesToFind | null = null;
  /** Files by the address they were asked for at. */
  readonly known = new Map<string, { name: string; entry: SiteEntry }>();

  constructor(readonly pack: Pack) {}

  find(name: string): SiteEntry | undefined {
    return this.pack.find(name);
  }

  body(name: string, entry: SiteEntry, encoding: Encoding | null): Body {
    const key = `${name} ${encoding ?? ""}`;
    const known = this.kept.get(key);
    if (known) return known;
    const bytes = this.pack.read((encoding && entry[encoding]) ?? entry.raw);
    const headers = headersOf(name, entry, encoding, bytes.length, this.pack.table.policy);
    const made: Body = {
      bytes,
      headers,
      lines: Object.entries(headers).flatMap(([key, value]) => [key, String(value)]),
    };
    if (this.size + bytes.length <= MOST_KEPT) {
      this.kept.set(key, made);
      this.size += bytes.length;
    }
    return made;
  }

  search(): PlacesToFind {
    const entry = this.find("places.json");
    if (!entry) throw new Error("There are no places to search.");
    this.places ??= JSON.parse(this.pack.read(entry.raw).toString("utf8")) as PlacesToFind;
    return this.places;
  }
}

function headersOf(
  name: string,
  { etag, br, gzip }: SiteEntry,
  encoding: Encoding | null,
  length: number,
  policy: string,
): http.OutgoingHttpHeaders {
  const extension = path.extname(name);
  const embed = name.startsWith("embed/");
  return {
    "Content-Type": typeOf(name),
    "Content-Length": length,
    "Cache-Control": cacheOf(name),
    ETag: `"${etag}${encoding ? `-${encoding}` : ""}"`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    ...(br || gzip ? { Vary: "Accept-Encoding" } : {}),
    ...(encoding ? { "Content-Encoding": encoding } : {}),
    // A town's web site may frame its own number, and programs of others may read data; no other page is framed.
    ...(extension === ".html"
      ? {
          "Content-Security-Policy": `${policy}; frame-ancestors ${embed ? "*" : "'none'"}`,
        }
      : {}),
    ...(extension === ".html" || extension === ".js" ? {} : { "Access-Control-Allow-Origin": "*" }),
  };
}

export interface SiteServer {
  server: http.Server;
  close: () => Promise<void>;
}

/**
 * Serves what is in a folder that `writePack` writes.
 * @param now for a test that looks at what has ended
 */
export async function servePublicSite(
  folder: string,
  { host, port, now = Date.now }: { host: string; port: number; now?: () => number },
): Promise<SiteServer> {
  let site: Site | null = null;
  const look = () => {
    // While the folder is away for a moment, what was read goes on.
    const mark = Pack.markOf(folder);
    if (mark === "" || mark === site?.pack.mark) return;
    const pack = Pack.open(folder);
    if (!pack) return;
    site?.pack.close();
    site = new Site(pack);
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  const server = http.createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 10_000 },
    (request, response) => {
      try {
        answer(site, request, response, now());
      } catch {
        response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "2" });
        response.end("Try again in a moment. In an emergency dial 911.\n");
      }
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    server,
    close: () => {
      clearInterval(timer);
      site?.pack.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(
  generation: Site | null,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  now: number,
): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" });
    response.end();
    return;
  }
  if (!generation) {
    response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "5" });
    response.end("No page has been written here yet. Try again in a minute. In an emergency dial 911.\n");
    return;
  }
  const url = request.url ?? "/";
  let found = generation.known.get(url);
  let status = 200;
  if (!found) {
    const asked = find(generation, url, response);
    if (!asked) return;
    ({ status } = asked);
    found = asked;
    if (status === 200 && !url.includes("?") && generation.known.size < MOST_KNOWN) generation.known.set(url, asked);
  }
  let { name, entry } = found;
  // What has ended is not served as if it still were so, whoever is not there to write it anew; nor is what came after.
  for (let turn = 0; entry.until && entry.until.at <= now && turn < MOST_TURNS; turn += 1) {
    const instead = generation.find(entry.until.instead);
    if (!instead) break;
    [name, entry] = [entry.until.instead, instead];
  }
  const taken = encodingsOf(request.headers["accept-encoding"] as string | undefined);
  const encoding = taken.find((form) => entry[form]) ?? null;
  const { bytes, headers, lines } = generation.body(name, entry, encoding);
  const known = request.headers["if-none-match"];
  if (status === 200 && known !== undefined && known.includes(String(headers.ETag))) {
    const { "Content-Length": _, ...rest } = headers;
    response.writeHead(304, rest);
    response.end();
    return;
  }
  if (status === 200) response.writeHead(200, lines);
  else response.writeHead(status, { ...headers, "Cache-Control": "no-store" });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

const ENCODINGS: readonly [Encoding, RegExp][] = [
  ["br", /\bbr\b/],
  ["gzip", /\bgzip\b/],
];

/** What readers say they take, the smallest first, which a few kinds of program say in a few ways. */
const encodings = new Map<string, readonly Encoding[]>();

function encodingsOf(accepts = ""): readonly Encoding[] {
  const known = encodings.get(accepts);
  if (known) return known;
  const taken = ENCODINGS.flatMap(([form, asked]) => (asked.test(accepts) ? [form] : []));
  if (encodings.size < 1000) encodings.set(accepts, taken);
  return taken;
}

/** The file behind an address; null when the answer was given already. */
function find(
  generation: Site,
  url: string,
  response: http.ServerResponse,
): { status: number; name: string; entry: SiteEntry } | null {
  const [target = "/", query = ""] = url.split("?", 2);
  let name: string;
  try {
    name = decodeURIComponent(target).replace(/^\/+/, "");
  } catch {
    name = "/";
  }
  if (/^(?:[a-z]{2,3}\/)?find\/?$/.test(name) && query) {
    answerSearch(generation, name, query, response);
    return null;
  }
  if (name === "" || name.endsWith("/")) name += "index.html";
  let entry = generation.find(name);
  if (!entry) {
    const page = `${name.replace(/\/index\.html$/, "")}.html`;
    if (page !== `${name}.html` && generation.find(page)) {
      response.writeHead(301, { Location: `/${page.slice(0, -".html".length)}`, "Cache-Control": FRESH });
      response.end();
      return null;
    }
    const [, place, kind] = /^feeds\/place\/(.+)\.(atom|rss)$/.exec(name) ?? [];
    // The feed of a place for which nothing is in force; a folder that is asked for without its last stroke.
    if (place && generation.find(`${place}.html`)) name = `${EMPTY_FEED}.${kind}`;
    else name = generation.find(page) ? page : `${name}/index.html`;
    entry = generation.find(name);
  }
  if (entry) return { status: 200, name, entry };
  const meant = addressMeant(generation, target);
  if (meant !== null) {
    response.writeHead(301, { Location: meant, "Cache-Control": FRESH });
    response.end();
    return null;
  }
  name = "find/index.html";
  entry = generation.find(name);
  if (entry) return { status: 404, name, entry };
  response.writeHead(404);
  response.end();
  return null;
}

/**
 * The page that someone meant who typed its address: in capitals, with spaces, underscores or accents, with .html behind it.
 * @returns its address; null where there is none
 */
function addressMeant(generation: Site, target: string): string | null {
  let typed: string;
  try {
    typed = decodeURIComponent(target).trim();
  } catch {
    return null;
  }
  const parts = typed
    .replace(/^\/+|\/+$/g, "")
    .replace(/(?:\/index)?\.html?$/i, "")
    .split("/")
    .map((part) => plainName(part).replaceAll(" ", "-"));
  if (parts.includes("")) return null;
  const meant = parts.join("/");
  if (generation.find(`${meant}.html`)) return `/${meant}`;
  return generation.find(`${meant}/index.html`) ? `/${meant}/` : null;
}

/** Without script the search asks the server: one place leads to its page, several are asked about. */
function answerSearch(generation: Site, name: string, query: string, response: http.ServerResponse): void {
  const { site, languages, states, places } = generation.search();
  const folder = name.replace(/find\/?$/, "");
  const language =
    languages.find(({ code }, index) => (index === 0 ? folder === "" : folder === `${code.split("-")[0]}/`)) ??
    languages[0];
  const typed = (new URLSearchParams(query).get("q") ?? "").slice(0, LONGEST_SEARCH);
  // A site that an earlier version wrote names no states.
  const { places: found, near } = findPlaces(typed, places, states ?? []);
  const [only] = found;
  if (only && found.length === 1 && !near) {
    response.writeHead(303, { Location: `/${folder}${only.path}`, "Cache-Control": "no-store" });
    response.end();
    return;
  }
  const page = language ? findPage({ ...site, languages }, language, typed, found.slice(0, 200), near) : "";
  response.writeHead(found.length === 0 ? 404 : 200, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `${generation.pack.table.policy}; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  });
  response.end(page);
}
