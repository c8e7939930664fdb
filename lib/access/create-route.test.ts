import { expect, test, vi } from "vitest";
import { createRoute, DOWNLOADS } from "./create-route";

vi.hoisted(() =>
  Object.assign(process.env, {
    CALLBOX_LOG: "silent",
    DATABASE_URL: "postgresql://nobody@localhost/none",
    NEXTAUTH_SECRET: "a secret of at least thirty-two characters",
    NEXTAUTH_URL: "http://localhost:3000",
  }),
);
vi.mock("./session", () => ({ getActor: async () => ({ personId: "mei", enrolling: false }) }));

test("who downloads more in a minute than a hand can is refused; what pages ask by themselves goes on", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) });
  const handle = async () => new Response("file");
  const [download, poll] = [
    createRoute({ permission: "any", handle }),
    createRoute({ permission: "any", polls: true, handle }),
  ];
  const ask = async (route: typeof download) => {
    const answer = await route(new Request("http://localhost:3000/api/log.csv"), { params: Promise.resolve({}) });
    return answer.status;
  };
  for (let time = 0; time < DOWNLOADS.most; time += 1) expect(await ask(download)).toBe(200);
  expect(await ask(download)).toBe(429);
  expect(await ask(poll)).toBe(200);
  vi.setSystemTime(Date.UTC(2026, 0, 1, 12, 1));
  expect(await ask(download)).toBe(200);
  vi.useRealTimers();
});
