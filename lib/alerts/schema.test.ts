import { describe, expect, test } from "vitest";
import { changeRoleSchema, invitePersonSchema, personActSchema, setPasswordSchema } from "../people/schema";
import { recordTestCallSchema } from "../directory/schema";
import { declareIncidentSchema } from "../incidents/schema";
import { OUTAGE_TEMPLATE } from "../wording/outage";
import { alertContentSchema, decisionSchema, FIRST_ALERT, readContent, saveAlertSchema } from "./schema";

/** Extra fields (status, role, agency) are refused wherever a person sends something. */

const content = {
  ...FIRST_ALERT, format: "callbox-content-3", grouping: "place", placeIds: ["1"], validMinutes: 120, nextUpdateMinutes: 60, texts: OUTAGE_TEMPLATE.frames, customWording: {}, numbers: {},
}; // prettier-ignore
const GOOD: [string, { safeParse: (value: unknown) => { success: boolean } }, object][] = [
  ["content", alertContentSchema, content],
  ["save", saveAlertSchema, { id: "a", version: 1, title: "Title", content }],
  ["decision", decisionSchema, { id: "a", decision: "approve", contentHash: "a".repeat(64), confirmations: [] }],
  ["test call", recordTestCallSchema, { numberId: "n", result: "busy", answeredBy: "nobody" }],
  ["invitation", invitePersonSchema, { name: "Ann", email: "ann@agency.example", agencyId: "a", roles: ["drafter"] }],
  ["role", changeRoleSchema, { personId: "p", agencyId: "a", role: "drafter", grant: true }],
  ["person", personActSchema, { personId: "p" }],
  ["password", setPasswordSchema, { token: "t".repeat(43), password: "four plain words here" }],
  [
    "incident",
    declareIncidentSchema,
    {
      mode: "live",
      failure: "full",
      textTo911: "fails",
      beganAt: "2024-06-18T13:15:00-04:00",
      evidence: "by phone",
      placeIds: ["1"],
    },
  ],
];

describe.each(GOOD)("%s", (_, schema, value) => {
  test("is taken as it should be", () => expect(schema.safeParse(value).success).toBe(true));
  test.each([{ state: "approved" }, { capStatus: "Actual" }, { agencyId2: "other" }, { createdBy: "Someone" }])(
    "refuses %j besides",
    (extra) => expect(schema.safeParse({ ...value, ...extra }).success).toBe(false),
  );
});

test("content of format 2, which knew no follow-ups, is read as that of a first alert", () => {
  const { restoredIds, wrong, tellPhones, wordedFor, ...second } = { ...content, format: "callbox-content-2" };
  expect([restoredIds, wrong, tellPhones, wordedFor]).toEqual([[], null, false, null]);
  expect(readContent(second)).toEqual(alertContentSchema.parse(content));
});
