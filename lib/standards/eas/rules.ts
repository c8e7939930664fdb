import { eachInfo, type MessageRule } from "../cap/rules";
import { valuesOf } from "../cap/model";
import { eachInfoFor, goesTo } from "../ipaws/rules";
import { ensure } from "../rule";
import { examinePolygon } from "../geometry/polygon";
import { isKnownLocation, kilometersFrom } from "./locations";
import { buildCrawl, EAS_TEXT_LIMIT } from "./text";

/** The Emergency Alert System, 47 CFR part 11, and the ECIG guide. */

/** Storms and rivers are warned of beyond a border; farther than this it is another place. */
const FAR_KM = 300;

export const EAS_RULES: readonly MessageRule[] = [
  {
    id: "EAS-003",
    level: "should",
    source: "47 CFR 11.31(d)",
    confidence: "S",
    says: "State and local officials originate as CIV.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        valuesOf(info.parameter, "EAS-ORG").flatMap((value) =>
          ensure(value === "CIV", `${path}.parameter[EAS-ORG]`, `${value} is not for state and local officials.`),
        ),
      ),
  },
  {
    id: "EAS-005",
    level: "must",
    source: "47 CFR 11.31(c) and (f)",
    confidence: "S",
    says: "A location is PSSCCC: part of county, state and county.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.area
          .flatMap((area) => valuesOf(area.geocode, "SAME"))
          .flatMap((code) => ensure(/^\d(\d{5})$/.test(code), `${path}.area`, `${code} is no EAS location.`)),
      ),
  },
  {
    id: "EAS-016",
    level: "should",
    source: "47 CFR 11.31(f); us-atlas 3.0.1",
    confidence: "S",
    says: "The county or state of a location is one there is.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.area
          .flatMap((area) => valuesOf(area.geocode, "SAME"))
          .filter((code) => /^\d{6}$/.test(code))
          .flatMap((code) => ensure(isKnownLocation(code), `${path}.area`, `Nothing has the code ${code}.`)),
      ),
  },
  {
    id: "EAS-017",
    level: "should",
    source: "product rule: an outline with latitude and longitude swapped is a good outline elsewhere",
    confidence: "C",
    says: "An outline lies near a place whose code stands beside it.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.area.flatMap((area, index) => {
          const codes = valuesOf(area.geocode, "SAME");
          return area.polygon.flatMap((polygon, which) => {
            const [corner] = examinePolygon(polygon).corners ?? [];
            if (!corner) return [];
            const away = codes.map((code) => kilometersFrom(code, corner)).filter((km) => km !== undefined);
            const nearest = Math.min(...away);
            return ensure(
              away.length < codes.length || codes.length === 0 || nearest <= FAR_KM,
              `${path}.area[${index}].polygon[${which}]`,
              `It lies ${Math.round(nearest).toLocaleString("en-US")} kilometers from what its code names. Are latitude and longitude swapped?`,
            );
          });
        }),
      ),
  },
  {
    id: "EAS-011",
    level: "should",
    source: "ECIG guide v1.0 §3.6",
    confidence: "M",
    says: "What a station crawls fits into 1800 characters.",
    check: (alert) =>
      eachInfoFor(alert, ["EAS"], (info, path) => {
        // Times are of nearly one length, so the longest usual one stands for all.
        const { cut } = buildCrawl(alert, info, () => "12:00 PM EDT Wednesday");
        return ensure(
          cut === 0,
          `${path}.description`,
          `Stations would cut off ${cut} of more than ${EAS_TEXT_LIMIT} characters.`,
        );
      }),
  },
  {
    id: "EAS-012",
    level: "should",
    source: "ECIG guide v1.0 §3.6",
    confidence: "M",
    says: "The sentence a station makes names the sender and every area.",
    check: (alert) =>
      eachInfoFor(alert, ["EAS"], (info, path) => [
        ...ensure(!!info.senderName?.trim(), `${path}.senderName`, "The station would read out an address."),
        ...ensure(
          info.area.every(({ areaDesc }) => areaDesc.trim() !== ""),
          `${path}.area`,
          "An area has no name to read out.",
        ),
      ]),
  },
  {
    id: "EAS-013",
    level: "advice",
    source: "Washington SECC plan, tab 8",
    confidence: "C",
    says: "What was broadcast cannot be recalled: a change or an end goes out as a message of its own.",
    check: (alert) =>
      ensure(
        (alert.msgType !== "Cancel" && alert.msgType !== "Update") || !goesTo(alert, "EAS"),
        "msgType",
        "Stations do not take back what they have read out.",
      ),
  },
];
