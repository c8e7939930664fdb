import { expect, test } from "vitest";
import { whereNow } from "./moved-on";

test.each([
  ["draft", "draft", null],
  ["submitted", "submitted", null],
  ["submitted", "draft", null],
  ["draft", "submitted", "/alerts/a/review"],
  ["draft", "published", "/alerts/a"],
  ["submitted", "published", "/alerts/a"],
  ["draft", "discarded", "/alerts/a"],
])("drawn as %s, now %s: %s", (drawn, now, path) => {
  expect(whereNow("a", drawn, now)).toBe(path);
});
