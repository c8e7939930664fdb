import { beforeAll, describe, expect, inject, test } from "vitest";
import { type AlertFacts, FOLLOWS_NOTHING } from "../../lib/alerts/facts";
import { choosePlaces } from "../../lib/alerts/plan";
import { type AlertContent, FIRST_ALERT } from "../../lib/alerts/schema";
import { loadAgencyFacts } from "../../lib/alerts/data";
import { loadPlaces } from "../../lib/directory/data";
import { connect } from "../../lib/platform/db";
import { copyDatabase } from "../../lib/platform/test-database";
import { OUTAGE_TEMPLATE } from "../../lib/wording/outage";
import { prepareWording } from "../../lib/wording/prepare";
import { SHIPPED_LANGUAGES } from "../../lib/wording/shipped-languages";
import { findSwaps } from "./changed-numbers";

const NOW = Date.now();
const BOSTON = "2502507000";
const GRANBY = "2501526535";
let facts: AlertFacts;
let content: AlertContent;

beforeAll(async () => {
  const client = connect((await copyDatabase(inject("databases"))).appUrl);
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
    places: await loadPlaces(client, [BOSTON, GRANBY]),
    timeZone: "America/New_York",
    languages: [...SHIPPED_LANGUAGES],
    ...FOLLOWS_NOTHING,
  };
  await client.$disconnect();
  content = {
    ...FIRST_ALERT,
    format: "callbox-content-3",
    placeIds: [BOSTON, GRANBY],
    grouping: "place",
    validMinutes: 120,
    nextUpdateMinutes: 60,
    ...prepareWording(OUTAGE_TEMPLATE, incident, ["en-US"]),
    customWording: {},
    numbers: {},
  };
});

describe("a number that changes its state while the draft is open", () => {
  const chosen = () => choosePlaces(facts, content, NOW);
  const given = () => chosen().find(({ place }) => place.id === GRANBY)!.selection.number!;
  const swaps = (id: string, status: "down" | "overloaded" | "in-service") =>
    findSwaps(facts, content, chosen(), [{ id, status }], NOW);

  test("gives way to the next one, or to none, and names what it was", () => {
    const [swap, ...others] = swaps(given().id, "down");
    expect(others).toEqual([]);
    expect(swap).toMatchObject({ placeId: GRANBY, place: "Granby", from: "413-555-0142" });
    expect(swap!.to).not.toBe("413-555-0142");
  });

  test("changes nothing where it is as the page has it, is not in the draft, or nothing was reported", () => {
    expect(swaps(given().id, "in-service")).toEqual([]);
    expect(swaps("nobody", "down")).toEqual([]);
    expect(findSwaps(facts, content, chosen(), [], NOW)).toEqual([]);
  });
});
