import { describe, expect, test } from "vitest";
import { describeHeldUp, listOutageNeeds, type OpenOutage } from "./outage-needs";

const MINUTE = 60_000;
const ZONE = "America/New_York";
/** 15:00 in Boston. */
const NOW = Date.UTC(2024, 5, 18, 19);
const at = (minutes: number) => NOW + minutes * MINUTE;
const clock = (text: string) => expect.stringContaining(text) as unknown as string;

type Standing = OpenOutage["standing"];
type Alert = Parameters<typeof listOutageNeeds>[1][number];

const STANDING: Standing = {
  agency: "State Emergency Agency",
  mayDraft: true,
  mayApprove: false,
  mayClose: true,
  out: 7,
  told: [],
  restored: [],
  last: null,
};
const outage = (change: Partial<Standing>, mode: OpenOutage["mode"] = "live"): OpenOutage => ({
  id: "o",
  title: "Outage",
  mode,
  standing: { ...STANDING, ...change },
});
const alert = (state: Alert["state"], purpose = "outage", incidentId = "o"): Alert => ({ incidentId, state, purpose });
const told = (places: number, endsAt: number, nextUpdateAt = endsAt) => ({ places, endsAt, nextUpdateAt });

/** An alert for all seven places, in force: promised for 15:20, ending at 16:20. */
const IN_FORCE = { told: [told(7, at(80), at(20))], last: { canceled: false, endsAt: at(80) } };
const ENDED = { last: { canceled: false, endsAt: at(-10) } };

/** Every state an open outage can be in: what it asks of a drafter, as the title and the words that matter. */
test.each<[string, Partial<Standing>, Alert[], [string, string][]]>([
  ["declared, no draft yet", {}, [], [["Prepare the alert: Outage", "7 places have no draft yet"]]],
  [
    "its only draft was discarded, and another rejected",
    {},
    [alert("discarded"), alert("rejected")],
    [["Prepare the alert: Outage", "7 places have no draft yet"]],
  ],
  ["a draft", {}, [alert("draft")], []],
  ["with the approver", {}, [alert("submitted")], []],
  [
    "a draft of another outage is none of this one",
    {},
    [alert("draft", "outage", "other")],
    [["Prepare the alert: Outage", "7 places have no draft yet"]],
  ],
  [
    "published, in force",
    IN_FORCE,
    [alert("published")],
    [["Write the update by 15:20: Outage", "expect it by then. The alert ends at 16:20."]],
  ],
  ["published, and the update is a draft", IN_FORCE, [alert("published"), alert("draft", "update")], []],
  [
    "a correction or a border notice is no update",
    IN_FORCE,
    [alert("published"), alert("draft", "correction"), alert("draft", "border")],
    [["Write the update by 15:20: Outage", "The alert ends at 16:20."]],
  ],
  [
    "the promised update is late",
    { ...IN_FORCE, told: [told(7, at(80), at(-5))] },
    [alert("published")],
    [["The promised update is late: Outage", "expect it by 14:55. The alert ends at 16:20."]],
  ],
  [
    "about to end",
    { ...IN_FORCE, told: [told(7, at(25), at(-5))] },
    [alert("published")],
    [["The alert ends at 15:25: Outage", "911 still fails in 7 places. Write the update, or residents see no number"]],
  ],
  [
    "ended",
    ENDED,
    [alert("published")],
    [
      [
        "Residents see no number: Outage",
        "The alert ended at 14:50, but 911 still fails in 7 places. Prepare a new alert",
      ],
    ],
  ],
  [
    "ended while the page was open",
    { told: [told(7, at(0))], last: { canceled: false, endsAt: at(0) } },
    [alert("published")],
    [["Residents see no number: Outage", "The alert ended at 15:00"]],
  ],
  ["ended, and what follows is with the approver", ENDED, [alert("published"), alert("submitted", "update")], []],
  [
    "ended, and only its cancellation is a draft",
    ENDED,
    [alert("published"), alert("draft", "cancellation")],
    [["Residents see no number: Outage", "The alert ended at 14:50"]],
  ],
  [
    "canceled",
    { last: { canceled: true, endsAt: at(80) } },
    [alert("canceled"), alert("published", "cancellation")],
    [["Residents see no number: Outage", "The alert was canceled, but 911 still fails in 7 places."]],
  ],
  [
    "superseded by an update in force",
    IN_FORCE,
    [alert("published"), alert("published", "update")],
    [["Write the update by 15:20: Outage", ""]],
  ],
  [
    "two places joined",
    { ...IN_FORCE, out: 9 },
    [alert("published")],
    [["Residents of 2 places see no number: Outage", "no alert is in force. Write the update"]],
  ],
  [
    "one place joined after all others were restored and told so",
    { out: 1, last: { canceled: false, endsAt: at(80) } },
    [alert("published"), alert("published", "restoration")],
    [["Residents of 1 place see no number: Outage", "no alert is in force. Prepare their alert."]],
  ],
  [
    "restored in three places, without an all-clear",
    { out: 4, told: [told(4, at(80), at(20))], restored: [told(3, at(80), at(20))], last: IN_FORCE.last },
    [alert("published")],
    [
      ["Write the update by 15:20: Outage", ""],
      ["Write the all-clear: Outage", "911 works again in 3 places"],
    ],
  ],
  [
    "restored everywhere, and the all-clear is a draft",
    { out: 0, restored: [told(7, at(80))], last: IN_FORCE.last },
    [alert("published"), alert("draft", "restoration")],
    [],
  ],
  [
    "restored everywhere and told so",
    { out: 0, last: IN_FORCE.last },
    [alert("published"), alert("published", "restoration")],
    [["Close the outage: Outage", "911 works again in all of its places"]],
  ],
  [
    "restored everywhere, and the alert ended without an all-clear",
    { out: 0, restored: [told(7, at(-1))], last: ENDED.last },
    [alert("published")],
    [["Close the outage: Outage", ""]],
  ],
  ["restored everywhere, and a draft is left", { out: 0, last: IN_FORCE.last }, [alert("draft", "border")], []],
])("%s", (_, change, alerts, expected) => {
  expect(listOutageNeeds(outage(change), alerts, NOW, ZONE).map(({ title, says }) => [title, says])).toEqual(
    expected.map(([title, says]) => [title, clock(says)]),
  );
});

test("an exercise says so, and speaks of players", () => {
  for (const title of ["Outage", "Exercise: Outage"]) {
    expect(listOutageNeeds({ ...outage(ENDED, "exercise"), title }, [], NOW, ZONE)).toMatchObject([
      { title: "Exercise: Players see no number: Outage", href: "/incidents/o", urgent: false },
    ]);
  }
});

test("what leaves residents without a number is urgent; what is due later is not", () => {
  const urgent = (change: Partial<Standing>) => listOutageNeeds(outage(change), [], NOW, ZONE).map((one) => one.urgent);
  expect([urgent({}), urgent(ENDED), urgent(IN_FORCE), urgent({ out: 0 })]).toEqual([[true], [true], [false], [false]]);
});

describe("whoever may not draft", () => {
  const seen = (change: Partial<Standing>) =>
    listOutageNeeds(outage({ mayDraft: false, mayClose: false, ...change }), [], NOW, ZONE);
  test("and approves is told what is urgent, and who can write it", () => {
    expect(seen({ mayApprove: true, ...ENDED })).toMatchObject([
      { says: clock("Drafters of State Emergency Agency can.") },
    ]);
    expect(seen({ mayApprove: true, ...IN_FORCE })).toEqual([]);
  });
  test("and only reads is asked nothing", () => {
    expect([seen({}), seen(ENDED), seen({ out: 0 }), seen({ restored: [told(1, at(9))] })]).toEqual([[], [], [], []]);
  });
});

test.each<[string, Partial<Standing>, Alert, string]>([
  ["the first draft", {}, alert("draft"), " Residents of 7 places see no number until it is published."],
  ["an update after the end", ENDED, alert("submitted", "update"), " Residents of 7 places see no number until"],
  [
    "an update in time",
    IN_FORCE,
    alert("draft", "update"),
    " It is promised for 15:20; the alert in force ends at 16:20.",
  ],
  [
    "an update too late",
    { told: [told(7, at(80), at(-5))] },
    alert("draft", "update"),
    " It was promised for 14:55 and is late; the alert in force ends at 16:20.",
  ],
  [
    "an all-clear",
    { out: 0, restored: [told(7, at(80))] },
    alert("submitted", "restoration"),
    " Residents of 7 places read that 911 fails until it is published.",
  ],
])("says what an unfinished alert holds up: %s", (_, change, unfinished, says) => {
  expect(describeHeldUp(unfinished, [outage(change)], NOW, ZONE)).toContain(says);
});

test.each<[string, Alert]>([
  ["a correction", alert("draft", "correction")],
  ["what is published", alert("published")],
  ["an alert of an outage that is closed", alert("draft", "outage", "closed")],
])("says nothing of %s", (_, other) => {
  expect(describeHeldUp(other, [outage(IN_FORCE)], NOW, ZONE)).toBe("");
});
