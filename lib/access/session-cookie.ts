import "server-only";
import { decode } from "next-auth/jwt";
import { env } from "../platform/env";

interface Jar {
  get(name: string): { value: string } | undefined;
}

/** The session id in the signed cookie, or null. Whether that session still is one is asked of the database. */
export async function readSessionId(jar: Jar): Promise<string | null> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  const name = `${NEXTAUTH_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
  const value = jar.get(name)?.value;
  if (!value) return null;
  const token = await decode({ token: value, secret }).catch(() => null);
  return typeof token?.sessionId === "string" ? token.sessionId : null;
}
