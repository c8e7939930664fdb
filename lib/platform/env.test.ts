import { afterEach, beforeEach, expect, test, vi } from "vitest";

const GOOD = {
  DATABASE_URL: "postgresql://localhost/callbox",
  NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
  NEXTAUTH_URL: "http://localhost:3000",
};
beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(GOOD)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

const read = async () => (await import("./env")).env();

test("a whole environment is taken", async () => expect(await read()).toMatchObject(GOOD));
test.each(["DATABASE_URL", "NEXTAUTH_SECRET", "NEXTAUTH_URL"])(
  "starting without %s is refused, by name",
  async (name) => {
    vi.stubEnv(name, undefined);
    await expect(read()).rejects.toThrow(name);
  },
);
test("a short secret is refused", async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "secret");
  await expect(read()).rejects.toThrow("too short");
});
