import { expect, test } from "vitest";
import { atOnce, inSlices } from "./slices";

function* slow(pieces: number, ms: number): Generator<void, string> {
  for (let piece = 0; piece < pieces; piece += 1) {
    const until = performance.now() + ms;
    while (performance.now() < until);
    yield;
  }
  return "done";
}

test("others are served between the slices of long work, and not before a slice is over", async () => {
  let served = 0;
  let going = true;
  const serve = () => {
    served += 1;
    if (going) setImmediate(serve);
  };
  setImmediate(serve);
  expect(await inSlices(slow(40, 5))).toBe("done");
  going = false;
  expect(served).toBeGreaterThan(3);
  expect(served).toBeLessThan(40);
});

test("at once, it gives the same", () => {
  expect(atOnce(slow(3, 0))).toBe("done");
});
