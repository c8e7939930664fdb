import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CapAlert } from "../cap/model";
import { writeCapTime } from "../cap/time";
import { SAME_EVENT_CODES } from "../ipaws/event-codes";
import { EVENT_NAMES, ORIGINATOR_NAMES, UNLISTED_EVENTS } from "./event-names";
import { HEADER_RULES, parseHeader, formatHeader, writeDuration, writeHeader } from "./header";

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

const alert = (change: {
  sent?: string;
  expires?: string;
  locations?: string[];
  event?: string;
  station?: string;
}): CapAlert => ({
  identifier: "A",
  sender: "a@b",
  sent: change.sent ?? "2024-06-18T14:30:00-04:00",
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
      eventCode: [{ valueName: "SAME", value: change.event ?? "TOE" }],
      expires: change.expires ?? "2024-06-18T16:30:00-04:00",
      parameter: [
        { valueName: "EAS-ORG", value: "CIV" },
        ...(change.station === "" ? [] : [{ valueName: "EAS-STN-ID", value: change.station ?? "MAEMA/CP" }]),
      ],
      resource: [],
      area: [
        {
          areaDesc: "Massachusetts",
          polygon: [],
          circle: [],
          geocode: (change.locations ?? ["025000"]).map((value) => ({ valueName: "SAME", value })),
        },
      ],
    },
  ],
});
const header = (change: Parameters<typeof alert>[0]) => {
  const message = alert(change);
  return writeHeader(message, message.info[0]!);
};

test.each([
  ["18 June 2024, statewide", {}, "ZCZC-CIV-TOE-025000+0200-1701830-MAEMA/CP-"],
  ["a part of a county", { locations: ["225015"] }, "ZCZC-CIV-TOE-225015+0200-1701830-MAEMA/CP-"],
  ["a place twice is named once", { locations: ["025015", "025015"] }, "ZCZC-CIV-TOE-025015+0200-1701830-MAEMA/CP-"],
  ["a quarter of an hour more", { expires: "2024-06-18T16:31:00-04:00" }, "ZCZC-CIV-TOE-025000+0230-1701830-MAEMA/CP-"],
  ["a short station call is filled", { station: "WBUR" }, "ZCZC-CIV-TOE-025000+0200-1701830-WBUR    -"],
  ["no station call yet", { station: "" }, "ZCZC-CIV-TOE-025000+0200-1701830-CALLSIGN-"],
  [
    "New Year's Eve is 1 January in UTC",
    { sent: "2024-12-31T23:30:00-05:00", expires: "2025-01-01T00:30:00-05:00" },
    "ZCZC-CIV-TOE-025000+0100-0010430-MAEMA/CP-",
  ],
  [
    "day 366",
    { sent: "2024-12-31T12:00:00-05:00", expires: "2024-12-31T12:10:00-05:00" },
    "ZCZC-CIV-TOE-025000+0015-3661700-MAEMA/CP-",
  ],
  ["no place", { locations: [] }, undefined],
  ["no time", { sent: "yesterday" }, undefined],
])("%s", (_, change, line) => expect(header(change)).toBe(line));

test("no more than 31 locations are named", () => {
  const locations = Array.from({ length: 40 }, (_, index) => String(25001 + index).padStart(6, "0"));
  expect(parseHeader(header({ locations })!).header?.locations).toHaveLength(31);
});

test("and back into words", () => {
  const names: Record<string, string> = { "25000": "Massachusetts", "25015": "Hampshire" };
  const say = (line: string) =>
    formatHeader(
      parseHeader(line).header!,
      (code) => names[code],
      Date.UTC(2024, 5, 1),
      (at) => new Date(at).toISOString(),
    );
  expect(say("ZCZC-CIV-TOE-025000+0200-1701830-MAEMA/CP-")).toBe(
    "A Civil Authority has issued a 911 Telephone Outage Emergency for the following counties/areas: Massachusetts; " +
      "at 2024-06-18T18:30:00.000Z; effective until 2024-06-18T20:30:00.000Z. Message from MAEMA/CP.",
  );
  expect(say("ZCZC-WXR-TOR-225015-000000-012345+0045-1701830-KBOX/NWS-")).toContain(
    "north Hampshire; the United States; 012345;",
  );
});

const BREAKS: Record<string, string[]> = {
  "EAS-001": [
    "",
    "ZCZC-CIV-TOE+0200-1701830-MAEMA/CP-",
    "ZCZC-CIV-TOE-25015+0200-1701830-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+0200-1701830-SHORT-",
    "CIV-TOE-025015+0200-1701830-MAEMA/CP-",
    `ZCZC-CIV-TOE${"-025015".repeat(32)}+0200-1701830-MAEMA/CP-`,
  ],
  "EAS-002": ["ZCZC-CIV-TOE-025015+0200-1701830-MAEMA-CP-", "ZCZC-CIV-TOE-025015+0200-1701830-MAEMA+CP-"],
  "EAS-004": ["ZCZC-ABC-TOE-025015+0200-1701830-MAEMA/CP-", "ZCZC-CIV-XXX-025015+0200-1701830-MAEMA/CP-"],
  "EAS-006": [
    "ZCZC-CIV-TOE-025015+0205-1701830-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+0115-1701830-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+0000-1701830-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+9990-1701830-MAEMA/CP-",
  ],
  "EAS-007": [
    "ZCZC-CIV-TOE-025015+0200-3671830-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+0200-1702430-MAEMA/CP-",
    "ZCZC-CIV-TOE-025015+0200-0000000-MAEMA/CP-",
  ],
};

describe("rules of the header", () => {
  test("each has an example that breaks it", () => {
    expect(Object.keys(BREAKS).sort()).toEqual(HEADER_RULES.map(({ id }) => id).sort());
  });
  test.each(Object.entries(BREAKS))("%s", (id, lines) => {
    const rule = HEADER_RULES.find((entry) => entry.id === id)!;
    expect(rule.check("ZCZC-CIV-TOE-025000+0200-1701830-MAEMA/CP-", undefined)).toEqual([]);
    for (const line of lines) expect(rule.check(line, undefined), line).not.toEqual([]);
    expect(parseHeader(lines[0]!).header).toBeUndefined();
  });
});

test("every header that can be written is read back with the same facts", () => {
  const digits = (least: number, most: number) => fc.integer({ min: least, max: most });
  fc.assert(
    fc.property(
      fc.constantFrom(...EVENT_NAMES.keys()),
      fc.array(
        digits(0, 999999).map((value) => String(value).padStart(6, "0")),
        { minLength: 1, maxLength: 40 },
      ),
      digits(0, 4_000_000_000),
      digits(1, 99 * 60 + 30),
      (event, locations, seconds, minutes) => {
        const sent = seconds * 1000;
        const line = header({
          event,
          locations,
          sent: writeCapTime(sent, "America/New_York"),
          expires: writeCapTime(sent + minutes * 60_000, "America/New_York"),
        })!;
        const { header: read, findings } = parseHeader(line);
        expect(findings).toEqual([]);
        expect(read).toMatchObject({
          originator: "CIV",
          event,
          locations: [...new Set(locations)].slice(0, 31),
          station: "MAEMA/CP",
          issued: { hour: new Date(sent).getUTCHours(), minute: new Date(sent).getUTCMinutes() },
        });
        expect(read!.duration).toBeGreaterThanOrEqual(minutes);
        expect(read!.duration - minutes).toBeLessThan(minutes <= 60 ? 15 : 30);
      },
    ),
  );
});

test("every originator and every event code of IPAWS has words", () => {
  expect([...ORIGINATOR_NAMES.keys()].sort()).toEqual(["CIV", "EAS", "PEP", "WXR"]);
  expect([...EVENT_NAMES.keys(), ...UNLISTED_EVENTS.keys()].sort()).toEqual([...SAME_EVENT_CODES].sort());
});

test.each(["NIC", "SQW", "NWS"])("%s is read, and said to be in no list of 47 CFR 11.31", (event) => {
  const line = `ZCZC-WXR-${event}-025015+0030-1701727-MAEMA/CP-`;
  const { header: read, findings } = parseHeader(line);
  expect(findings).toEqual([expect.objectContaining({ rule: "EAS-004", level: "should" })]);
  expect(read?.event).toBe(event);
  expect(formatHeader(read!, () => "Hampshire", 0, String)).toContain(UNLISTED_EVENTS.get(event));
});

test.each(["constructor", "__proto__"])("%s is no originator and no event", (word) => {
  expect(ORIGINATOR_NAMES.has(word) || EVENT_NAMES.has(word) || UNLISTED_EVENTS.has(word)).toBe(false);
});
