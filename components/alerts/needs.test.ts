import { expect, test } from "vitest";
import type { AlertSummary } from "../../lib/alerts/data";
import { listNeeds, type NeedsProps } from "./needs";

const NOW = Date.UTC(2024, 5, 18, 19);
const CLOCK = { now: NOW, timeZone: "America/New_York" };

const alert = (change: Partial<AlertSummary>): AlertSummary => ({
  id: "a",
  title: "911 is not working",
  state: "draft",
  purpose: "outage",
  version: 1,
  updatedAt: NOW,
  updatedBy: "Dana Whitfield",
  submittedBy: "Dana Whitfield",
  submittedAt: NOW,
  publishedAt: null,
  expiresAt: null,
  towns: 7,
  incidentId: "o",
  incident: "Outage",
  mode: "live",
  replaced: null,
  returned: null,
  emergency: null,
  calledOn: false,
  mayApprove: false,
  mayDraft: true,
  ...change,
});

const OUTAGE: NeedsProps["outages"][number] = {
  id: "o",
  title: "Outage",
  mode: "live",
  standing: {
    agency: "State Emergency Agency",
    mayDraft: true,
    mayApprove: false,
    mayClose: true,
    out: 7,
    told: [],
    restored: [],
    last: { canceled: false, endsAt: NOW - 60_000 },
  },
};
const PROPS: NeedsProps = {
  alerts: [],
  outages: [],
  mayRead: true,
  mayDraft: true,
  mayDeclare: true,
  mayVerify: false,
  mayReadLog: false,
  mayManagePeople: false,
  accessRequests: 0,
  asked: [],
  reviewDue: false,
  demonstration: false,
  unserved: 0,
  staleReady: [],
  exercises: [],
};
const titles = (alerts: AlertSummary[], change: Partial<NeedsProps> = {}) =>
  listNeeds({ ...PROPS, ...change }, alerts, CLOCK).map(({ title }) => title);
const NO_NUMBER = " Residents of 7 places see no number until it is published.";

test("an outage whose alert has ended comes before declaring another one", () => {
  expect(titles([alert({ state: "published" })], { outages: [OUTAGE] })).toEqual([
    "Residents see no number: Outage",
    "If 911 fails elsewhere",
  ]);
});

test("another outage is one elsewhere only while a live one is open", () => {
  expect(titles([])).toEqual(["If 911 fails"]);
  expect(titles([], { outages: [{ ...OUTAGE, mode: "exercise" }] })).toContain("If 911 fails");
});

test("what is due later comes behind the drafts", () => {
  const inForce = { ...OUTAGE.standing, told: [{ places: 7, endsAt: NOW + 9e6, nextUpdateAt: NOW + 3e6 }] };
  expect(titles([alert({ purpose: "correction" })], { outages: [{ ...OUTAGE, standing: inForce }] })).toEqual([
    "Finish the draft: 911 is not working",
    "Write the update by 15:50: Outage",
    "If 911 fails elsewhere",
  ]);
});

test("live comes before an exercise, whatever waits in it", () => {
  const practice = { ...OUTAGE, id: "p", title: "Exercise: Practice", mode: "exercise" as const };
  const drafts = [alert({ id: "e", mode: "exercise", purpose: "border", title: "Border" }), alert({})];
  expect(titles(drafts, { outages: [practice], mayDeclare: false })).toEqual([
    "Finish the draft: 911 is not working",
    "Finish the draft: Exercise: Border",
    "Exercise: Players see no number: Practice",
  ]);
});

test.each<[string, Partial<AlertSummary>, string, string]>([
  ["a draft", {}, "Finish the draft: 911 is not working", `7 places; last changed by Dana Whitfield.${NO_NUMBER}`],
  [
    "a draft that was sent back",
    { returned: { by: "Luis Ferreira", reason: "Granby is wrong.", at: NOW } },
    "Change the returned draft: 911 is not working",
    `Luis Ferreira returned it: “Granby is wrong.”${NO_NUMBER}`,
  ],
  [
    "with an approver, to whoever wrote it",
    { state: "submitted" },
    "With an approver: 911 is not working",
    `Dana Whitfield sent it at 15:00. If nobody reviews it, call an approver.${NO_NUMBER}`,
  ],
  [
    "with an approver, to the approver",
    { state: "submitted", mayDraft: false, mayApprove: true },
    "Review: 911 is not working",
    `Dana Whitfield sent it.${NO_NUMBER}`,
  ],
  [
    "in an exercise",
    { mode: "exercise", incidentId: "another" },
    "Finish the draft: Exercise: 911 is not working",
    "7 places; last changed by Dana Whitfield.",
  ],
])("says of an alert what it holds up: %s", (_, change, title, says) => {
  const needs = listNeeds({ ...PROPS, outages: [OUTAGE] }, [alert(change)], CLOCK);
  expect(needs).toContainEqual(expect.objectContaining({ title, says }));
});
