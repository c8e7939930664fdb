import { expect, test, vi } from "vitest";
import { repeatDaily } from "./daily";

test("once a day, again after a failure, never twice at the same time", async () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  let at = new Date("2026-11-26T22:30:00Z");
  let fail = true;
  const stop = repeatDaily(
    async (now) => {
      asked.push(now.toISOString());
      if (fail) throw new Error("no database");
    },
    { now: () => at, every: 1000 },
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["2026-11-26T22:30:00.000Z"]);
  fail = false;
  at = new Date("2026-11-26T23:30:00Z");
  await vi.advanceTimersByTimeAsync(3000);
  expect(asked).toHaveLength(2);
  at = new Date("2026-11-27T00:30:00Z");
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toHaveLength(3);
  stop();
  at = new Date("2026-11-28T00:30:00Z");
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
  vi.useRealTimers();
});
