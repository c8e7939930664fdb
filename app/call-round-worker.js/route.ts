import { createPublicRoute } from "../../lib/access/create-route";

/**
 * Keeps the page of a call round on the phone, so that it opens again
 * without a connection. It keeps nothing else, serves what it kept only when
 * the console cannot be reached, and forgets it when someone signs out.
 */
const WORKER = `
const NAME = "callbox-call-round-1";
const ROUND = "/directory/call-round";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => { if (event.data === "forget") event.waitUntil(caches.delete(NAME)); });
async function keep(request, response) {
  if (response.ok && !response.redirected) await (await caches.open(NAME)).put(request, response.clone());
  return response;
}
async function kept(key) {
  return (await (await caches.open(NAME)).match(key, { ignoreVary: true })) ?? Response.error();
}
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === ROUND) {
    event.respondWith(fetch(request).then((response) => keep(ROUND, response), () => kept(ROUND)));
  } else if (url.pathname.startsWith("/_next/static/")) {
    event.respondWith(fetch(request).then((response) => keep(request.url, response), () => kept(request.url)));
  }
});
`;

export const GET = createPublicRoute({
  permission: "public",
  handle: async () =>
    new Response(WORKER, {
      headers: { "Content-Type": "text/javascript; charset=utf-8", "Service-Worker-Allowed": "/directory/call-round" },
    }),
});
