import { expect, test } from "vitest";
import { readReturnPath, readWantedPath } from "./return-path";

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

test.each([
  ["https://callbox.example/sign-in?to=%2Falerts%2F1%2Fedit", "/alerts/1/edit"],
  ["/sign-in?to=/log?before=5", "/log?before=5"],
  ["https://callbox.example/sign-in?to=https%3A%2F%2Fevil.example", "/"],
  ["https://callbox.example/sign-in?to=//evil.example", "/"],
  ["https://callbox.example/welcome/token", "/"],
  ["https://callbox.example/account", "/"],
  ["https://", "/"],
  [undefined, "/"],
])("who left %j for a provider wanted %s", (left, path) => expect(readWantedPath(left)).toBe(path));
