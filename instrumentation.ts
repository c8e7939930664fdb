/**
 * What Next calls once for each page, route and action that failed on the server.
 * People are shown that the page cannot be shown, and nothing of why; whoever runs
 * the machine finds it in the log, under the id of the request. The address is
 * left out, since one-time links hold a secret.
 */
export async function onRequestError(
  error: unknown,
  request: { method: string },
  context: { routePath: string; routeType: string },
): Promise<void> {
  const { log } = await import("./lib/platform/log");
  const { digest } = error as { digest?: unknown };
  log.error({
    event: "page failed",
    method: request.method,
    page: context.routePath,
    kind: context.routeType,
    ...(typeof digest === "string" ? { digest } : {}),
    error,
  });
}
