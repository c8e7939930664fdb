import { describe, expect, test } from "vitest";
import { formatWhen } from "./time";

describe("a time on a page", () => {
  const now = Date.parse("2026-11-27T15:20:00Z");
  test.each([
    ["of today", "2026-11-27T08:05:00Z", "America/Los_Angeles", "00:05"],
    ["of last night", "2026-11-27T05:40:00Z", "America/Los_Angeles", "Nov 26, 21:40"],
    ["of the same moment, where it is another day", "2026-11-27T05:40:00Z", "America/New_York", "00:40"],
    ["of tomorrow", "2026-11-28T08:00:00Z", "America/Los_Angeles", "Nov 28, 00:00"],
    ["of the same day a year ago", "2025-11-27T15:20:00Z", "America/Los_Angeles", "Nov 27, 07:20"],
  ])("%s", (_, at, zone, said) => expect(formatWhen(Date.parse(at), now, zone)).toBe(said));
});
