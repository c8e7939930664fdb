import { expect, test } from "vitest";
import { readReturnPath } from "./return-path";

test.each([
  ["/alerts/1/edit#title", "/alerts/1/edit#title"],
  ["/directory?place=Granby", "/directory?place=Granby"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?to=/sign-in", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
])("a sign-in with %j leads to %s", (to, path) => expect(readReturnPath(to)).toBe(path));
