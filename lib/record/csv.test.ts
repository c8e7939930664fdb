import { expect, test } from "vitest";
import { writeLogCsv } from "./csv";

const entry = {
  seq: 1, at: "2026-01-01T00:00:00.000Z", actorId: null, actor: "Dana", agencyId: null, action: "sign-out",
  subjectType: "t", subjectId: "x", incidentId: null, data: {}, prevHash: "0", hash: "1",
}; // prettier-ignore

test.each(["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"])("%j is neutralised", (summary) => {
  expect(writeLogCsv([{ ...entry, summary }])).toContain(`,'${summary},`);
});
test("quotes are doubled and lines end as RFC 4180 says", () => {
  expect(writeLogCsv([{ ...entry, summary: 'He said "no"' }])).toMatch(/"He said ""no"""[^\n]*\r\n$/);
});
