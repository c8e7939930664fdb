import http from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import next from "next";
import { decode } from "next-auth/jwt";
import { DatabaseWatch, isLostSince } from "../platform/connections";
import { env, launcherEnv, metricsToken, singleSignOnSettings } from "../platform/env";
import { Lane } from "../platform/lane";
import { log } from "../platform/log";
import { countRequest } from "../platform/metrics";
import { decideRequest, type GuardSettings, isTrusted, parseProxies } from "../platform/request-guard";
import { readRouteNames } from "../platform/route-names";
import { nameRequest, withTrace } from "../platform/trace";

/**
 * The console as a process: the built pages behind a server of our own, which
 * looks at each request before the framework does (lib/platform/request-guard.ts).
 * It needs nothing of the checkout but the build, and no more rights than reading it.
 */

const COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token=([^;]+)/;
const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * Pages that are made at once, and that wait for it. More at once would only wait
 * for the same two cores and the same connections of the database until their
 * patience ends; so many wait in line that a whole state can come at once.
 * Whoever has no session waits apart from those who have.
 */
const PAGES = { known: new Lane(8, 2000), stranger: new Lane(4, 1000) };
/** A reader that takes so long for one page gives its place to the next, in milliseconds. */
const PAGE_MS = 15_000;

/** Routes answer for themselves, as JSON; a page is made or not. */
const isRoute = ({ url }: http.IncomingMessage) => url?.startsWith("/api/") === true;

const isPage = ({ method, url }: http.IncomingMessage) =>
  (method === "GET" || method === "HEAD") && !url?.startsWith("/_next/static/");

const SWITCHING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The database is being switched over · Callbox</title>
<h1>The database is being switched over</h1>
<p>Nothing you typed is lost, and nothing that was saved or published is. This page tries again every few seconds.</p>
<p>If it stays so for more than two minutes, tell whoever runs this console, and use the printed numbers meanwhile.</p>
</html>
`;

/** Says in words of our own that there is no database at the moment, and lets the browser ask again. */
function answerSwitching(response: http.ServerResponse): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(503, {
    ...HEADERS,
    "Content-Type": "text/html; charset=utf-8",
    "Retry-After": "5",
    Refresh: "5",
  });
  response.end(SWITCHING_PAGE);
}

/**
 * A page that could not be made because the database went away under it says
 * that, and not that something went wrong. What the framework has to say of it
 * goes nowhere: it finds a response that takes everything.
 */
function replaceFailure(response: http.ServerResponse): void {
  const began = performance.now();
  const { writeHead, write, end } = response;
  let replaced = false;
  const isReplaced = (status = response.statusCode) => {
    if (!replaced && !response.headersSent && status === 500 && isLostSince(began)) {
      Object.assign(response, { writeHead, write, end });
      answerSwitching(response);
      Object.assign(response, takesAll);
      replaced = true;
    }
    return replaced;
  };
  const takesAll = {
    writeHead: (...given: Parameters<typeof writeHead>) =>
      isReplaced(given[0]) ? response : writeHead.apply(response, given),
    write: (...given: Parameters<typeof write>) => isReplaced() || write.apply(response, given),
    end: (...given: Parameters<typeof end>) => (isReplaced() ? response : end.apply(response, given)),
  };
  Object.assign(response, takesAll);
}

/** Whether the cookie was signed here and has not run out. Whether the session goes on is asked of the database later. */
async function hasSession(request: http.IncomingMessage, secret: string): Promise<boolean> {
  const token = COOKIE.exec(request.headers.cookie ?? "")?.[1];
  if (!token) return false;
  try {
    return (await decode({ token: decodeURIComponent(token), secret })) !== null;
  } catch {
    return false;
  }
}

/** Counts an answer when it is given, and leaves a line: what a server could not do is seen at any level but silent. */
function watch(request: http.IncomingMessage, response: http.ServerResponse, route: string): void {
  const began = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - began);
    const status = response.statusCode;
    countRequest(request.method ?? "", route, status, ms / 1000);
    if (route === "static") return;
    const line = { event: "answered", method: request.method, route, status, ms, whole: response.writableFinished };
    if (status >= 500) log.warn(line);
    else log.debug(line);
  });
}

async function serve(): Promise<void> {
  const { DATABASE_URL, NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  // Read at each sign-in; wrong ones are said now.
  singleSignOnSettings();
  const database = new DatabaseWatch(DATABASE_URL);
  const { trustedProxies, host, port } = launcherEnv();
  const settings: GuardSettings = {
    url: new URL(NEXTAUTH_URL),
    trusted: parseProxies(trustedProxies),
    metricsByToken: metricsToken() !== undefined,
  };
  const routeOf = readRouteNames(".next");
  const app = next({ dev: false, dir: process.cwd(), hostname: host ?? "127.0.0.1", port: Number(port), quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const page = isPage(request);
    // Asked only where it decides something: who waits with whom, and a body larger than anybody may send.
    const signedIn =
      (page || Number(request.headers["content-length"] ?? 0) >= 1024) && (await hasSession(request, secret));
    const decision = decideRequest(
      {
        method: request.method ?? "GET",
        target: request.url ?? "/",
        remote: request.socket.remoteAddress ?? "",
        headers: request.headers,
        signedIn,
      },
      settings,
    );
    if (!decision.pass) {
      const { status, message, location } = decision;
      // What is refused is not read; the connection ends with the answer.
      response.writeHead(status, {
        ...HEADERS,
        "Content-Type": "application/json; charset=utf-8",
        Connection: "close",
        ...(location ? { Location: location } : {}),
      });
      response.end(JSON.stringify({ code: "refused", message }));
      return;
    }
    for (const name of decision.strip) delete request.headers[name];
    Object.assign(request.headers, decision.headers);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    response.removeHeader("Cache-Control");
    if (!page) return handle(request, response);
    if (!isRoute(request)) {
      if (!(await database.answers())) return answerSwitching(response);
      replaceFailure(response);
    }
    let timer: NodeJS.Timeout | undefined;
    const made = await PAGES[signedIn ? "known" : "stranger"].run(async () => {
      // Whoever went away while waiting is not waited for.
      if (response.destroyed) return;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PAGE_MS)));
      await Promise.race([handle(request, response), patience]);
      clearTimeout(timer);
    });
    if (made !== "full") return;
    response.writeHead(503, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8", "Retry-After": "5" });
    response.end("Too many pages are asked for at once. Nothing is lost: reload this page in a few seconds.\n");
  };
  const server = http.createServer({ headersTimeout: 15_000, requestTimeout: 120_000 }, (request, response) => {
    const named = isTrusted(request.socket.remoteAddress ?? "", settings.trusted)
      ? [request.headers["x-request-id"]].flat()[0]
      : undefined;
    const id = nameRequest(named);
    request.headers["x-request-id"] = id;
    response.setHeader("X-Request-Id", id);
    withTrace({ request: id }, () => {
      watch(request, response, routeOf(request.url ?? "/"));
      answer(request, response).catch((error: unknown) => {
        log.error({ event: "request failed", error });
        if (!response.headersSent) response.writeHead(500, HEADERS);
        response.end();
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(Number(port), host ?? "127.0.0.1", resolve);
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // A page that is still being read is given a moment, a connection that hangs is not.
    setTimeout(() => process.exit(0), 5000).unref();
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("SIGHUP", end);
  // The launcher is gone, whatever ended it: a console that nobody watches makes way for one that someone does.
  process.on("disconnect", end);
  // Whoever started this process may ask how long the event loop was held, in milliseconds.
  const held = monitorEventLoopDelay({ resolution: 10 });
  held.enable();
  process.on("message", () => {
    process.send?.({ held: held.max / 1e6, memory: process.memoryUsage().rss });
    held.reset();
  });
}

process.on("uncaughtException", (error) => {
  log.error({ event: "console failed", error });
  process.exit(1);
});
serve().catch((error: unknown) => {
  log.error({ event: "console did not start", error });
  process.stderr.write(`${error instanceof Error ? error.message : "The console did not start."}\n`);
  process.exit(1);
});
