import { expect, test } from "vitest";
import { ALERT_RULES, PLACE_RULES } from "../../lib/alerts/rules";
import { linkOf } from "./finding-link";

test("a conflict is opened where it is settled, a number where it is kept", () => {
  expect(linkOf("DIR-005", "2501526535")).toEqual({ label: "Open the conflict", href: "/directory/conflicts" });
  expect(linkOf("DIR-003", "2501526535")).toEqual({ label: "Open its numbers", href: "/directory/2501526535" });
  expect(linkOf("DIR-003", undefined)).toBeNull();
});

test("what is put right in the alert leads to no other page", () => {
  for (const rule of ["W13", "TXT-007", "DIR-001", "DIR-006", "AREA-002"])
    expect(linkOf(rule, "2501526535"), rule).toBeNull();
});

test("every rule that has a link is one that is asked", () => {
  const asked = [...ALERT_RULES, ...PLACE_RULES].map(({ id }) => id);
  for (const id of ["DIR-003", "DIR-004", "DIR-005", "DIR-007", "DIR-008", "DIR-009", "DIR-010"])
    expect(asked).toContain(id);
});
