import { describe, expect, test } from "vitest";
import type { Bundle } from "../alerts/bundle";
import { renderMessage, renderTimeless } from "../alerts/renderers/cap-2";
import { canonicalJson } from "../record/canonical-json";
import { fingerprint } from "../record/chain";
import { writeCap } from "../standards/cap/write";
import { comparePublished } from "./compare";

const SENT = Date.UTC(2024, 5, 18, 17, 27, 26);
const ON_RECORD = { sent: "2024-06-18T13:27:26-04:00", renderer: "cap-2" };
const PARTS = {
  short: "An Agency MA: 911 is down in Granby. Emergency? Call 413-555-0142.",
  long: "911 is not working in Granby since {since}. Call 413-555-0142. Next update by {nextUpdate}.",
  headline: "911 is not working in Granby.",
  description: "Call 413-555-0142.\n\nThat is the dispatch center.",
  instruction: "This notice ends at {until}.",
  social: "911 is down in Granby.",
  script: "911 is down in Granby.",
};
const BUNDLE: Bundle = {
  format: "callbox-bundle-4",
  alertId: "a",
  purpose: "outage",
  status: "Test",
  note: "Demonstration",
  sender: "a@agency.example",
  senderName: { "en-US": "An Agency", "es-US": "Una agencia" },
  source: "Callbox",
  web: "https://agency.example",
  contact: null,
  incident: "i",
  beganAt: SENT - 600_000,
  validMinutes: 120,
  nextUpdateMinutes: 60,
  timeZone: "America/New_York",
  wrong: null,
  messages: [
    {
      identifier: "AG-1",
      msgType: "Alert",
      tells: "outage",
      audience: "phones",
      placeId: "p",
      place: "Granby",
      placeIds: ["p"],
      population: 6110,
      areas: [
        {
          areaDesc: { "en-US": "Granby, MA", "es-US": "Granby, MA" },
          sameCodes: ["025015"],
          polygons: ["42.2,-72.5 42.3,-72.5 42.3,-72.4 42.2,-72.5"],
        },
      ],
      outcome: "ready",
      numbers: [],
      why: "",
      references: null,
      texts: [
        { language: "en-US", inCap: true, parts: PARTS },
        { language: "es-US", inCap: true, parts: PARTS },
      ],
    },
  ],
};
const MESSAGE = BUNDLE.messages[0]!;
const XML = writeCap(renderMessage(BUNDLE, MESSAGE, SENT));
const compare = (xml: string, more: Partial<typeof ON_RECORD> = {}) =>
  comparePublished(Buffer.from(xml), BUNDLE, MESSAGE, { ...ON_RECORD, ...more });

describe("published bytes are what was approved", () => {
  test.each([
    ["as they were written", XML],
    ["with other line breaks and spaces between elements", XML.replaceAll("><", ">\n  <")],
    ["with a time that later locale data would write otherwise", XML.replace("1:17 PM", "1:17 p. m.")],
    ["with elements in another order", XML.replace(/(<urgency>.*?<\/urgency>)\s*(<severity>.*?<\/severity>)/s, "$1$2")],
  ])("%s", (_, xml) => expect(compare(xml)).toBeNull());
});

describe("published bytes are not what was approved", () => {
  test.each([
    ["another number", XML.replace("413-555-0142", "413-555-0199"), /info\[0\]\.(headline|parameter|description)/],
    ["a number in the place of a time", XML.replace(/ends at [^<]*</, "ends at 1\n555-0199<"), /instruction/],
    ["another place", XML.replace("Granby, MA", "Ware, MA"), /areaDesc/],
    ["another county", XML.replace("025015", "025011"), /geocode/],
    ["another outline", XML.replace("42.2,-72.5 42.3,-72.5", "42.1,-72.5 42.3,-72.5"), /polygon/],
    ["a dropped parameter", XML.replace(/<parameter>\s*<valueName>BLOCKCHANNEL.*?<\/parameter>/s, ""), /parameter/],
    ["one language only", XML.replace(/<info>(?!.*<info>).*<\/info>/s, ""), /lacks/],
    ["an added sentence", XML.replace("That is the", "Do not wait. That is the"), /description/],
    ["another sender", XML.replace("a@agency.example", "b@agency.example"), /sender/],
    ["another end", XML.replace("15:27:26", "16:27:26"), /times/],
    ["another time of sending", XML.replace("13:27:26", "13:27:27"), /times/],
    ["no message", "<alert/>", /cannot be read/],
  ])("%s", (_, xml, why) => {
    expect(xml).not.toBe(XML);
    expect(compare(xml)).toMatch(why);
  });
  test("written by a renderer that is not known", () => {
    expect(compare(XML, { renderer: "cap-9" })).toMatch(/not known/);
    expect(compare(XML, { renderer: "constructor" })).toMatch(/not known/);
  });
});

test("the renderer still makes what it made when it wrote published bytes", () => {
  // Another fingerprint here means that published alerts no longer verify: write a new renderer instead.
  expect(fingerprint(canonicalJson(renderTimeless(BUNDLE, MESSAGE)))).toBe(
    "71a36666e803e1d1f388d86466591c57ceddb7089dc3f873dab8040031aa895f",
  );
});
