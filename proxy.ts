import { type NextRequest, NextResponse } from "next/server";
import { isSameOrigin } from "./lib/access/origin";
import { env } from "./lib/platform/env";

/**
 * Runs before every page and route: a fresh nonce for the
 * Content-Security-Policy, and no change from a page that is not ours.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");

  if (!["GET", "HEAD", "OPTIONS"].includes(request.method) && !isSameOrigin(request.headers, env().NEXTAUTH_URL)) {
    return NextResponse.json(
      { code: "foreign-origin", message: "This request did not come from Callbox." },
      { status: 403, headers: { "Content-Security-Policy": policy, "Cache-Control": "no-store" } },
    );
  }
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Where a page that needs a person leads back to.
  headers.set("x-callbox-path", `${request.nextUrl.pathname}${request.nextUrl.search}`.slice(0, 500));
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

// A file that goes up is left alone: what runs here would read all of it before the route asks who sends it.
export const config = { matcher: ["/((?!_next/static|favicon.ico|api/directory/imports/).*)"] };
