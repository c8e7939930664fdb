import "server-only";
import { decode } from "next-auth/jwt";
import { env } from "../platform/env";

/**
 * The name of a cookie of ours. Over HTTPS it carries a promise that browsers keep: only this host set it, it goes
 * to no other, and never without HTTPS.
 */
export function hostCookie(name: string, url: string): string {
  return url.startsWith("https:") ? `__Host-${name}` : name;
}

export const SESSION_COOKIE = "next-auth.session-token";

interface Jar {
  get(name: string): { value: string } | undefined;
}

/** The session id in the signed cookie, or null. Whether that session still is one is asked of the database. */
export async function readSessionId(jar: Jar): Promise<string | null> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  const value = jar.get(hostCookie(SESSION_COOKIE, NEXTAUTH_URL))?.value;
  if (!value) return null;
  const token = await decode({ token: value, secret }).catch(() => null);
  return typeof token?.sessionId === "string" ? token.sessionId : null;
}
