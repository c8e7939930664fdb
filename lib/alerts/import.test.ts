import fs from "node:fs";
import { expect, inject, test } from "vitest";
import { loadPlaces } from "../directory/data";
import { type CapAlert } from "../standards/cap/model";
import { readCap } from "../standards/cap/read";
import { OUTAGE_TEMPLATE } from "../wording/outage";
import { prepareWording } from "../wording/prepare";
import { checkFile } from "../standards/check";
import { chooseMessage, importMessage } from "./import";
import { prepareAlert } from "./commands/prepare";
import { draftFor, openStory, placesNamed } from "./story-for-tests";

const example = readCap(fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml")).alert!;
const { texts } = prepareWording(OUTAGE_TEMPLATE, { failure: "full", textTo911: "fails" }, ["en-US", "es-US"]);
const withArea = (areaDesc: string, ...codes: string[]): CapAlert => ({
  ...example,
  info: example.info.map((info) => ({
    ...info,
    area: [{ areaDesc, polygon: [], circle: [], geocode: codes.map((value) => ({ valueName: "SAME", value })) }],
  })),
});

test("words are taken over; places, numbers and times are not", async () => {
  const story = await openStory(inject("databases"));
  const ids = await placesNamed(story.client, "Granby", "Amherst", "Boston");
  const places = await loadPlaces(story.client, ids);
  const namesOf = (alert: CapAlert) =>
    importMessage(alert, places, texts)
      ?.placeIds.map((id) => places.find((place) => place.id === id)!.name)
      .sort();
  expect(namesOf(example)).toEqual(["Granby"]);
  expect(namesOf(withArea("Somewhere", "025015"))).toEqual(["Amherst", "Granby"]);
  expect(namesOf(withArea("Somewhere", "225015"))).toEqual(["Amherst", "Granby"]);
  expect(namesOf(withArea("Massachusetts", "025000"))).toEqual(["Amherst", "Boston", "Granby"]);
  expect(namesOf(withArea("Springfield, IL", "017167"))).toBeUndefined();

  const draft = importMessage(example, places, texts)!;
  expect(draft.validMinutes).toBe(120);
  expect(draft.texts["en-US"]!.place.short).toBe("An Agency MA: 911 is down in Granby. Emergency? Call {number}.");
  expect(draft.texts["en-US"]!.noNumber.instruction).toContain("call {number}.");
  // What the message does not say stays as the template has it.
  expect(draft.texts["es-US"]).toEqual(texts["es-US"]);
  expect(draft.texts["en-US"]!.county.long).toEqual(texts["en-US"]!.county.long);

  const spelled = {
    ...example,
    info: [{ ...example.info[0]!, instruction: "Call (413) 555-0142 or +1 413.555.0142." }],
  };
  expect(importMessage(spelled, places, texts)!.texts["en-US"]!.place.instruction).toBe("Call {number} or {number}.");
  const county = {
    ...example,
    info: [{ ...example.info[0]!, language: "es", parameter: [{ valueName: "BLOCKCHANNEL", value: "CMAS" }] }],
  };
  const forStations = importMessage(county, places, texts)!;
  expect(forStations.taken).toEqual(["es-US county headline", "es-US county description", "es-US county instruction"]);

  const dana = await story.actor("dana");
  const { incidentId } = await draftFor(story, dana, ids);
  const imported = { alert: example, sha256: "f".repeat(64) };
  const made = await prepareAlert(story.client, dana, { incidentId, imported }, new Date());
  expect(made.ok).toBe(true);
  const row = await story.client.alert.findUniqueOrThrow({ where: { id: made.ok ? made.value.id : "" } });
  expect(row.state).toBe("draft");
  const [entry] = await story.client.auditEvent.findMany({ where: { subjectId: row.id } });
  expect(entry!.summary).toContain("EX911-20240618-GRANBY");

  const other = { alert: withArea("Springfield, IL", "017167"), sha256: "f".repeat(64) };
  expect(await prepareAlert(story.client, dana, { incidentId, imported: other }, new Date())).toMatchObject({
    ok: false,
    code: "other-places",
  });
  const luis = await story.actor("luis");
  expect(await prepareAlert(story.client, luis, { incidentId, imported }, new Date())).toMatchObject({ ok: false });
  await story.client.$disconnect();
});

const EXAMPLE = fs.readFileSync("lib/standards/cap/example-for-tests.cap.xml", "utf8");
test.each<[string, string, RegExp | undefined]>([
  ["a good one", EXAMPLE, undefined],
  [
    "one with words that no reader of CAP would show",
    EXAMPLE.replace("<headline>", "<headline><b>NOT</b> "),
    /must be fixed/,
  ],
  ["one of an unknown status", EXAMPLE.replace("<status>Actual", "<status>Real"), /must be fixed/],
  ["no message at all", "<a/>", /one message/],
])("a file becomes a draft only when no must is broken: %s", (_, xml, why) => {
  const chosen = chooseMessage(checkFile(Buffer.from(xml)));
  if (why) expect("why" in chosen && chosen.why).toMatch(why);
  else expect(chosen).toHaveProperty("alert");
});
