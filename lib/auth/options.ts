import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { cookies, headers } from "next/headers";
import { db } from "../platform/db";
import { env } from "../platform/env";
import { log } from "../platform/log";
import { deviceCookie, signIn, signOut } from "./mutations";
import { credentialsSchema } from "./schema";

const DEVICE_COOKIE = "callbox-device";
const YEAR = 31_536_000;

/** next-auth carries the session's id in a signed cookie; the session itself is a row, checked on every request. */
export function authOptions(): NextAuthOptions {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  const secure = NEXTAUTH_URL.startsWith("https:");
  return {
    secret,
    session: { strategy: "jwt", maxAge: 12 * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (input) => {
          const parsed = credentialsSchema.safeParse(input);
          if (!parsed.success) throw new Error("E-mail or password is not right. Nothing says which.");
          const [jar, heading] = [await cookies(), await headers()];
          const result = await signIn(
            db(),
            secret,
            {
              ...parsed.data,
              device: jar.get(DEVICE_COOKIE)?.value,
              address: heading.get("x-forwarded-for")?.split(",")[0]?.trim() ?? "unknown",
            },
            new Date(),
          );
          if (!result.ok) throw new Error(result.message);
          const { personId, name, sessionId } = result.value;
          jar.set(DEVICE_COOKIE, deviceCookie(secret, personId), {
            httpOnly: true,
            sameSite: "strict",
            secure,
            maxAge: YEAR,
            path: "/",
          });
          return { id: personId, name, sessionId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { ...token, sessionId: (user as unknown as { sessionId: string }).sessionId } : token,
      // Only the id leaves the cookie; who it belongs to is asked of the database.
      session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sessionId }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = token?.sessionId;
        if (typeof sessionId === "string") await signOut(db(), sessionId, new Date());
      },
    },
    logger: {
      error: (code) => log.warn({ event: "next-auth", reason: code }),
      warn: (code) => log.debug({ event: "next-auth", reason: code }),
      debug: () => undefined,
    },
  };
}
