import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/**
 * What a browser went to a provider for, other than to sign in: to link it to the
 * account it is signed in to, or to accept an invitation. It comes back in a cookie
 * under a keyed hash; alone it opens nothing, since the session or the invitation
 * it names must still be good.
 */

export const INTENT_MS = 10 * 60_000;

const intentSchema = z.discriminatedUnion("purpose", [
  /** Key of the session that asked, right after it proved who it is. */
  z.strictObject({ purpose: z.literal("link"), session: z.string() }),
  /** Hash of the one-time link. */
  z.strictObject({ purpose: z.literal("accept"), link: z.string() }),
]);
export type Intent = z.output<typeof intentSchema>;

const bodySchema = z.strictObject({ provider: z.string(), until: z.number(), intent: intentSchema });

const sign = (secret: string, body: string) =>
  createHmac("sha256", secret).update(`single sign-on intent ${body}`).digest();

/** @param now in milliseconds since 1970 */
export function makeIntent(secret: string, provider: string, intent: Intent, now: number): string {
  const body = Buffer.from(JSON.stringify({ provider, until: now + INTENT_MS, intent })).toString("base64url");
  return `${body}.${sign(secret, body).toString("base64url")}`;
}

/** The intent, when it is ours, for this provider, and still in time. */
export function readIntent(secret: string, provider: string, given: string | undefined, now: number): Intent | null {
  const [body = "", signature = ""] = (given ?? "").split(".");
  const [theirs, ours] = [Buffer.from(signature, "base64url"), sign(secret, body)];
  if (theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) return null;
  const parsed = bodySchema.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  if (!parsed.success || parsed.data.provider !== provider || parsed.data.until <= now) return null;
  return parsed.data.intent;
}
