import { expect, test } from "vitest";
import { alertsPage } from "./alert-page";
import type { SiteAlert } from "./facts";
import { LANGUAGES, NOW, SITES } from "./states-for-tests";
import { formatWhen } from "./times";

const FACTS = SITES["every state"];
const HOUR = 3_600_000;
const ENDS = `Valid until ${formatWhen("en-US", FACTS.alerts[0]!.timeZone, NOW + HOUR)}.`;

/** An alert for three places, so many of which were given something newer. */
const alert = (change: Partial<SiteAlert>, ...standings: SiteAlert["messages"][number]["standing"][]): SiteAlert => ({
  ...FACTS.alerts[0]!,
  endsAt: NOW + HOUR,
  messages: standings.map((standing, index) => ({
    ...FACTS.alerts[0]!.messages[0]!,
    identifier: `A-${index}`,
    placeIds: [`nowhere-${index}`],
    standing,
  })),
  ...change,
});

test.each<[string, SiteAlert, string]>([
  ["in force", alert({}, "in-force", "in-force", "in-force"), `. ${ENDS}`],
  ["replaced by the all-clear", alert({}, "replaced", "replaced", "replaced"), " (replaced)."],
  ["in force for one place of three", alert({}, "replaced", "in-force", "replaced"), ` (replaced: 2/3). ${ENDS}`],
  ["taken back", alert({}, "taken-back", "taken-back"), " (taken back)."],
  ["ended", alert({ endsAt: NOW - HOUR }, "in-force", "in-force"), " (ended)."],
])("the list of alerts says of one that is %s how it stands", (_, listed, says) => {
  const page = alertsPage({ ...FACTS, alerts: [listed] }, LANGUAGES[0]!);
  const flat = (text: string) => text.replace(/\s+/g, " ").replaceAll(" <", "<");
  expect(flat(page)).toContain(flat(`${Object.values(listed.agency)[0]}${says}</li>`));
});
