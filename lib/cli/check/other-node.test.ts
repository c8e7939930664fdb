import { expect, test } from "vitest";
import { listOtherNodes, readTally } from "./other-node";

test("every Node that is looked after but the one that runs", () => {
  expect(listOtherNodes("20.20.2")).toEqual([22, 24]);
  expect(listOtherNodes("24.1.0")).toEqual([20, 22]);
  expect(listOtherNodes("26.0.0")).toEqual([20, 22, 24]);
});

test("the closing line of a check is read, and its absence too", () => {
  expect(readTally("3 passed, 1 failed\nChecking\n3592 passed, 0 failed\n")).toEqual({ passed: 3592, failed: 0 });
  expect(readTally("The packages could not be installed.\n")).toBeNull();
  // What a test prints on a line of its own is not it.
  expect(readTally("  12 passed, 0 failed (3 s)\n")).toBeNull();
});
