import { expect, test, vi } from "vitest";
import { repeat } from "./repeat";

test("again after a failure, never twice at the same time, never after it was ended", async () => {
  vi.useFakeTimers();
  const asked: string[] = [];
  let fail = true;
  let hold: (() => void) | undefined;
  const stop = repeat(
    async (now) => {
      asked.push(now.toISOString());
      if (fail) throw new Error("no database");
      await new Promise<void>((resolve) => (hold = resolve));
    },
    { now: () => new Date("2026-11-26T22:30:00Z"), every: 1000, what: "It", again: "soon" },
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["2026-11-26T22:30:00.000Z"]);
  fail = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
  // The second one is still at it.
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(2);
  hold?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(3);
  stop();
  hold?.();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
  vi.useRealTimers();
});
