import { expect, test, vi } from "vitest";
import { hostCookie } from "./session-cookie";

/** What a browser is told about the cookies of a site behind HTTPS. */

const given = new Map<
  string,
  { secure?: boolean; path?: string; domain?: string; httpOnly?: boolean; sameSite?: string }
>();
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: () => undefined,
    set: (name: string, _: string, options: object) => void given.set(name, options),
    delete: () => undefined,
  }),
  headers: async () => new Headers(),
}));
Object.assign(process.env, {
  DATABASE_URL: "postgresql://nobody@localhost/none",
  NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
  NEXTAUTH_URL: "https://callbox.example.gov",
});

test("each is for this host alone, over HTTPS alone, and for no script", async () => {
  const { authOptions, rememberDevice, rememberIntent } = await import("../people/options");
  await rememberDevice("demo-dana");
  await rememberIntent("sso-1", { purpose: "link", session: "x" }, new Date());
  for (const { name, options } of Object.values((await authOptions({})).cookies ?? {})) given.set(name, options);
  expect([...given.keys()].sort()).toEqual([
    "__Host-callbox-device",
    "__Host-callbox-sign-in-intent",
    "__Host-next-auth.callback-url",
    "__Host-next-auth.csrf-token",
    "__Host-next-auth.nonce",
    "__Host-next-auth.pkce.code_verifier",
    "__Host-next-auth.session-token",
    "__Host-next-auth.state",
  ]);
  for (const [name, { secure, path, domain, httpOnly, sameSite }] of given) {
    expect([name, secure, path, domain, httpOnly]).toEqual([name, true, "/", undefined, true]);
    expect(["lax", "strict"], name).toContain(sameSite);
  }
});

test("without HTTPS, on this machine alone, a browser would not keep one of that name", () => {
  expect(hostCookie("callbox-device", "http://localhost:3000")).toBe("callbox-device");
});
