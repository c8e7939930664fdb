import { eachInfo, eachPolygon, parsePolygon } from "../cap/rules";
import { type CapAlert, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { fail, type Outcome, type Rule } from "../rule";
import { SAME_EVENT_CODES } from "./event-codes";

/** The IPAWS profile v1.0 and what IPAWS-OPEN checks, as far as a message alone shows it. */

export type Channel = "EAS" | "NWEM" | "CMAS";

/** Whether IPAWS would pass a message on to this channel; BLOCKCHANNEL says which it would not (IPAWS-021). */
export function goesTo(alert: CapAlert, channel: Channel): boolean {
  return alert.info.some((info) => !valuesOf(info.parameter, "BLOCKCHANNEL").includes(channel));
}

const unless = (kept: boolean, path: string, message: string) => (kept ? [] : [fail(path, message)]);
const sameSet = (left: readonly string[], right: readonly string[]) =>
  [...new Set(left)].sort().join() === [...new Set(right)].sort().join();
const codesOf = (alert: CapAlert, index: number) =>
  (alert.info[index]?.eventCode ?? []).map((code) => `${code.valueName}=${code.value}`);

function needsInfo(alert: CapAlert): boolean {
  return alert.msgType !== "Cancel" && alert.scope !== "Private";
}

function parameterIs(name: string, allowed: readonly string[]): (alert: CapAlert) => Outcome[] {
  return (alert) =>
    eachInfo(alert, (info, path) =>
      valuesOf(info.parameter, name).flatMap((value) =>
        unless(allowed.includes(value), `${path}.parameter[${name}]`, `"${value}" is not a value of ${name}.`),
      ),
    );
}

export const IPAWS_RULES: readonly Rule<CapAlert>[] = [
  {
    id: "IPAWS-001",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "C",
    says: "One code is exactly IPAWSv1.0.",
    check: ({ code }) => unless(code.includes("IPAWSv1.0"), "code", "The code IPAWSv1.0 is missing."),
  },
  {
    id: "IPAWS-004",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "The identifier has none of the characters IPAWS refuses.",
    check: ({ identifier }) =>
      unless(!/[\s,'<>&{}|\\/^~[\]()]/.test(identifier), "identifier", "IPAWS refuses a character of the identifier."),
  },
  {
    id: "IPAWS-005",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "The sender has none of the characters IPAWS refuses.",
    check: ({ sender }) =>
      unless(!/[\s,"<>&{}|\\^~]/.test(sender), "sender", "IPAWS refuses a character of the sender."),
  },
  {
    id: "IPAWS-006",
    level: "should",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A source of at most 30 characters is given.",
    check: ({ source }) =>
      unless(!!source && source.length <= 30, "source", source ? "The source is too long." : "No source is given."),
  },
  {
    id: "IPAWS-007",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "C",
    says: "A message has at least one info, unless it cancels or is private.",
    check: (alert) => unless(alert.info.length > 0 || !needsInfo(alert), "info", "The message has no info."),
  },
  {
    id: "IPAWS-008",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "All infos have the same categories and the same event codes.",
    check: (alert) =>
      alert.info.flatMap((info, index) =>
        unless(
          sameSet(info.category, alert.info[0]?.category ?? []) && sameSet(codesOf(alert, index), codesOf(alert, 0)),
          `info[${index}]`,
          "Its category or event code differs from the first info.",
        ),
      ),
  },
  {
    id: "IPAWS-009",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "Every info has exactly one SAME event code that IPAWS knows.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const codes = valuesOf(info.eventCode, "SAME");
        return unless(
          codes.length === 1 && SAME_EVENT_CODES.has(codes[0] ?? ""),
          `${path}.eventCode`,
          codes.length === 1 ? `IPAWS does not know ${codes[0]}.` : `There are ${codes.length} SAME event codes.`,
        );
      }),
  },
  {
    id: "IPAWS-010",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "Every info says when it expires, after it was sent.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const expires = parseCapTime(info.expires ?? "");
        return unless(
          expires !== undefined && expires > (parseCapTime(alert.sent) ?? -Infinity),
          `${path}.expires`,
          "It does not say when it ends.",
        );
      }),
  },
  {
    id: "IPAWS-012",
    level: "must",
    source: "IPAWS profile v1.0; guide v4.07",
    confidence: "S",
    says: "Every info has an area with a SAME geocode of six digits.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const codes = info.area.flatMap((area) => valuesOf(area.geocode, "SAME"));
        return unless(
          codes.length > 0 && codes.every((code) => /^\d{6}$/.test(code)),
          `${path}.area`,
          codes.length ? "A SAME code has not six digits." : "There is no SAME code.",
        );
      }),
  },
  {
    id: "IPAWS-014",
    level: "must",
    source: "IPAWS profile v1.0; guide v4.07",
    confidence: "S",
    says: "EAS-ORG stands exactly once and is PEP, EAS, WXR or CIV.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const values = valuesOf(info.parameter, "EAS-ORG");
        return unless(
          values.length === 1 && ["PEP", "EAS", "WXR", "CIV"].includes(values[0] ?? ""),
          `${path}.parameter[EAS-ORG]`,
          values.length === 1 ? `"${values[0]}" is no originator.` : `EAS-ORG stands ${values.length} times.`,
        );
      }),
  },
  {
    id: "IPAWS-015",
    level: "should",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "EAS-STN-ID stands at most once, with at most 8 characters and without - or +.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const values = valuesOf(info.parameter, "EAS-STN-ID");
        return unless(
          values.length <= 1 && values.every((value) => /^[^+-]{1,8}$/.test(value)),
          `${path}.parameter[EAS-STN-ID]`,
          "The station name does not fit a header.",
        );
      }),
  },
  {
    id: "IPAWS-017",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "What goes to broadcasters has a description.",
    check: (alert) =>
      !goesTo(alert, "EAS")
        ? []
        : eachInfo(alert, (info, path) =>
            unless(!!info.description?.trim(), `${path}.description`, "There is no description to read out."),
          ),
  },
  {
    id: "IPAWS-018",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "What goes to broadcasters ends within 99 hours and 30 minutes.",
    check: (alert) =>
      !goesTo(alert, "EAS")
        ? []
        : eachInfo(alert, (info, path) => {
            const length = (parseCapTime(info.expires ?? "") ?? 0) - (parseCapTime(alert.sent) ?? 0);
            return unless(length <= 99.5 * 3_600_000, `${path}.expires`, "It lasts longer than EAS can say.");
          }),
  },
  {
    id: "IPAWS-019",
    level: "should",
    source: "IPAWS-OPEN guide v4.07; 47 CFR 11.31",
    confidence: "S",
    says: "What goes to broadcasters names at most 31 locations.",
    check: (alert) =>
      !goesTo(alert, "EAS")
        ? []
        : eachInfo(alert, (info, path) => {
            const count = new Set(info.area.flatMap((area) => valuesOf(area.geocode, "SAME"))).size;
            return unless(count <= 31, `${path}.area`, `It names ${count} locations.`);
          }),
  },
  {
    id: "IPAWS-021",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "BLOCKCHANNEL is NWEM, EAS or CMAS.",
    check: parameterIs("BLOCKCHANNEL", ["NWEM", "EAS", "CMAS"]),
  },
  {
    id: "IPAWS-023",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A web address is http or https, has at most 2083 characters, no space and no question mark.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        unless(
          info.web === undefined || (/^https?:\/\/[^\s?]+$/.test(info.web) && info.web.length <= 2083),
          `${path}.web`,
          "IPAWS refuses this web address.",
        ),
      ),
  },
  {
    id: "IPAWS-024",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A polygon has at most 200 corners and none twice.",
    check: (alert) =>
      eachPolygon(alert, (polygon, path) => {
        const corners = (parsePolygon(polygon) ?? []).slice(1).map((corner) => corner.join());
        if (corners.length > 199) return [fail(path, `The outline has ${corners.length + 1} corners.`)];
        return unless(new Set(corners).size === corners.length, path, "A corner stands twice in the outline.");
      }),
  },
  {
    id: "IPAWS-025",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "DBGFBYPASS is TRUE or FALSE.",
    check: parameterIs("DBGFBYPASS", ["TRUE", "FALSE"]),
  },
  {
    id: "IPAWS-027",
    level: "must",
    source: "FEMA IPAWS tip 9, December 2018",
    confidence: "C",
    says: "Quotes and apostrophes are straight.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        [info.headline, info.description, info.instruction, ...info.parameter.map((parameter) => parameter.value)]
          .filter((text) => /[‘’‚“”„]/.test(text ?? ""))
          .map(() => fail(path, "A curly quote made real alerts fail.")),
      ),
  },
];
