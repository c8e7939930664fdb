import { eachInfo, eachPolygon, type MessageRule } from "../cap/rules";
import { type CapAlert, type CapInfo, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { examinePolygon } from "../geometry/polygon";
import { eachInfoFor, goesTo, infoGoesTo } from "../ipaws/rules";
import { splitSpace } from "../cap/white-space";
import { WEA_HANDLINGS } from "../ipaws/event-codes";
import { fail, type Outcome, suggest, ensure, warn } from "../rule";

/** Wireless Emergency Alerts through IPAWS, 47 CFR part 10 and the IPAWS-OPEN guide. */

/** The most characters each text may have, 47 CFR 10.430. */
const WEA_LIMITS = { CMAMtext: 90, CMAMlongtext: 360 } as const;

function forPhones(check: (info: CapInfo, path: string, alert: CapAlert) => Outcome[]) {
  return (alert: CapAlert) => eachInfoFor(alert, ["CMAS"], (info, path) => check(info, path, alert));
}

function oneText(name: keyof typeof WEA_LIMITS) {
  return (info: CapInfo, path: string): Outcome[] => {
    const values = valuesOf(info.parameter, name);
    const at = `${path}.parameter[${name}]`;
    if (values.length === 0 && name === "CMAMlongtext")
      return [warn(at, "There is no long text; newer phones could show one.")];
    if (values.length !== 1) return [fail(at, `${name} stands ${values.length} times.`)];
    const length = values[0]?.length ?? 0;
    if (values[0]!.trim() === "") return [fail(at, `${name} is empty.`)];
    return ensure(
      length <= WEA_LIMITS[name],
      at,
      `${name} has ${length} characters, ${length - WEA_LIMITS[name]} too many.`,
    );
  };
}

const within =
  (name: "urgency" | "severity" | "certainty", allowed: readonly string[]) =>
  (info: CapInfo, path: string): Outcome[] =>
    ensure(allowed.includes(info[name]), `${path}.${name}`, `${info[name]} is refused for phones.`);

/** Controls but line ends, marks that turn the reading direction, and what takes no room. */
const HIDDEN =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;
/** A Cyrillic or Greek letter beside a Latin one. */
const MIXED = /[A-Za-z][\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][A-Za-z]/u;

export const WEA_RULES: readonly MessageRule[] = [
  {
    id: "WEA-001",
    level: "must",
    source: "IPAWS-OPEN guide v4.07; 47 CFR 10.430",
    confidence: "S",
    says: "A message for phones has one CMAMtext of at most 90 characters.",
    check: forPhones(oneText("CMAMtext")),
  },
  {
    id: "WEA-002",
    level: "must",
    source: "IPAWS-OPEN guide v4.07; 47 CFR 10.430",
    confidence: "S",
    says: "A message for phones has at most one CMAMlongtext, of at most 360 characters, and better has one.",
    check: forPhones(oneText("CMAMlongtext")),
  },
  {
    id: "WEA-003",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "Texts for phones have none of { } | \\ ^ ~ [ ] or the euro sign.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        (["CMAMtext", "CMAMlongtext"] as const).flatMap((name) =>
          valuesOf(info.parameter, name).flatMap((text) => {
            const found = text.match(/[{}|\\^~[\]€]/g);
            if (!found) return [];
            const bad = [...new Set(found)];
            return ensure(bad.length === 0, `${path}.parameter[${name}]`, `Phones cannot show ${bad.join(" ")}`);
          }),
        ),
      ),
  },
  {
    id: "WEA-004",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "Exactly one WEAHandling of the six is given.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const values = valuesOf(info.parameter, "WEAHandling");
        return ensure(
          (values.length === 1 && WEA_HANDLINGS.has(values[0]!)) || (!infoGoesTo(info, "CMAS") && values.length === 0),
          `${path}.parameter[WEAHandling]`,
          values.length === 1 ? `"${values[0]}" is no handling.` : `WEAHandling stands ${values.length} times.`,
        );
      }),
  },
  {
    id: "WEA-005",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "The handling fits the event code: a 911 outage (TOE) goes out as Public Safety only.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const handling = valuesOf(info.parameter, "WEAHandling")[0];
        const codes = valuesOf(info.eventCode, "SAME");
        const allowed = WEA_HANDLINGS.get(handling ?? "");
        // The table is for other originators: the Weather Service sends its own warnings as imminent threats.
        if (allowed === undefined || valuesOf(info.parameter, "EAS-ORG").includes("WXR")) return [];
        return ensure(
          codes.every((code) => allowed.has(code)),
          `${path}.parameter[WEAHandling]`,
          `${codes.join()} may not go out as ${handling}.`,
        );
      }),
  },
  {
    id: "WEA-006",
    level: "must",
    source: "FEMA fact sheet on event codes for IPAWS",
    confidence: "C",
    says: "Administrative messages and avalanche watches do not go to phones.",
    check: forPhones((info, path) =>
      valuesOf(info.eventCode, "SAME").flatMap((code) =>
        ensure(code !== "ADR" && code !== "AVA", `${path}.eventCode`, `${code} is for broadcasters only.`),
      ),
    ),
  },
  {
    id: "WEA-007",
    level: "must",
    source: "IPAWS-OPEN guide v4.07; 47 CFR 10.400(b)",
    confidence: "S",
    says: "Phones get only immediate or expected, extreme or severe, observed or likely events.",
    check: forPhones((info, path) => [
      ...within("urgency", ["Immediate", "Expected"])(info, path),
      ...within("severity", ["Extreme", "Severe"])(info, path),
      ...within("certainty", ["Observed", "Likely"])(info, path),
    ]),
  },
  {
    id: "WEA-008",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "AllClear, Assess and None are refused for phones.",
    check: forPhones((info, path) =>
      ensure(
        !info.responseType.some((type) => ["AllClear", "Assess", "None"].includes(type)),
        `${path}.responseType`,
        `${info.responseType.join()} is refused for phones.`,
      ),
    ),
  },
  {
    id: "WEA-009",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "Phones get English (en-US) and Spanish (es-US), each once.",
    check: (alert) =>
      !goesTo(alert, "CMAS")
        ? []
        : [
            ...eachInfoFor(alert, ["CMAS"], (info, path) =>
              ensure(
                ["en-US", "es-US"].includes(info.language || "en-US"),
                `${path}.language`,
                `${info.language} is refused for phones.`,
              ),
            ),
            ...ensure(
              new Set(alert.info.map((info) => info.language || "en-US")).size === alert.info.length,
              "info",
              "A language stands twice.",
            ),
          ],
  },
  {
    id: "WEA-010",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A message for phones ends within 24 hours.",
    check: forPhones((info, path, alert) => {
      const length = (parseCapTime(info.expires ?? "") ?? 0) - (parseCapTime(alert.sent) ?? 0);
      return ensure(length <= 24 * 3_600_000, `${path}.expires`, "It lasts longer than 24 hours.");
    }),
  },
  {
    id: "WEA-011",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "An area for phones has at most 10 shapes and 100 pairs of coordinates, better with at most four decimals.",
    check: (alert) =>
      !goesTo(alert, "CMAS")
        ? []
        : [
            ...eachInfoFor(alert, ["CMAS"], (info, path) =>
              info.area.flatMap((area, index) => {
                const at = `${path}.area[${index}]`;
                const shapes = area.polygon.length + area.circle.length;
                const pairs = area.polygon.reduce(
                  (sum, polygon) => sum + (examinePolygon(polygon).corners ?? splitSpace(polygon)).length,
                  area.circle.length,
                );
                return [
                  ...ensure(shapes <= 10, at, `The area has ${shapes} shapes.`),
                  ...ensure(pairs <= 100, at, `The area has ${pairs} pairs of coordinates.`),
                ];
              }),
            ),
            ...eachPolygon(alert, (polygon, path) =>
              suggest(!/\.\d{5}/.test(polygon), path, "A coordinate has more than four decimals."),
            ),
          ],
  },
  {
    id: "WEA-021",
    level: "should",
    source: "Unicode TR 36 §3 and TR 39 §5; product rule",
    confidence: "C",
    says: "A text for phones holds no control, nothing invisible and no word of mixed scripts.",
    check: forPhones((info, path) =>
      (["CMAMtext", "CMAMlongtext"] as const).flatMap((name) =>
        valuesOf(info.parameter, name).flatMap((text) => {
          const at = `${path}.parameter[${name}]`;
          const hidden = HIDDEN.exec(text)?.[0].codePointAt(0);
          const code = hidden?.toString(16).toUpperCase().padStart(4, "0");
          return [
            ...ensure(hidden === undefined, at, `It holds the character U+${code}, which nobody sees.`),
            ...ensure(!MIXED.test(text), at, "A word has letters of two scripts; one only looks like another."),
          ];
        }),
      ),
    ),
  },
  {
    id: "WEA-013",
    level: "should",
    source: "47 CFR 10.420",
    confidence: "C",
    says: "A message for phones says what happens, where, what to do, until when and who sends it.",
    check: forPhones((info, path, alert) => [
      ...ensure(!!info.senderName?.trim(), `${path}.senderName`, "The sending agency is missing."),
      ...ensure(
        info.area.every(({ areaDesc }) => areaDesc.trim() !== ""),
        `${path}.area`,
        "An area has no name.",
      ),
      ...ensure(
        alert.msgType === "Cancel" || !!info.instruction?.trim() || info.responseType.length > 0,
        `${path}.instruction`,
        "It does not say what to do.",
      ),
    ]),
  },
  {
    id: "WEA-017",
    level: "advice",
    source: "practice of carriers",
    confidence: "M",
    says: "A Cancel stops the broadcast; it takes no text off a phone and sends none.",
    check: (alert) =>
      ensure(
        alert.msgType !== "Cancel" || !goesTo(alert, "CMAS"),
        "msgType",
        "People who should know need a message of their own.",
      ),
  },
];
