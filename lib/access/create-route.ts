import "server-only";
import { findForbidden } from "../platform/clean-text";
import { env } from "../platform/env";
import { log } from "../platform/log";
import { Pace } from "../platform/pace";
import { describeTrouble } from "../platform/trouble";
import { type Actor, can } from "./actor";
import { noteRefused } from "./note-refused";
import { isSameOrigin } from "./origin";
import type { Permission } from "./permissions";
import { getActor } from "./session";

interface RouteContext<Params> {
  request: Request;
  params: Params;
  actor: Actor;
}

/** Files of one person in a minute; what pages ask by themselves is not counted. */
export const DOWNLOADS = new Pace(120);

const PRIVATE = { "Cache-Control": "no-store" };

/** A refusal as JSON, never cached. */
export function problem(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: PRIVATE });
}

async function guard(request: Request, run: () => Promise<Response>): Promise<Response> {
  if (!["GET", "HEAD"].includes(request.method) && !isSameOrigin(request.headers, env().NEXTAUTH_URL)) {
    return problem(403, "foreign-origin", "This request did not come from Callbox.");
  }
  const { searchParams } = new URL(request.url);
  for (const [name, value] of searchParams) {
    // Of two values one part of the program could read the first, and another the second.
    if (searchParams.getAll(name).length > 1) return problem(400, "invalid", "The address has a value twice.");
    if (findForbidden(`${name}${value}`)) return problem(400, "invalid", `The address has a value that can't be used.`);
  }
  try {
    const response = await run();
    if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
    return response;
  } catch (error) {
    log.error({ event: "route failed", error });
    const trouble = describeTrouble(error);
    if (trouble) return problem(503, "database", trouble);
    return problem(500, "failed", "Something went wrong on our side. Nothing was changed.");
  }
}

/**
 * Builds a route method. 401 when nobody is signed in, 403 when the role does
 * not allow it; what the actor may not see is 404, as if it did not exist.
 * @param options.polls a page asks by itself, which does not keep a session alive
 */
export function createRoute<Params = Record<string, never>>(options: {
  permission: Permission | "any" | "enrolling";
  polls?: boolean;
  handle: (context: RouteContext<Params>) => Promise<Response>;
}) {
  return (request: Request, context: { params: Promise<Params> }): Promise<Response> =>
    guard(request, async () => {
      const actor = await getActor({ touch: !options.polls });
      if (!actor) return problem(401, "signed-out", "You are signed out.");
      if (actor.enrolling && options.permission !== "enrolling") {
        return problem(403, "second-factor", "Set up a second factor first.");
      }
      if (options.permission !== "any" && options.permission !== "enrolling" && !can(actor, options.permission)) {
        noteRefused(actor, options.permission, "route");
        return problem(403, "not-permitted", "Your role does not allow this.");
      }
      if (!options.polls && !DOWNLOADS.take(actor.personId, new Date())) {
        log.warn({ event: "too many", asked: "route", person: actor.personId });
        const says = `More than ${DOWNLOADS.most} downloads within a minute. Wait a minute, then try again.`;
        return problem(429, "too-many", says);
      }
      return options.handle({ request, params: await context.params, actor });
    });
}

/** Builds a route method that needs no account: health, and next-auth itself. */
export function createPublicRoute<Context>(options: {
  permission: "public";
  handle: (request: Request, context: Context) => Promise<Response>;
}) {
  return (request: Request, context: Context): Promise<Response> =>
    guard(request, () => options.handle(request, context));
}
