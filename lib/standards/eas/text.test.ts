import { expect, test } from "vitest";
import type { CapAlert } from "../cap/model";
import { buildCrawl } from "./text";

const alert: CapAlert = {
  identifier: "A",
  sender: "a@b",
  sent: "2024-06-18T14:30:00-04:00",
  status: "Test",
  msgType: "Alert",
  scope: "Public",
  code: [],
  info: [
    {
      category: ["Infra"],
      event: "911",
      responseType: [],
      urgency: "Immediate",
      severity: "Severe",
      certainty: "Observed",
      eventCode: [{ valueName: "SAME", value: "TOE" }],
      expires: "2024-06-18T16:30:00-04:00",
      senderName: "An Agency",
      description: "911 is down.",
      instruction: "Call 413-555-0142.",
      parameter: [
        { valueName: "EAS-ORG", value: "CIV" },
        { valueName: "EAS-STN-ID", value: "MAEMA/CP" },
      ],
      resource: [],
      area: [{ areaDesc: "Massachusetts", polygon: [], circle: [], geocode: [{ valueName: "SAME", value: "025000" }] }],
    },
  ],
};

test("the crawl: the station's sentence, the sender, our words, and what would be cut off", () => {
  const crawl = buildCrawl(alert, alert.info[0]!, () => "4:30 PM EDT");
  expect(`${crawl.station} ${crawl.ours}`).toBe(
    "A Civil Authority has issued a 911 Telephone Outage Emergency for the following counties/areas: Massachusetts; " +
      "effective until 4:30 PM EDT. Message from An Agency. 911 is down. Call 413-555-0142.",
  );
  expect(crawl.cut).toBe(0);
  const long = { ...alert.info[0]!, description: "a".repeat(1800) };
  expect(buildCrawl(alert, long, () => "4:30 PM EDT").cut).toBeGreaterThan(0);
});

test("EASText is the station's text; other events and originators have their own words", () => {
  const info = {
    ...alert.info[0]!,
    eventCode: [{ valueName: "SAME", value: "EVI" }],
    parameter: [
      { valueName: "EAS-ORG", value: "WXR" },
      { valueName: "EASText", value: "Leave by Route 9." },
    ],
  };
  const crawl = buildCrawl(alert, info, () => "4:30 PM EDT");
  expect(crawl.station).toMatch(/^The National Weather Service has issued an Evacuation Immediate for /);
  expect(crawl.ours).toBe("Leave by Route 9.");
});
