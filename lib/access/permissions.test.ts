import { expect, test } from "vitest";
import { scopesOf } from "./permissions";

const agencies = [
  { id: "state", parentId: null },
  { id: "granby", parentId: "state" },
  { id: "boston", parentId: "state" },
];
const scope = (agencyId: string, role: string, permission: never) =>
  [...(scopesOf([{ agencyId, role }], agencies).get(permission) ?? [])].sort();

test.each([
  ["state", "approver", "alert:approve", ["boston", "granby", "state"]],
  ["granby", "approver", "alert:approve", ["granby"]],
  ["state", "drafter", "alert:draft", ["state"]],
  ["state", "drafter", "alert:approve", []],
  ["state", "drafter", "exercise:plan", ["state"]],
  ["state", "administrator", "exercise:plan", ["boston", "granby", "state"]],
  ["state", "approver", "exercise:plan", []],
  ["state", "auditor", "log:read", ["boston", "granby", "state"]],
  ["state", "auditor", "alert:draft", []],
  ["granby", "steward", "alert:read", []],
  ["state", "king", "alert:read", []],
])("%s %s, %s: %j", (agencyId, role, permission, expected) => {
  expect(scope(agencyId, role, permission as never)).toEqual(expected);
});
