import { log } from "../platform/log";
import type { Actor } from "./actor";
import type { Permission } from "./permissions";

/**
 * Says in the log of the process that someone asked for what their role does not allow. Pages offer nobody what they
 * may not, so whoever gets here lost a role a moment ago or tries addresses. The trace of the line says which request.
 */
export function noteRefused(actor: Actor, permission: Permission, asked: "action" | "page" | "route"): void {
  log.warn({ event: "not permitted", asked, permission, person: actor.personId });
}
