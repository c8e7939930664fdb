import { eachInfo, eachPolygon, type MessageRule } from "../cap/rules";
import { type CapAlert, type CapInfo, STATUSES, valuesOf } from "../cap/model";
import { parseCapTime } from "../cap/time";
import { trimSpace } from "../cap/white-space";
import { examinePolygon } from "../geometry/polygon";
import { fail, type Outcome, suggest, review, ensure, warn } from "../rule";
import { SAME_EVENT_CODES } from "./event-codes";

/** The IPAWS profile v1.0 and what IPAWS-OPEN checks, as far as a message alone shows it. */

export type Channel = "EAS" | "NWEM" | "CMAS";

/**
 * Whether a message means to go through IPAWS: it says so by its code, or has
 * parameters that nothing else reads.
 */
export function claimsIpaws(alert: CapAlert): boolean {
  return (
    alert.code.some((code) => /ipaws/i.test(code)) ||
    alert.info.some((info) =>
      info.parameter.some(({ valueName }) => /^(EAS-ORG|WEAHandling|CMAM(long)?text|BLOCKCHANNEL)$/.test(valueName)),
    )
  );
}

/** Whether IPAWS would pass an info on to one of these channels; its BLOCKCHANNEL says which it would not (IPAWS-021). */
export function infoGoesTo(info: CapInfo, ...channels: Channel[]): boolean {
  const blocked = valuesOf(info.parameter, "BLOCKCHANNEL");
  return channels.some((channel) => !blocked.includes(channel));
}

/** Whether IPAWS would pass on to this channel anything of a message. */
export function goesTo(alert: CapAlert, channel: Channel): boolean {
  return alert.info.some((info) => infoGoesTo(info, channel));
}

/** Runs a check on every info that goes to one of these channels. */
export function eachInfoFor(
  alert: CapAlert,
  channels: readonly Channel[],
  check: (info: CapInfo, path: string) => Outcome[],
): Outcome[] {
  return eachInfo(alert, (info, path) => (infoGoesTo(info, ...channels) ? check(info, path) : []));
}

/** Channels on which a text is read out. */
const READ_OUT = ["EAS", "NWEM"] as const;

/** Corners of an outline; the pair that closes it is the first again. */
function countCorners(polygon: string): number {
  const { corners, closed } = examinePolygon(polygon);
  return (corners?.length ?? 0) - (closed ? 1 : 0);
}

const sameSet = (left: readonly string[], right: readonly string[]) =>
  left.every((value) => right.includes(value)) && right.every((value) => left.includes(value));
const codesOf = (alert: CapAlert, index: number) =>
  (alert.info[index]?.eventCode ?? []).map((code) => `${code.valueName}=${code.value}`);

function needsInfo(alert: CapAlert): boolean {
  return alert.msgType !== "Cancel" && alert.scope !== "Private";
}

function parameterIs(name: string, allowed: readonly string[]): (alert: CapAlert) => Outcome[] {
  return (alert) =>
    eachInfo(alert, (info, path) =>
      valuesOf(info.parameter, name).flatMap((value) =>
        ensure(allowed.includes(value), `${path}.parameter[${name}]`, `"${value}" is not a value of ${name}.`),
      ),
    );
}

/** Media types of sound and pictures for stations; wav and streaming mp3 are from the ECIG guide of 2010. */
const EAS_MEDIA: ReadonlySet<string> = new Set([
  "audio/x-ipaws-audio-mp3",
  "audio/x-ipaws-streaming-audio",
  "video/x-ipaws-video",
  "video/x-ipaws-streaming-video",
  "audio/x-ipaws-audio-wav",
  "audio/x-ipaws-streaming-audio-mp3",
]);

export const IPAWS_RULES: readonly MessageRule[] = [
  {
    id: "IPAWS-001",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "C",
    says: "One code is exactly IPAWSv1.0.",
    check: ({ code }) => ensure(code.includes("IPAWSv1.0"), "code", "The code IPAWSv1.0 is missing."),
  },
  {
    id: "IPAWS-002",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A message is public, or private from COG to COG; its status is the one that is meant, and only Actual reaches the public.",
    check: ({ scope, status }, { meant }) => [
      // One COG writes to another in private; IPAWS-007 says what such a message may leave out.
      ...ensure(scope === "Public" || scope === "Private", "scope", `Scope is ${scope}.`),
      ...(meant !== undefined
        ? ensure(status === meant, "status", `Status is ${status}; ${meant} is meant.`)
        : status === "Actual" || !STATUSES.includes(status)
          ? []
          : [review("status", `Status is ${status}: nobody outside would receive it. Is that meant?`)]),
    ],
  },
  {
    id: "IPAWS-003",
    level: "must",
    source: "IPAWS-OPEN guide v4.07, code 303",
    confidence: "S",
    says: "A message is handed over within five minutes of its sent time.",
    check: ({ sent }, { now }) => {
      const instant = parseCapTime(sent);
      if (now === undefined || instant === undefined) return [];
      const minutes = Math.round((now - instant) / 60_000);
      return ensure(
        Math.abs(now - instant) <= 5 * 60_000,
        "sent",
        minutes > 0 ? `It was sent ${minutes} minutes ago.` : `It is dated ${-minutes} minutes ahead.`,
      );
    },
  },
  {
    id: "IPAWS-004",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "The identifier has none of the characters IPAWS refuses.",
    check: ({ identifier }) =>
      ensure(!/[\s,'<>&{}|\\/^~[\]()]/.test(identifier), "identifier", "IPAWS refuses a character of the identifier."),
  },
  {
    id: "IPAWS-005",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "The sender has none of the characters IPAWS refuses.",
    check: ({ sender }) =>
      ensure(!/[\s,"<>&{}|\\^~]/.test(sender), "sender", "IPAWS refuses a character of the sender."),
  },
  {
    id: "IPAWS-006",
    level: "should",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A source of at most 30 characters is given.",
    check: ({ source }) =>
      ensure(!!source && source.length <= 30, "source", source ? "The source is too long." : "No source is given."),
  },
  {
    id: "IPAWS-007",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "C",
    says: "A message has at least one info, unless it cancels or is private.",
    check: (alert) => ensure(alert.info.length > 0 || !needsInfo(alert), "info", "The message has no info."),
  },
  {
    id: "IPAWS-008",
    level: "must",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "All infos have the same categories and the same event codes.",
    check: (alert) =>
      alert.info.flatMap((info, index) =>
        ensure(
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
        return ensure(
          codes.length === 1 && SAME_EVENT_CODES.has(codes[0] ?? ""),
          `${path}.eventCode`,
          codes.length === 1 ? `IPAWS does not know ${codes[0]}.` : `There are ${codes.length} SAME event codes.`,
        );
      }),
  },
  {
    id: "IPAWS-010",
    level: "must",
    source: "IPAWS profile v1.0; guide v4.07",
    confidence: "S",
    says: "Every info says when it expires, after it was sent, better five minutes or more.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const expires = parseCapTime(info.expires ?? "");
        const sent = parseCapTime(alert.sent) ?? -Infinity;
        if (expires === undefined) return [fail(`${path}.expires`, "It does not say when it ends.")];
        if (expires <= sent) return [fail(`${path}.expires`, "It ends before it was sent.")];
        return suggest(expires - sent >= 5 * 60_000, `${path}.expires`, "It ends within five minutes.");
      }),
  },
  {
    id: "IPAWS-011",
    level: "advice",
    source: "IPAWS profile v1.0",
    confidence: "S",
    says: "IPAWS takes no notice of effective and onset: alerts begin when they are issued.",
    check: (alert) => {
      const sent = parseCapTime(alert.sent) ?? 0;
      return eachInfo(alert, (info, path) =>
        (["effective", "onset"] as const).flatMap((name) =>
          ensure((parseCapTime(info[name] ?? "") ?? sent) <= sent, `${path}.${name}`, "It lies after the sent time."),
        ),
      );
    },
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
        return ensure(
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
    says: "For stations and weather radio EAS-ORG stands exactly once; where it stands it is PEP, EAS, WXR or CIV.",
    check: (alert) =>
      eachInfo(alert, (info, path) => {
        const values = valuesOf(info.parameter, "EAS-ORG");
        if (values.length === 0 && !infoGoesTo(info, "EAS", "NWEM")) return [];
        return ensure(
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
        return ensure(
          values.length <= 1 && values.every((value) => /^[^+-]{1,8}$/.test(value)),
          `${path}.parameter[EAS-STN-ID]`,
          "The station name does not fit a header.",
        );
      }),
  },
  {
    id: "IPAWS-016",
    level: "should",
    source: "IPAWS profile v1.0; guide v4.07",
    confidence: "S",
    says: "EAS-Must-Carry is TRUE or FALSE; TRUE marks a governor's message that stations must carry.",
    check: parameterIs("EAS-Must-Carry", ["TRUE", "FALSE", "True", "False", "true", "false"]),
  },
  {
    id: "IPAWS-017",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "What goes to stations or weather radio has a description, with the instruction better at most 1800 characters.",
    check: (alert) =>
      eachInfoFor(alert, READ_OUT, (info, path) => {
        if (!info.description?.trim()) return [fail(`${path}.description`, "There is no description to read out.")];
        const length = info.description.length + (info.instruction?.length ?? 0);
        return suggest(length <= 1800, `${path}.description`, `With the instruction it has ${length} characters.`);
      }),
  },
  {
    id: "IPAWS-018",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "What goes to stations or weather radio ends within 99 hours and 30 minutes.",
    check: (alert) =>
      eachInfoFor(alert, READ_OUT, (info, path) => {
        const length = (parseCapTime(info.expires ?? "") ?? 0) - (parseCapTime(alert.sent) ?? 0);
        return ensure(length <= 99.5 * 3_600_000, `${path}.expires`, "It lasts longer than EAS can say.");
      }),
  },
  {
    id: "IPAWS-019",
    level: "should",
    source: "IPAWS-OPEN guide v4.07; 47 CFR 11.31",
    confidence: "S",
    says: "What goes to stations or weather radio names at most 31 locations.",
    check: (alert) =>
      eachInfoFor(alert, READ_OUT, (info, path) => {
        const count = new Set(info.area.flatMap((area) => valuesOf(area.geocode, "SAME"))).size;
        return ensure(count <= 31, `${path}.area`, `It names ${count} locations.`);
      }),
  },
  {
    id: "IPAWS-020",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "What goes to weather radio has polygons of at most 20 corners and no circle; better with its COG in the sender's name.",
    check: (alert) =>
      eachInfoFor(alert, ["NWEM"], (info, path) => [
        ...info.area.flatMap((area, index) => [
          ...ensure(area.circle.length === 0, `${path}.area[${index}].circle`, "Weather radio takes no circle."),
          ...area.polygon.flatMap((polygon, which) => {
            const count = countCorners(polygon);
            return ensure(count <= 20, `${path}.area[${index}].polygon[${which}]`, `It has ${count} corners.`);
          }),
        ]),
        ...suggest(
          /^\d+,[^,]+,.+$/.test(info.senderName ?? ""),
          `${path}.senderName`,
          "It is not COG number, COG name, requesting agency.",
        ),
      ]),
  },
  {
    id: "IPAWS-021",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "BLOCKCHANNEL is NWEM, EAS or CMAS; older messages also have CAPEXCH and PUBLIC.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        valuesOf(info.parameter, "BLOCKCHANNEL").flatMap((value) => {
          if (["NWEM", "EAS", "CMAS"].includes(value)) return [];
          const at = `${path}.parameter[BLOCKCHANNEL]`;
          return ["CAPEXCH", "PUBLIC"].includes(value)
            ? [warn(at, `${value} is of an older guide.`)]
            : [fail(at, `"${value}" is not a channel.`)];
        }),
      ),
  },
  {
    id: "IPAWS-022",
    level: "must",
    source: "IPAWS-OPEN guide v4.07; ECIG guide v1.0",
    confidence: "S",
    says: "Sound for broadcasters is a resource of one of the types stations look for.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.resource.flatMap(({ resourceDesc, mimeType }, index) =>
          ensure(
            resourceDesc !== "EAS Broadcast Content" || EAS_MEDIA.has(mimeType),
            `${path}.resource[${index}].mimeType`,
            `Stations do not look for ${mimeType}.`,
          ),
        ),
      ),
  },
  {
    id: "IPAWS-023",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A web address is http or https, has at most 2083 characters, no space and no question mark.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        [
          { at: `${path}.web`, uri: info.web },
          ...info.resource.map(({ uri }, index) => ({ at: `${path}.resource[${index}].uri`, uri })),
        ].flatMap(({ at, uri }) =>
          ensure(
            !uri || (/^https?:\/\/[^\s?]+$/.test(uri) && uri.length <= 2083),
            at,
            "IPAWS refuses this web address.",
          ),
        ),
      ),
  },
  {
    id: "IPAWS-024",
    level: "must",
    source: "IPAWS-OPEN guide v4.07",
    confidence: "S",
    says: "A polygon has at most 200 corners, none twice, an area, no crossing and no space around it.",
    check: (alert) =>
      eachPolygon(alert, (polygon, path) => {
        const { corners, closed, crossing, repeated, area } = examinePolygon(polygon);
        if (!corners || !closed) return [];
        const count = countCorners(polygon);
        if (count > 200) return [fail(path, `The outline has ${count} corners.`)];
        return [
          ...ensure(trimSpace(polygon) === polygon, path, "A space stands around the outline."),
          ...ensure(repeated === undefined, path, "A corner stands twice in the outline."),
          ...ensure(area !== 0, path, "The outline has no area."),
          ...ensure(crossing === undefined, path, "The outline crosses itself."),
        ];
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
    id: "IPAWS-026",
    level: "advice",
    source: "seen in real messages",
    confidence: "C",
    says: "The parameter timezone is written in lower case.",
    check: (alert) =>
      eachInfo(alert, (info, path) =>
        info.parameter
          .filter(({ valueName }) => /^time-?zone$/i.test(valueName))
          .flatMap(({ valueName }) =>
            ensure(valueName === "timezone", `${path}.parameter[${valueName}]`, "It is not lower case."),
          ),
      ),
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
