import { expect, test } from "vitest";
import type { CapAlert } from "../cap/model";
import { buildCrawl, writeDuration, writeHeader } from "./text";

test.each([
  [1, "0015"],
  [15, "0015"],
  [16, "0030"],
  [60, "0100"],
  [61, "0130"],
  [120, "0200"],
  [121, "0230"],
  [99 * 60 + 31, "9930"],
])("%i minutes are %s", (minutes, text) => expect(writeDuration(minutes)).toBe(text));

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

test("the header of the outage of 18 June 2024", () => {
  expect(writeHeader(alert, alert.info[0]!)).toBe("ZCZC-CIV-TOE-025000+0200-1701830-MAEMA/CP-");
});

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
