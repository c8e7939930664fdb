import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db } from "../platform/db";
import { type Actor, can } from "./actor";
import { mintActor } from "./mint";
import { noteRefused } from "./note-refused";
import { readSessionId } from "./session-cookie";
import type { Permission } from "./permissions";

/** Asked once a request, however many parts of a page ask. */
const actorOfRequest = cache(async (touch: boolean): Promise<Actor | null> => {
  const sessionId = await readSessionId(await cookies());
  return sessionId ? mintActor(db(), sessionId, new Date(), touch) : null;
});

/** The person behind this request, or null. */
export function getActor(options: { touch: boolean } = { touch: true }): Promise<Actor | null> {
  return actorOfRequest(options.touch);
}

/** Set by proxy.ts: the path and query of the page that was asked for. */
const PATH_HEADER = "x-callbox-path";

/**
 * For pages: the person, or the way to sign in and back; and the permission, or
 * the page that says who may. Who must set up a second factor is led there.
 */
export async function requireActor(permission: Permission | "any" | "enrolling"): Promise<Actor> {
  const actor = await getActor();
  if (!actor) {
    const path = (await headers()).get(PATH_HEADER) ?? "/";
    redirect(path === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(path)}`);
  }
  if (actor.enrolling && permission !== "enrolling") redirect("/account/second-factor");
  if (permission !== "any" && permission !== "enrolling" && !can(actor, permission)) {
    noteRefused(actor, permission, "page");
    redirect("/forbidden");
  }
  return actor;
}
