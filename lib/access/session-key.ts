import { createHash } from "node:crypto";

/** Key under which a session is stored; the cookie holds what it is made from. */
export function sessionKey(sessionId: string): string {
  return createHash("sha256").update(sessionId).digest("hex");
}
