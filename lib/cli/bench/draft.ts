import type { AlertFacts } from "../../alerts/facts";
import type { AlertContent } from "../../alerts/schema";
import type { PrismaClient } from "../../platform/db";
import type { LanguageWords } from "../../wording/languages";

/** A draft for many places as the pure functions take it, without a database behind it. */
export interface BenchDraft {
  facts: AlertFacts;
  content: AlertContent;
  now: number;
}

/**
 * @param more languages beyond those Callbox ships, which read like the last of them: what they cost is the same
 */
export async function loadDraft(client: PrismaClient, placeIds: readonly string[], more = 0): Promise<BenchDraft> {
  const { loadPlaces } = await import("../../directory/data");
  const { FOLLOWS_NOTHING } = await import("../../alerts/facts");
  const { FIRST_ALERT } = await import("../../alerts/schema");
  const { loadAgencyFacts } = await import("../../alerts/data");
  const { SHIPPED_LANGUAGES } = await import("../../wording/shipped-languages");
  const { holdWording, prepareWording } = await import("../../wording/prepare");
  const { OUTAGE_TEMPLATE } = await import("../../wording/outage");
  const places = await loadPlaces(client, [...placeIds]);
  if (places.length !== placeIds.length)
    throw new Error(`${places.length} of ${placeIds.length} places can be alerted.`);
  const agency = await loadAgencyFacts(client, await client.agency.findUniqueOrThrow({ where: { id: "state-911" } }));
  const now = Date.now();
  const incident = {
    id: "bench",
    mode: "live" as const,
    title: "911 outage",
    failure: "full" as const,
    carrier: null,
    textTo911: "fails" as const,
    beganAt: now,
  };
  const shipped: readonly LanguageWords[] = SHIPPED_LANGUAGES;
  const last = shipped.at(-1)!;
  const added = Array.from({ length: more }, (_, index): LanguageWords => ({ ...last, code: `es-${419 + index}` }));
  const codes = shipped.map(({ code }) => code);
  const wording = prepareWording(OUTAGE_TEMPLATE, incident, codes);
  const held = holdWording(OUTAGE_TEMPLATE, incident, codes);
  for (const { code } of added) {
    wording.texts[code] = wording.texts[last.code]!;
    wording.shorter[code] = wording.shorter[last.code]!;
    held[code] = held[last.code]!;
  }
  return {
    now,
    facts: {
      alertId: "bench",
      code: "BENCH",
      purpose: "outage",
      status: "Test",
      agency,
      incident,
      places,
      timeZone: "America/New_York",
      languages: [...shipped, ...added],
      ...FOLLOWS_NOTHING,
      held,
    },
    content: {
      ...FIRST_ALERT,
      format: "callbox-content-3",
      grouping: "place",
      placeIds: places.map(({ id }) => id),
      validMinutes: 120,
      nextUpdateMinutes: 60,
      ...wording,
      customWording: {},
      numbers: {},
    },
  };
}
