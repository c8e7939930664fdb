import { expect, test, vi } from "vitest";
import { z } from "zod";
import { success } from "../platform/result";
import { ACTS, createAction } from "./create-action";

vi.hoisted(() =>
  Object.assign(process.env, {
    CALLBOX_LOG: "silent",
    DATABASE_URL: "postgresql://nobody@localhost/none",
    NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
    NEXTAUTH_URL: "http://localhost:3000",
  }),
);
vi.mock("next/headers", () => ({ headers: async () => new Headers({ origin: "http://localhost:3000" }) }));
let asks = "dana";
vi.mock("./session", () => ({ getActor: async () => ({ personId: asks, enrolling: false }) }));

test("who acts more often in a minute than a hand can is refused, and nobody else is", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) });
  let done = 0;
  const act = createAction({ permission: "any", input: z.object({}), run: async () => success((done += 1)) });
  for (let time = 0; time < ACTS.most; time += 1) expect(await act({})).toMatchObject({ ok: true });
  expect(await act({})).toMatchObject({
    ok: false,
    code: "too-many",
    message: expect.stringContaining("Wait a minute"),
  });
  expect(done).toBe(ACTS.most);
  asks = "luis";
  expect(await act({})).toMatchObject({ ok: true });
  asks = "dana";
  vi.setSystemTime(Date.UTC(2026, 0, 1, 12, 1));
  expect(await act({})).toMatchObject({ ok: true });
  vi.useRealTimers();
});
