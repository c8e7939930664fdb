import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db } from "../platform/db";
import { type Actor, can } from "./actor";
import { mintActor } from "./mint";
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

/** For pages: the person, or the way to sign in; and the permission, or the page that says who may. */
export async function requireActor(permission: Permission | "any"): Promise<Actor> {
  const actor = await getActor();
  if (!actor) redirect("/sign-in");
  if (permission !== "any" && !can(actor, permission)) redirect("/forbidden");
  return actor;
}
