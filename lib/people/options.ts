import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { cookies, headers } from "next/headers";
import { mintActor } from "../access/mint";
import { readWantedPath } from "../access/return-path";
import { hostCookie, readSessionId, SESSION_COOKIE } from "../access/session-cookie";
import { sessionKey } from "../access/session-key";
import { db } from "../platform/db";
import { env } from "../platform/env";
import { log } from "../platform/log";
import { refuse, type Result, success } from "../platform/result";
import { describeTrouble } from "../platform/trouble";
import { signOut } from "./commands/sessions";
import { deviceCookie, signIn } from "./sign-in/commands/password";
import { describeBrowser, keepAddress } from "./origin-of-sign-in";
import { credentialsSchema } from "./schema";
import type { SignedIn } from "./sign-in/commands/begin-session";
import { signInByPasskey } from "./sign-in/commands/passkey";
import { passkeyAnswerSchema } from "./sign-in/schema";
import { type Claims, readClaims } from "./single-sign-on/claims";
import { acceptInvitation, linkSignIn, signInByProvider } from "./single-sign-on/commands/sign-in";
import { loadNextAuthProviders } from "./single-sign-on/data";
import { type Intent, INTENT_MS, makeIntent, readIntent } from "./single-sign-on/intent";
import type { SignInProvider } from "./single-sign-on/provider";

const DEVICE_COOKIE = "callbox-device";
/** What the browser went to a provider for. Not strict, since the provider sends the browser back. */
const INTENT_COOKIE = "callbox-sign-in-intent";
/** Where next-auth keeps the page that someone left for a provider. */
const LEFT_COOKIE = "next-auth.callback-url";

const ourCookie = (name: string) => hostCookie(name, env().NEXTAUTH_URL);
const YEAR = 31_536_000;
/** Set by the console's own server from the connection, never taken from a client (lib/cli/console.ts). */
const ADDRESS_HEADER = "x-callbox-address";

/**
 * A refusal takes at least so long. Whoever keeps on trying with many
 * connections then costs the console little, and the time says nothing.
 */
const REFUSED_MS = 1500;

async function slowly(began: number, message: string): Promise<never> {
  await pause(Math.max(0, REFUSED_MS - (performance.now() - began)));
  throw new Error(message);
}

/** What this browser shows of who signed in with it before. */
export async function readDevice(): Promise<string | undefined> {
  return (await cookies()).get(ourCookie(DEVICE_COOKIE))?.value;
}

/** Makes this browser one that the person signed in with before. */
export async function rememberDevice(personId: string): Promise<void> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  (await cookies()).set(ourCookie(DEVICE_COOKIE), deviceCookie(secret, personId), {
    httpOnly: true,
    sameSite: "strict",
    secure: NEXTAUTH_URL.startsWith("https:"),
    maxAge: YEAR,
    path: "/",
  });
}

/** Notes what the browser goes to a provider for, until it comes back. */
export async function rememberIntent(providerId: string, intent: Intent, now: Date): Promise<void> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  (await cookies()).set(ourCookie(INTENT_COOKIE), makeIntent(secret, providerId, intent, now.getTime()), {
    httpOnly: true,
    sameSite: "lax",
    secure: NEXTAUTH_URL.startsWith("https:"),
    maxAge: INTENT_MS / 1000,
    path: "/",
  });
}

/** Where this request comes from, as the site's policy keeps it, and the session it replaces. */
async function originOfRequest() {
  const { NEXTAUTH_SECRET: secret, CALLBOX_SIGN_IN_ADDRESS } = env();
  const heading = await headers();
  const address = heading.get(ADDRESS_HEADER) ?? undefined;
  const replaces = await readSessionId(await cookies());
  return {
    address,
    place: keepAddress(address ?? "", CALLBOX_SIGN_IN_ADDRESS, secret),
    browser: describeBrowser(heading.get("user-agent") ?? ""),
    ...(replaces ? { replaces } : {}),
  };
}

/** What next-auth keeps of someone who was let in; a browser is known once the second factor was right as well. */
async function finish(began: number, result: Result<SignedIn>) {
  if (!result.ok) return slowly(began, result.message);
  const { personId, name, sessionId, half } = result.value;
  if (!half) await rememberDevice(personId);
  return { id: personId, name, sessionId };
}

function parseJson(text: unknown): unknown {
  if (typeof text !== "string" || text.length > 50_000) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What next-auth throws it shows to whoever asked, so trouble of ours is put into words before. */
async function orTrouble<Value>(work: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await work();
  } catch (error) {
    log.error({ event: "sign-in failed", error });
    return refuse("failed", describeTrouble(error) ?? "Something went wrong on our side. Try again.");
  }
}

/** A page of ours, as a whole address. */
const ownPage = (path: string) => `${new URL(env().NEXTAUTH_URL).origin}${path}`;

/** The account's page, with what there is to say after someone came back from a provider. */
const backToAccount = (code: string) => ownPage(`/account?linking=${encodeURIComponent(code)}`);

/**
 * The sign-in page with what there is to say, and with the page that was wanted before.
 * @param left the address of the sign-in page the person left; as next-auth keeps it where it is not given
 */
export async function backToSignIn(code: string, left?: string): Promise<string> {
  const wanted = readWantedPath(left ?? (await cookies()).get(ourCookie(LEFT_COOKIE))?.value);
  const to = wanted === "/" ? "" : `&to=${encodeURIComponent(wanted)}`;
  return ownPage(`/sign-in?error=${encodeURIComponent(code)}${to}`);
}

/**
 * Takes what a provider's checked token says: links it to whoever asked for that,
 * accepts an invitation, or signs in whom it is linked to.
 * @returns what next-auth keeps of someone who was let in; else the page to go to
 */
async function takeClaims(
  provider: SignInProvider,
  claims: Claims,
): Promise<string | { id: string; name: string; sessionId: string }> {
  const now = new Date();
  const jar = await cookies();
  const intent = readIntent(
    env().NEXTAUTH_SECRET,
    provider.id,
    jar.get(ourCookie(INTENT_COOKIE))?.value,
    now.getTime(),
  );
  // Browsers take nothing about a cookie of this name that does not keep its promise, its end neither.
  jar.delete({ name: ourCookie(INTENT_COOKIE), path: "/", secure: env().NEXTAUTH_URL.startsWith("https:") });
  const answer = { provider, claims, ...(await originOfRequest()) };
  const { replaces } = answer;
  if (intent?.purpose === "link" && replaces && sessionKey(replaces) === intent.session) {
    const linked = await orTrouble(async () => {
      const actor = await mintActor(db(), replaces, now, true);
      return actor ? linkSignIn(db(), actor, answer, now) : refuse("signed-out");
    });
    return backToAccount(linked.ok ? "done" : linked.code);
  }
  const result = await orTrouble(() =>
    intent?.purpose === "accept"
      ? acceptInvitation(db(), intent.link, answer, now)
      : signInByProvider(db(), answer, now),
  );
  if (!result.ok) return backToSignIn(result.code);
  const { personId, name, sessionId, half } = result.value;
  if (!half) await rememberDevice(personId);
  return { id: personId, name, sessionId };
}

/** What went wrong with a provider, without what was expected or given: that can be a secret. */
function reasonOf(metadata: unknown): string {
  const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error;
  return error instanceof Error ? `: ${error.message.split(/,|: /)[0]?.slice(0, 100)}` : "";
}

/** The providers that a request of next-auth is about. Passwords and passkeys do without, whatever becomes of these. */
async function providersFor({ action, providerId }: AuthRequest): ReturnType<typeof loadNextAuthProviders> {
  if (providerId?.startsWith("sso-")) return loadNextAuthProviders(db(), providerId, new Date());
  if (action !== "providers") return [];
  return loadNextAuthProviders(db(), undefined, new Date()).catch((error: unknown) => {
    log.error({ event: "single sign-on", error });
    return [];
  });
}

/** What is asked of next-auth: the first two parts of the path after /api/auth. */
interface AuthRequest {
  action?: string | undefined;
  providerId?: string | undefined;
}

/** The cookies of next-auth, each for this host alone. What belongs to one way to a provider and back ends soon. */
const NEXT_AUTH_COOKIES = {
  sessionToken: { name: SESSION_COOKIE },
  callbackUrl: { name: LEFT_COOKIE },
  csrfToken: { name: "next-auth.csrf-token" },
  pkceCodeVerifier: { name: "next-auth.pkce.code_verifier", maxAge: 900 },
  state: { name: "next-auth.state", maxAge: 900 },
  nonce: { name: "next-auth.nonce" },
};

/** next-auth carries the session's id in a signed cookie; the session itself is a row, checked on every request. */
export async function authOptions(asked: AuthRequest): Promise<NextAuthOptions> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL } = env();
  const singleSignOn = await providersFor(asked);
  const secure = NEXTAUTH_URL.startsWith("https:");
  return {
    secret,
    session: { strategy: "jwt", maxAge: 12 * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    cookies: Object.fromEntries(
      Object.entries(NEXT_AUTH_COOKIES).map(([use, { name, ...rest }]) => [
        use,
        { name: ourCookie(name), options: { httpOnly: true, sameSite: "lax", path: "/", secure, ...rest } },
      ]),
    ),
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (input) => {
          const began = performance.now();
          const parsed = credentialsSchema.safeParse(input);
          if (!parsed.success) return slowly(began, "The email or password is not right.");
          const origin = await originOfRequest();
          const attempt = { ...parsed.data, ...origin, device: await readDevice() };
          return finish(began, await orTrouble(() => signIn(db(), secret, attempt, new Date())));
        },
      }),
      CredentialsProvider({
        id: "passkey",
        credentials: { answer: {} },
        authorize: async (input) => {
          const began = performance.now();
          const parsed = passkeyAnswerSchema.safeParse(parseJson(input?.answer));
          if (!parsed.success) return slowly(began, refuse("wrong-passkey").message);
          const attempt = { ...(await originOfRequest()), answer: parsed.data };
          const site = { secret, url: NEXTAUTH_URL, name: "Callbox" };
          return finish(began, await orTrouble(() => signInByPasskey(db(), site, attempt, new Date())));
        },
      }),
      ...singleSignOn.map(({ config }) => config),
    ],
    callbacks: {
      // Passwords and passkeys were taken by now; a provider's token was checked, and says whose it is.
      signIn: async ({ user, account, profile }) => {
        if (account?.type !== "oauth") return true;
        const provider = singleSignOn.find((one) => one.provider.id === account.provider)?.provider;
        const claims = readClaims(profile);
        if (!provider || !claims) return backToSignIn("OAuthCallback");
        const taken = await takeClaims(provider, claims);
        if (typeof taken === "string") return taken;
        Object.assign(user, taken);
        return true;
      },
      jwt: ({ token, user }) =>
        user ? { ...token, sessionId: (user as unknown as { sessionId: string }).sessionId } : token,
      // The id stays in the cookie, where no script of a page can read it.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = token?.sessionId;
        if (typeof sessionId !== "string") return;
        await orTrouble(async () => success(await signOut(db(), sessionId, new Date())));
      },
    },
    logger: {
      error: (code, metadata) => log.warn({ event: "next-auth", reason: `${code}${reasonOf(metadata)}` }),
      warn: (code) => log.debug({ event: "next-auth", reason: code }),
      debug: () => undefined,
    },
  };
}
