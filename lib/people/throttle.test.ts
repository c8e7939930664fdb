import { expect, test } from "vitest";
import { HOUR, LIMITS, secondsToWait } from "./throttle";

const NOW = 10 * HOUR;
const ago = (...seconds: number[]) => seconds.map((second) => NOW - second * 1000);

test.each([
  ["nothing yet", [], 0],
  ["four failures", ago(4, 3, 2, 1), 0],
  ["five failures, a second ago", ago(5, 4, 3, 2, 1), 29],
  ["five failures, a minute ago", ago(64, 63, 62, 61, 60), 0],
  ["old failures do not count", ago(...Array.from({ length: 30 }, (_, index) => 3601 + index)), 0],
])("%s", (_, failures, seconds) => {
  expect(secondsToWait([{ kind: "account", failures }], NOW)).toBe(seconds);
});
test("the hour's limit holds until its oldest failure is an hour old", () => {
  const failures = Array.from({ length: LIMITS.account }, (_, index) => NOW - HOUR + 60_000 + index);
  expect(secondsToWait([{ kind: "account", failures }], NOW)).toBe(60);
});
test("the strictest bucket counts", () => {
  expect(
    secondsToWait(
      [
        { kind: "address", failures: ago(1, 1, 1, 1, 1, 1) },
        { kind: "device", failures: ago(5, 4, 3, 2, 1) },
      ],
      NOW,
    ),
  ).toBe(29);
});
