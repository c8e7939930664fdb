import { beforeAll, expect, inject, test } from "vitest";
import { buildBundle } from "../../lib/alerts/content";
import { loadAgencyFacts } from "../../lib/alerts/data";
import { type AlertFacts, FOLLOWS_NOTHING } from "../../lib/alerts/facts";
import { planAlert } from "../../lib/alerts/plan";
import { type AlertContent, FIRST_ALERT, GROUPINGS, type Grouping } from "../../lib/alerts/schema";
import { loadPlaces } from "../../lib/directory/data";
import { connect } from "../../lib/platform/db";
import { copyDatabase } from "../../lib/platform/test-database";
import { OUTAGE_TEMPLATE } from "../../lib/wording/outage";
import { prepareWording } from "../../lib/wording/prepare";
import { SHIPPED_LANGUAGES } from "../../lib/wording/shipped-languages";
import { AUDIENCES, PARTS } from "../../lib/wording/texts";
import { longestSteps, textKey } from "./longest-texts";

const NOW = Date.now();
let facts: AlertFacts;
let content: AlertContent;

beforeAll(async () => {
  const client = connect((await copyDatabase(inject("databases"))).appUrl);
  const rows = await client.place.findMany({ where: { kind: "municipality", parentId: { in: ["25015", "25011"] } } });
  const placeIds = rows.map(({ id }) => id);
  const incident = {
    id: "incident",
    mode: "live" as const,
    title: "911 outage",
    failure: "full" as const,
    textTo911: "fails" as const,
    carrier: null,
    beganAt: NOW,
  };
  facts = {
    alertId: "alert",
    code: "MA911",
    purpose: "outage",
    status: "Test",
    agency: await loadAgencyFacts(client, await client.agency.findUniqueOrThrow({ where: { id: "state-911" } })),
    incident,
    places: await loadPlaces(client, placeIds),
    timeZone: "America/New_York",
    languages: [...SHIPPED_LANGUAGES],
    ...FOLLOWS_NOTHING,
  };
  await client.$disconnect();
  content = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    placeIds,
    grouping: "place",
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...prepareWording(OUTAGE_TEMPLATE, incident, ["en-US", "es-US"]),
    customWording: {},
    numbers: {},
  };
});

test.each(Object.keys(GROUPINGS) as Grouping[])(
  "the longest of a text is that of a message which the same people read: %s",
  (grouping) => {
    const grouped = { ...content, grouping };
    const plans = planAlert(facts, grouped, NOW);
    const bundle = buildBundle(facts, grouped, NOW);
    const steps = longestSteps(bundle, plans);
    let step = steps.next();
    while (!step.done) step = steps.next();
    for (const readers of ["phones", "broadcasters"] as const) {
      const names = bundle.messages.filter(({ audience }) => audience === readers).map(({ place }) => place);
      const found = AUDIENCES.flatMap((audience) =>
        PARTS.flatMap((part) => step.value?.[textKey(readers, "en-US", audience, part)] ?? []),
      );
      expect(found.length).toBeGreaterThan(0);
      for (const { place } of found) expect(names).toContain(place);
      if (names.length === 1) expect(new Set(found.map(({ place }) => place))).toEqual(new Set(names));
    }
  },
);
