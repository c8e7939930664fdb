import http from "node:http";
import type { AddressInfo } from "node:net";
import NextAuth from "next-auth";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { openStory, type Story } from "../alerts/story-for-tests";
import { type Actor, can } from "../access/actor";
import { ABSOLUTE_MS, IDLE_MS, mintActor, mintForJob } from "../access/mint";
import { readWantedPath } from "../access/return-path";
import { readSessionId } from "../access/session-cookie";
import { sessionKey } from "../access/session-key";
import { verifyRecord } from "../evidence/verify";
import { fingerprint } from "../record/chain";
import { DEMONSTRATION_PASSWORD } from "../../prisma/seed/demonstration";
import { endAccess } from "./commands/leave";
import { invitePerson, setPersonDisabled } from "./commands/people";
import { signOutElsewhere } from "./commands/sessions";
import { LIMITS } from "./throttle";
import { confirmIdentity, markConfirmed } from "./sign-in/commands/confirm";
import { addPasskey } from "./sign-in/commands/enroll";
import { offerRegistration } from "./sign-in/commands/passkey";
import { SoftwareKey } from "./sign-in/authenticator-for-tests";
import { tryProvider } from "./single-sign-on/commands/discover";
import { askProvider, confirmProvider, saveProvider, turnProviderOff } from "./single-sign-on/commands/providers";
import { unlinkPerson, unlinkSignIn } from "./single-sign-on/commands/unlink";
import { listProposals } from "./single-sign-on/data";
import { type FaultyIssuer, type Faults, type RealProvider, startFaultyIssuer, startProvider, type Subject } from "./single-sign-on/issuer-for-tests"; // prettier-ignore
import { type ProviderForm, providerFormSchema } from "./single-sign-on/schema";
import { authOptions, backToSignIn, rememberIntent } from "./options";

/** Single sign-on through next-auth and openid-client themselves, against a real provider and one that lies. */

/** The cookies of the browser whose request is under way. */
let jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => void jar.set(name, value),
    delete: (asked: string | { name: string }) => void jar.delete(typeof asked === "string" ? asked : asked.name),
  }),
  headers: async () =>
    new Headers({ "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0", "x-callbox-address": address }),
}));
let address = "198.51.100.7";

const SECRET = "a secret of at least thirty-two characters";
const URL_HERE = "http://localhost:3000";
const SITE = { secret: SECRET, host: "localhost" };

let story: Story;
let real: RealProvider;
let faulty: FaultyIssuer;

interface Answered {
  /** Where it leads: a whole address. */
  to: string;
  body: unknown;
}

/** One request to next-auth, with the cookies of a browser that keeps what it is given. */
async function ask(
  action: string,
  providerId: string | undefined,
  { method = "GET", query = {}, body = {} }: { method?: string; query?: object; body?: object } = {},
): Promise<Answered> {
  const held: { to: string; body: unknown; cookies: string[] } = { to: "", body: null, cookies: [] };
  const response = {
    status: () => response,
    getHeader: (name: string) => (name === "Set-Cookie" ? held.cookies : undefined),
    setHeader: (name: string, value: unknown) => {
      if (name === "Set-Cookie") held.cookies = [value].flat() as string[];
      if (name === "Location") held.to = String(value);
      return response;
    },
    send: (given: unknown) => void (held.body = given),
    json: (given: unknown) => void (held.body = given),
    end: () => undefined,
  };
  const request = {
    method,
    query: { nextauth: [action, ...(providerId ? [providerId] : [])], ...query },
    body,
    cookies: Object.fromEntries(jar),
    headers: { host: "localhost:3000" },
  };
  await NextAuth(request as never, response as never, await authOptions({ action, providerId }));
  for (const line of held.cookies) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /Max-Age=0/i.test(line)) jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
  return held;
}

/** Presses the button. @returns the address at the provider */
async function start(providerId: string): Promise<URL> {
  const { csrfToken } = (await ask("csrf", undefined)).body as { csrfToken: string };
  const { to } = await ask("signin", providerId, {
    method: "POST",
    body: { csrfToken, callbackUrl: "/sign-in?to=/log" },
  });
  return new URL(to);
}

/** Back at the sign-in page, which still knows what was wanted. */
const refused = (code: string) => `${URL_HERE}/sign-in?error=${code}&to=%2Flog`;

/** Walks through the provider as a browser would. @returns what it sends back to the console */
async function visit(at: URL): Promise<Record<string, string>> {
  const cookies = new Map<string, string>();
  let next = at;
  for (let hops = 0; hops < 10; hops += 1) {
    const answer = await fetch(next, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = answer.headers.get("location");
    if (!to) throw new Error(`${next.href} answered ${answer.status}: ${await answer.text()}`);
    next = new URL(to, next);
    if (next.href.startsWith(URL_HERE)) return Object.fromEntries(next.searchParams);
  }
  throw new Error("The provider never came back.");
}

/** Goes to a provider and back. @returns where the console leads then */
async function go(providerId: string, subject?: Subject): Promise<string> {
  if (subject) real.next = subject;
  const query = await visit(await start(providerId));
  return (await ask("callback", providerId, { query })).to;
}

/** The person behind the cookies of this browser. */
async function whoIsIn(now = new Date(), touch = false): Promise<Actor | null> {
  const id = await readSessionId({ get: (name) => (jar.has(name) ? { value: jar.get(name)! } : undefined) });
  return id ? mintActor(story.client, id, now, touch) : null;
}

/** A person with a session in this browser, who proved a moment ago who they are. */
async function inBrowser(who: string): Promise<Actor> {
  const actor = await story.actor(who);
  await markConfirmed(story.client, actor, new Date());
  return (await mintForJob(story.client, actor.sessionKey))!;
}

const FORM: Omit<ProviderForm, "issuer"> = {
  name: "The State",
  clientId: "console",
  clientAuth: "secret",
  secret: "a client secret of the console",
  prompt: "",
};

/** Sets a provider up as Sam, and has Nora turn it on. @returns its id */
async function setUp(more: Partial<ProviderForm> & { issuer: string }): Promise<string> {
  const [sam, nora] = [await inBrowser("sam"), await inBrowser("nora")];
  const input = providerFormSchema.parse({ ...FORM, ...more });
  const saved = await saveProvider(story.client, SITE, sam, input, new Date());
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  const { id } = saved.value;
  if (!saved.value.waits) expect(await askProvider(story.client, sam, { id }, new Date())).toMatchObject({ ok: true });
  const row = await story.client.signInProvider.findUniqueOrThrow({ where: { id } });
  const given = { id, askedAt: row.askedAt!.getTime() };
  expect(await confirmProvider(story.client, sam, given, new Date())).toMatchObject({ code: "own-request" });
  expect(await confirmProvider(story.client, nora, given, new Date())).toMatchObject({ ok: true });
  return id;
}

/** Links a subject to a person, as the account page does. */
async function link(providerId: string, who: string, subject?: Subject): Promise<string> {
  jar = new Map();
  const actor = await inBrowser(who);
  // The cookie of a session holds what its key is made from, so a session of its own.
  const id = `linking-${who}-${Math.random()}`;
  await story.client.session.create({
    data: { id: sessionKey(id), personId: actor.personId, createdAt: new Date(), lastSeenAt: new Date(), confirmedAt: new Date(), provenAt: new Date() },
  }); // prettier-ignore
  const { encode } = await import("next-auth/jwt");
  jar.set("next-auth.session-token", await encode({ token: { sessionId: id }, secret: SECRET }));
  await rememberIntent(providerId, { purpose: "link", session: sessionKey(id) }, new Date());
  const to = await go(providerId, subject);
  jar = new Map();
  return to;
}

const back = (id: string) => `${URL_HERE}/api/auth/callback/${id}`;
let provider: string;
let liar: string;

beforeAll(async () => {
  story = await openStory(inject("databases"));
  Object.assign(process.env, {
    DATABASE_URL: story.appUrl,
    NEXTAUTH_SECRET: SECRET,
    NEXTAUTH_URL: URL_HERE,
    CALLBOX_LOG: "silent",
  });
  // Ports are free ones, so the clients are known before the ids are: sso-1 and on.
  real = await startProvider([
    { client_id: "console", client_secret: FORM.secret!, redirect_uris: ["sso-1", "sso-3"].map(back) },
    { client_id: "public", token_endpoint_auth_method: "none", redirect_uris: [back("sso-4")] },
  ]);
  provider = await setUp({ issuer: real.issuer });
  faulty = await startFaultyIssuer("dana-at-the-state");
  liar = await setUp({ issuer: faulty.issuer, name: "The liar" });
  expect([provider, liar]).toEqual(["sso-1", "sso-2"]);
});
afterAll(async () => {
  await real.close();
  await faulty.close();
  await story.client.$disconnect();
  const { db } = await import("../platform/db");
  await db().$disconnect();
});
beforeEach(() => {
  jar = new Map();
  faulty.faults = {};
});
afterEach(() => vi.useRealTimers());

describe("with a real provider", () => {
  test("a sign-in asks for a code with PKCE, state and nonce", async () => {
    const { searchParams } = await start(provider);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      scope: "openid",
      client_id: "console",
      redirect_uri: back(provider),
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: expect.stringMatching(/^[\w-]{22,}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{22,}$/) as string,
    });
  });

  test("who is linked is signed in; an equal email opens nothing, nor does a second subject with it", async () => {
    const email = "dana@callbox.example";
    expect(await go(provider, { sub: "dana-1", email })).toBe(refused("not-linked"));
    expect(await whoIsIn()).toBeNull();
    expect(await link(provider, "dana", { sub: "dana-1", email })).toBe(`${URL_HERE}/account?linking=done`);
    expect(await go(provider, { sub: "dana-1", email })).toBe(`${URL_HERE}/sign-in?to=/log`);
    expect(await whoIsIn()).toMatchObject({ personId: "demo-dana", name: "Dana Whitcomb" });
    jar = new Map();
    expect(await go(provider, { sub: "dana-2", email })).toBe(refused("not-linked"));
    expect(await whoIsIn()).toBeNull();
    // The record has both, and verifies.
    const entries = await story.client.auditEvent.findMany({
      where: { actorId: "demo-dana" },
      orderBy: { seq: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual(["sign-in.linked", "sign-in.accepted"]);
    expect(entries[1]?.summary).toBe("Signed in by single sign-on with Firefox on Linux from 198.51.100.0/24.");
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("one subject is one person's", async () => {
    expect(await link(provider, "gil", { sub: "dana-1" })).toBe(`${URL_HERE}/account?linking=linked-elsewhere`);
    expect(await story.client.linkedSignIn.count({ where: { personId: "demo-gil" } })).toBe(0);
    // Linking to oneself again changes nothing.
    expect(await link(provider, "dana", { sub: "dana-1" })).toBe(`${URL_HERE}/account?linking=done`);
  });

  test("a wrong state, none at all, and the state of another sign-in are refused", async () => {
    const refused = `${URL_HERE}/api/auth/error?error=OAuthCallback`;
    real.next = { sub: "dana-1" };
    const query = await visit(await start(provider));
    for (const wrong of [{ ...query, state: "x" }, { code: query.code }, { ...query, state: "" }]) {
      const kept = new Map(jar);
      expect((await ask("callback", provider, { query: wrong })).to).toBe(refused);
      jar = kept;
    }
    const other = new Map(jar);
    await start(provider);
    jar.set("next-auth.pkce.code_verifier", other.get("next-auth.pkce.code_verifier")!);
    expect((await ask("callback", provider, { query })).to).toBe(refused);
    // Of another browser: none of its cookies is there.
    jar = new Map();
    expect((await ask("callback", provider, { query })).to).toBe(refused);
    expect(await whoIsIn()).toBeNull();
    // As it was meant, the same code goes through, so the state was what was refused.
    jar = other;
    expect((await ask("callback", provider, { query })).to).toBe(`${URL_HERE}/sign-in?to=/log`);
  });

  test("the nonce of another sign-in is refused", async () => {
    real.next = { sub: "dana-1" };
    const query = await visit(await start(provider));
    const kept = new Map(jar);
    await start(provider);
    const strange = jar.get("next-auth.nonce")!;
    jar = new Map([...kept, ["next-auth.nonce", strange]]);
    expect((await ask("callback", provider, { query })).to).toContain("error=OAuthCallback");
    expect(await whoIsIn()).toBeNull();
  });

  test("the provider takes no code without its verifier, nor with another, nor twice", async () => {
    real.next = { sub: "dana-1" };
    const exchange = async (code: string, verifier?: string) => {
      const answer = await fetch(`${real.issuer}/token`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`console:${encodeURIComponent(FORM.secret!)}`)}` },
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code,
          redirect_uri: back(provider),
          ...(verifier ? { code_verifier: verifier } : {}),
        }),
      });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    const first = await visit(await start(provider));
    expect(await exchange(first.code!)).toEqual([400, "invalid_grant"]);
    expect(await exchange(first.code!, "x".repeat(43))).toEqual([400, "invalid_grant"]);
    // And a start without a challenge gets no code.
    const bare = await start(provider);
    for (const name of ["code_challenge", "code_challenge_method"]) bare.searchParams.delete(name);
    expect(await visit(bare)).toMatchObject({ error: "invalid_request" });
    // The console's own verifier cookie, lost or another's.
    for (const verifier of [null, "of another sign-in"]) {
      jar = new Map();
      const query = await visit(await start(provider));
      const kept = new Map(jar);
      if (verifier) {
        await start(provider);
        kept.set("next-auth.pkce.code_verifier", jar.get("next-auth.pkce.code_verifier")!);
      } else kept.delete("next-auth.pkce.code_verifier");
      jar = kept;
      expect((await ask("callback", provider, { query })).to).toContain("error=OAuthCallback");
      expect(await whoIsIn()).toBeNull();
    }
    jar = new Map();
    const query = await visit(await start(provider));
    const kept = new Map(jar);
    expect((await ask("callback", provider, { query })).to).toBe(`${URL_HERE}/sign-in?to=/log`);
    jar = kept;
    expect((await ask("callback", provider, { query })).to).toContain("error=OAuthCallback");
  });

  test("a session that it began ends like every other: idle, after twelve hours, and when it is ended", async () => {
    await go(provider, { sub: "dana-1" });
    const begun = Date.now();
    expect(await whoIsIn(new Date(begun + IDLE_MS - 5000))).not.toBeNull();
    expect(await whoIsIn(new Date(begun + IDLE_MS + 5000))).toBeNull();
    for (let at = begun; at < begun + ABSOLUTE_MS - 5000; at += IDLE_MS / 2) await whoIsIn(new Date(at), true);
    expect(await whoIsIn(new Date(begun + ABSOLUTE_MS - 5000))).not.toBeNull();
    expect(await whoIsIn(new Date(begun + ABSOLUTE_MS + 5000), true)).toBeNull();
    jar = new Map();
    await go(provider, { sub: "dana-1" });
    const elsewhere = await story.actor("dana");
    expect(await whoIsIn()).not.toBeNull();
    await signOutElsewhere(story.client, elsewhere, new Date());
    expect(await whoIsIn()).toBeNull();
  });

  test("who is disabled is refused in plain words, and so is who left", async () => {
    await link(provider, "ruth", { sub: "ruth-1" });
    expect(await go(provider, { sub: "ruth-1" })).toBe(`${URL_HERE}/sign-in?to=/log`);
    const sam = await inBrowser("sam");
    await setPersonDisabled(story.client, sam, { personId: "demo-ruth", disabled: true }, new Date());
    expect(await whoIsIn()).toBeNull();
    jar = new Map();
    expect(await go(provider, { sub: "ruth-1" })).toBe(refused("access-ended"));
    expect(await whoIsIn()).toBeNull();
    expect(await endAccess(story.client, sam, { personId: "demo-ruth" }, new Date())).toMatchObject({ ok: true });
    expect(await go(provider, { sub: "ruth-1" })).toBe(refused("access-ended"));
    // Were the account let in again, the link would still be ended: the person links anew.
    expect(await story.client.linkedSignIn.count({ where: { personId: "demo-ruth", endedAt: null } })).toBe(0);
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("a second factor of the console's own is asked for all the same", async () => {
    await link(provider, "luis", { sub: "luis-1" });
    const luis = await inBrowser("luis");
    const site = { secret: SECRET, url: URL_HERE, name: "Callbox" };
    const key = new SoftwareKey(URL_HERE);
    const answer = key.register(await offerRegistration(story.client, site, luis, new Date()));
    expect(await addPasskey(story.client, site, luis, { name: "key", answer }, new Date())).toMatchObject({ ok: true });
    // Whatever the provider says of the sign-in, since nobody named a value that counts.
    for (const more of [{}, { acr: "phr", amr: ["mfa"] }]) {
      jar = new Map();
      expect(await go(provider, { sub: "luis-1", ...more })).toBe(`${URL_HERE}/sign-in?to=/log`);
      expect(await whoIsIn()).toBeNull();
    }
  });

  test("a value that the administrator named counts as the second factor of a sign-in, and releases nothing", async () => {
    const [before] = await story.client.signInProvider.findMany({ where: { id: provider } });
    await setUp({ id: provider, issuer: before!.issuer, acrValues: "phr", factorValues: "phr, mfa" });
    expect((await start(provider)).searchParams.get("acr_values")).toBe("phr");
    for (const [more, whole] of [
      [{ acr: "phr" }, true],
      [{ amr: ["pwd", "mfa"] }, true],
      [{ acr: "phrx" }, false],
      [{ amr: ["pwd"] }, false],
      [{}, false],
    ] as const) {
      jar = new Map();
      await go(provider, { sub: "luis-1", ...(more as object) });
      expect((await whoIsIn())?.personId ?? null, JSON.stringify(more)).toBe(whole ? "demo-luis" : null);
    }
    jar = new Map();
    await go(provider, { sub: "luis-1", acr: "phr" });
    const luis = (await whoIsIn())!;
    expect(can(luis, "alert:approve")).toBe(true);
    for (const release of [true, false]) {
      expect(await confirmIdentity(story.client, luis, {}, new Date(), release)).toMatchObject({ ok: false });
      const half = { password: DEMONSTRATION_PASSWORD };
      expect(await confirmIdentity(story.client, luis, half, new Date(), release)).toMatchObject({
        code: "wrong-code",
      });
    }
  });

  test("a group proposes a role to administrators, and grants none", async () => {
    const issuer = real.issuer;
    const groups = "duty = drafter, MA911\nchiefs = administrator, MA911\ncn=officers = approver, MA911";
    const third = await setUp({ issuer, groupsClaim: "groups", groups });
    expect(third).toBe("sso-3");
    await link(third, "mei", { sub: "mei-1" });
    const roles = async () =>
      (await story.client.membership.findMany({ where: { personId: "demo-mei" } })).map(({ role }) => role);
    const held = await roles();
    await go(third, { sub: "mei-1", groups: ["chiefs", "cn=officers", "people who like tea"] });
    expect(await roles()).toEqual(held);
    expect(can((await whoIsIn())!, "people:manage")).toBe(false);
    const sam = await inBrowser("sam");
    const proposed = async () => (await listProposals(sam)).map(({ person, role, group }) => [person, role, group]);
    expect((await proposed()).sort()).toEqual([
      ["Mei Tanaka", "administrator", "chiefs"],
      ["Mei Tanaka", "approver", "cn=officers"],
    ]);
    // What the provider no longer says is no longer proposed.
    await go(third, { sub: "mei-1", groups: ["cn=officers"] });
    expect(await proposed()).toEqual([["Mei Tanaka", "approver", "cn=officers"]]);
    expect(await story.client.accessRequest.count({ where: { personId: "demo-mei" } })).toBe(0);
    // Where a provider names no groups, it says nothing of them.
    await go(third, { sub: "mei-1" });
    expect(await proposed()).toHaveLength(1);
  });

  test("an invitation is accepted with it, once", async () => {
    const invite = async (email: string) => {
      const made = await invitePerson(story.client, await inBrowser("sam"), { name: "New Person", email, agencyId: "state-911", roles: ["drafter"] }, new Date()); // prettier-ignore
      if (!made.ok) throw new Error(made.message);
      return fingerprint(made.value.token);
    };
    const accept = async (hash: string, sub: string) => {
      jar = new Map();
      await rememberIntent(provider, { purpose: "accept", link: hash }, new Date());
      return go(provider, { sub });
    };
    const hash = await invite("new@callbox.example");
    expect(await accept(hash, "dana-1")).toBe(refused("linked-elsewhere"));
    expect(await accept(hash, "new-1")).toBe(`${URL_HERE}/sign-in?to=/log`);
    const actor = (await whoIsIn())!;
    expect(actor).toMatchObject({ email: "new@callbox.example" });
    expect(await accept(hash, "new-2")).toBe(refused("link-ended"));
    jar = new Map();
    expect(await go(provider, { sub: "new-1" })).toBe(`${URL_HERE}/sign-in?to=/log`);
    // Who has neither password nor factor here may set one up right after, releases nothing, and keeps the one way in.
    const again = (await whoIsIn())!;
    expect(await confirmIdentity(story.client, again, {}, new Date(), true)).toMatchObject({ code: "second-factor" });
    const key = { issuer: real.issuer, subject: "new-1" };
    expect(await unlinkSignIn(story.client, again, key, new Date())).toMatchObject({ code: "same" });
    // With one, its code is the proof: there is no password to ask for.
    const site = { secret: SECRET, url: URL_HERE, name: "Callbox" };
    const answer = new SoftwareKey(URL_HERE).register(await offerRegistration(story.client, site, again, new Date()));
    const added = await addPasskey(story.client, site, again, { name: "key", answer }, new Date());
    const [code = ""] = (added.ok ? added.value.codes : null) ?? [];
    const later = (await mintForJob(story.client, again.sessionKey))!;
    const unproven = { ...later, confirmedAt: null } as Actor;
    expect(await confirmIdentity(story.client, unproven, {}, new Date(), true)).toMatchObject({ code: "wrong-code" });
    expect(await confirmIdentity(story.client, unproven, { code }, new Date(), true)).toMatchObject({ ok: true });
    // A passkey is a way in; without any, a password is.
    await story.client.passkey.deleteMany({ where: { personId: actor.personId } });
    await story.client.person.update({ where: { id: actor.personId }, data: { passwordHash: "x" } });
    // As the form sends it: what proved who asks stands beside the link.
    const sent = { ...key, password: DEMONSTRATION_PASSWORD };
    expect(await unlinkSignIn(story.client, later, sent, new Date())).toMatchObject({ ok: true });
    jar = new Map();
    expect(await go(provider, { sub: "new-1" })).toBe(refused("not-linked"));
  });

  test("an administrator who manages the account unlinks it, after proof", async () => {
    expect(await link(provider, "tess", { sub: "tess-1" })).toBe(`${URL_HERE}/account?linking=done`);
    const key = { personId: "demo-tess", issuer: real.issuer, subject: "tess-1" };
    const sam = await story.actor("sam");
    expect(await unlinkPerson(story.client, sam, key, new Date())).toMatchObject({ code: "confirm-first" });
    const dana = await inBrowser("dana");
    expect(await unlinkPerson(story.client, dana, key, new Date())).toMatchObject({ code: "not-permitted" });
    expect(await unlinkPerson(story.client, await inBrowser("sam"), key, new Date())).toMatchObject({ ok: true });
    expect(await go(provider, { sub: "tess-1" })).toBe(refused("not-linked"));
    // Linked anew by whoever it belongs to, also to another account.
    expect(await link(provider, "tess", { sub: "tess-1" })).toBe(`${URL_HERE}/account?linking=done`);
    expect((await verifyRecord(story.client, new Date())).problems).toEqual([]);
  });

  test("an intention to link is for the session that had it, for ten minutes, and for one provider", async () => {
    const dana = await story.actor("dana");
    const intent = { purpose: "link" as const, session: dana.sessionKey };
    // No cookie of that session: it is a sign-in like any other.
    await rememberIntent(provider, intent, new Date());
    expect(await go(provider, { sub: "stranger" })).toBe(refused("not-linked"));
    expect(jar.has("callbox-sign-in-intent")).toBe(false);
    // With the cookie of someone else's: nothing is linked to either.
    const { encode } = await import("next-auth/jwt");
    const gil = { personId: "demo-gil", createdAt: new Date(), lastSeenAt: new Date() };
    await story.client.session.create({ data: { id: sessionKey("of gil"), ...gil } });
    jar.set("next-auth.session-token", await encode({ token: { sessionId: "of gil" }, secret: SECRET }));
    await rememberIntent(provider, intent, new Date());
    expect(await go(provider, { sub: "stranger" })).toBe(refused("not-linked"));
    expect(await story.client.linkedSignIn.count({ where: { subject: "stranger" } })).toBe(0);
    // A session that was ended on the way back links nothing either.
    await rememberIntent(provider, { purpose: "link", session: sessionKey("of gil") }, new Date());
    await story.client.session.updateMany({ where: { id: sessionKey("of gil") }, data: { revokedAt: new Date() } });
    expect(await go(provider, { sub: "stranger" })).toBe(`${URL_HERE}/account?linking=signed-out`);
    jar = new Map();
    for (const [id, at] of [
      [provider, Date.now() - 601_000],
      [liar, Date.now()],
    ] as const) {
      await rememberIntent(id, { purpose: "accept", link: "x" }, new Date(at));
      expect(await go(provider, { sub: "stranger" })).toBe(refused("not-linked"));
    }
    jar.set("callbox-sign-in-intent", "e30.e30");
    expect(await go(provider, { sub: "stranger" })).toBe(refused("not-linked"));
  });

  test("whoever is refused at the provider comes back to words, and so does whoever finds it off", async () => {
    await start(provider);
    const { to } = await ask("callback", provider, { query: { error: "access_denied" } });
    expect(to).toBe(`${URL_HERE}/api/auth/error?error=Callback`);
    const { to: page } = await ask("error", undefined, { query: { error: "Callback" } });
    const signInPage = (await ask("signin", undefined, { query: { error: "Callback" } })).to;
    expect(readWantedPath(new URL(signInPage, URL_HERE).searchParams.get("callbackUrl"))).toBe("/log");
    expect([page, signInPage]).toEqual([
      `${URL_HERE}/api/auth/signin?error=Callback`,
      expect.stringMatching(/^\/sign-in\?.*error=Callback$/) as string,
    ]);
    await turnProviderOff(story.client, await inBrowser("sam"), { id: "sso-3" }, new Date());
    expect(await backToSignIn("provider-off")).toBe(refused("provider-off"));
    expect(await backToSignIn("provider-off", "/sign-in?to=%2Falerts")).toMatch(/&to=%2Falerts$/);
    expect((await authOptions({ action: "signin", providerId: "sso-3" })).providers.map(({ id }) => id)).not.toContain("sso-3"); // prettier-ignore
  });

  test("a public client and a client with a key of the console's own are taken", async () => {
    const fourth = await setUp({ issuer: real.issuer, clientId: "public", clientAuth: "none", secret: "" });
    await link(fourth, "dana", { sub: "dana-1" });
    expect(await go(fourth, { sub: "dana-1" })).toBe(`${URL_HERE}/sign-in?to=/log`);
    const sam = await inBrowser("sam");
    const form = providerFormSchema.parse({
      ...FORM,
      issuer: real.issuer,
      clientId: "keyed",
      clientAuth: "key",
      secret: "",
    });
    const saved = await saveProvider(story.client, SITE, sam, form, new Date());
    if (!saved.ok) throw new Error(saved.message);
    const row = await story.client.signInProvider.findUniqueOrThrow({ where: { id: saved.value.id } });
    const { X509Certificate } = await import("node:crypto");
    const certificate = new X509Certificate(row.certificate!);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(row.secrets).not.toContain("PRIVATE");
    const keyed = await startProvider([
      {
        client_id: "keyed",
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "RS256",
        jwks: {
          keys: [{ ...certificate.publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256" } as { kty: string }],
        },
        redirect_uris: [back(saved.value.id)],
      },
    ]);
    await setUp({ id: saved.value.id, issuer: keyed.issuer, clientId: "keyed", clientAuth: "key", secret: "" });
    keyed.next = { sub: "dana-1" };
    const query = await visit(await start(saved.value.id));
    // The same subject of another issuer is someone else.
    expect((await ask("callback", saved.value.id, { query })).to).toBe(refused("not-linked"));
    await keyed.close();
  });
});

describe("with an issuer that lies", () => {
  beforeAll(async () => {
    expect(await link(liar, "dana")).toBe(`${URL_HERE}/account?linking=done`);
  });

  const past = () => Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, () => Faults]>([
    ["a wrong nonce", () => ({ claims: { nonce: "x" } })],
    ["no nonce", () => ({ without: ["nonce"] })],
    ["a wrong audience", () => ({ claims: { aud: "another-console" } })],
    ["several audiences and none authorized", () => ({ claims: { aud: ["console", "other"] } })],
    ["no audience", () => ({ without: ["aud"] })],
    ["a wrong issuer", () => ({ claims: { iss: "https://login.example.gov" } })],
    ["another slash at the end of the issuer", () => ({ claims: { iss: `${faulty.issuer}/` } })],
    ["a token that expired", () => ({ claims: { iat: past(), exp: past() + 300 } })],
    ["a token that never expires", () => ({ without: ["exp"] })],
    ["a token that is not valid yet", () => ({ claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } })],
    ["an unsigned token", () => ({ unsigned: true })],
    ["a token signed with the client's secret", () => ({ sharedSecret: FORM.secret! })],
    ["a token signed with the public key as a secret", () => ({ sharedSecret: faulty.publicPem })],
    ["a token signed with a key that is not its own", () => ({ foreignKey: true })],
    ["a token altered after it was signed", () => ({ altered: true })],
    ["a token that names nobody", () => ({ without: ["sub"] })],
  ])("%s is refused", async (_, faults) => {
    faulty.faults = faults();
    expect(await go(liar)).toBe(`${URL_HERE}/api/auth/error?error=OAuthCallback`);
    expect(await whoIsIn()).toBeNull();
    // Without the lie the same person is let through, so the lie was what was refused.
    faulty.faults = {};
    jar = new Map();
    expect(await go(liar)).toBe(`${URL_HERE}/sign-in?to=/log`);
    expect((await whoIsIn())?.personId).toBe("demo-dana");
  });

  test("its code opens nothing at another provider", async () => {
    const query = await visit(await start(liar));
    expect((await ask("callback", provider, { query })).to).toContain("error=OAuthCallback");
    expect(await whoIsIn()).toBeNull();
  });

  test("subjects that are not linked are counted, and held up after too many", async () => {
    faulty.faults = { claims: { sub: "guess" } };
    address = "198.51.100.200";
    const { signInByProvider } = await import("./single-sign-on/commands/sign-in");
    const settings = {
      scopes: [],
      acrValues: "",
      prompt: "" as const,
      factorValues: [],
      groupsClaim: "",
      groups: [],
      allowed: [],
    };
    const answer = { provider: { name: "x", settings }, claims: { iss: "i", sub: "s" }, address, place: "198.51.100.0/24", browser: "x" }; // prettier-ignore
    for (let tries = 0; tries < LIMITS.address; tries += 1) await signInByProvider(story.client, answer, new Date());
    expect(await go(liar)).toBe(refused("throttled"));
    address = "198.51.100.7";
    expect(await go(liar)).toBe(refused("not-linked"));
  });
});

describe("the check of a provider", () => {
  const asked = { clientAuth: "secret" as const, allowed: [], demonstration: true };
  const wrong = async (more: object, says: Record<string, unknown> = {}) => {
    faulty.says = says;
    const findings = await tryProvider({ issuer: faulty.issuer, ...asked, ...more });
    return findings.filter(({ good }) => !good).map(({ says: said }) => said);
  };
  test("finds nothing wrong with a good one", async () => {
    expect(await tryProvider({ issuer: real.issuer, ...asked })).not.toContainEqual(
      expect.objectContaining({ good: false }),
    );
    expect(await wrong({})).toEqual([]);
  });
  test.each<[string, object, Record<string, unknown>, RegExp]>([
    ["a real site has no provider on its own machine", { demonstration: false }, {}, /does not begin with https/],
    ["nor in the network behind it", { demonstration: false, issuer: "https://10.0.0.1" }, {}, /not on the public internet/],
    ["nor by a name that leads there", { demonstration: false, issuer: "https://localhost:9" }, {}, /could not be reached: localhost leads to/],
    ["another issuer", {}, { issuer: "https://login.example.gov" }, /names the issuer https:\/\/login\.example\.gov/],
    ["an address without encryption", {}, { token_endpoint: "http://login.example.gov/token" }, /token address .* does not begin with https/],
    ["keys inside", {}, { jwks_uri: "https://169.254.169.254/keys" }, /keys .* not on the public internet/],
    ["no code", {}, { response_types_supported: ["id_token"] }, /response type “code”/],
    ["no PKCE", {}, { code_challenge_methods_supported: ["plain"] }, /PKCE/],
    ["unsigned tokens", {}, { id_token_signing_alg_values_supported: ["none", "HS256"] }, /Callbox needs a signature with a public key/],
    ["a client that it does not take", { clientAuth: "key" }, {}, /not how this client proves itself/],
    ["no document", { issuer: "http://127.0.0.1:9" }, {}, /could not be reached/],
    ["nothing in it", {}, { token_endpoint: 5 }, /token_endpoint is missing or wrong/],
  ])("%s", async (_, more, says, expected) => {
    const found = await wrong(more, says);
    expect(found.join(" ")).toMatch(expected);
  }); // prettier-ignore
  test("a redirect is not followed", async () => {
    const server = http.createServer((_, response) => response.writeHead(302, { Location: faulty.issuer }).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await wrong({ issuer })).join("")).toMatch(/302, a redirect, which is not followed/);
    server.close();
  });
});
