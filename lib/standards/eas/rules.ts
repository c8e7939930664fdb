import { eachInfo, type MessageRule } from "../cap/rules";
import { valuesOf } from "../cap/model";
import { goesTo } from "../ipaws/rules";
import { ensure } from "../rule";
import { buildCrawl, EAS_TEXT_LIMIT } from "./text";

/** The Emergency Alert System, 47 CFR part 11, and the ECIG guide. */

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
    id: "EAS-011",
    level: "should",
    source: "ECIG guide v1.0 §3.6",
    confidence: "M",
    says: "What a station crawls fits into 1800 characters.",
    check: (alert) =>
      !goesTo(alert, "EAS")
        ? []
        : eachInfo(alert, (info, path) => {
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
      !goesTo(alert, "EAS")
        ? []
        : eachInfo(alert, (info, path) => [
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
