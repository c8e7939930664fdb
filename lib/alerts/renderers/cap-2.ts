import type { CapAlert, CapInfo } from "../../standards/cap/model";
import { writeCapTime } from "../../standards/cap/time";
import { inLanguage } from "../../platform/language";
import type { SlotValues } from "../../wording/slots";
import { fillParts, toCapTexts } from "../../wording/texts";
import { type Bundle, type BundleMessage, timesOf as textTimes, zoneOf } from "../bundle";
import { longestTimeSlots, timeSlots } from "../clock-words";

/**
 * From the approved bundle to CAP: only the moment of sending is added. This
 * renderer wrote published bytes, so it is never changed: a message that should
 * look otherwise gets another renderer beside it, with a name of its own.
 */

export const RENDERER = "cap-2";

/** What a message asks of people. Phones refuse AllClear (WEA-008), and a Cancel asks for nothing. */
function responseOf({ msgType, tells, audience }: BundleMessage): CapInfo["responseType"] {
  if (msgType === "Cancel") return [];
  if (tells === "outage") return ["Execute"];
  return tells === "all-clear" && audience === "broadcasters" ? ["AllClear"] : ["Monitor"];
}

/** Stations get what follows a warning as an administrative message (EAS-013); phones know no such event. */
const isAdministrative = ({ msgType, tells, audience }: BundleMessage) =>
  audience === "broadcasters" && msgType !== "Cancel" && tells !== "outage";

/** What a message becomes, with its times as given. */
function toCap(
  bundle: Bundle,
  message: BundleMessage,
  { sent, expires }: { sent: string; expires: string },
  slots: (language: string) => SlotValues,
): CapAlert {
  const blocked = message.audience === "phones" ? ["EAS", "NWEM"] : ["CMAS", "NWEM"];
  return {
    identifier: message.identifier,
    sender: bundle.sender,
    sent,
    status: bundle.status,
    msgType: message.msgType,
    source: bundle.source,
    scope: "Public",
    code: ["IPAWSv1.0"],
    ...(bundle.note ? { note: bundle.note } : {}),
    ...(message.references ? { references: message.references } : {}),
    incidents: bundle.incident,
    info: message.texts.flatMap(({ language, inCap, parts }) => {
      if (!inCap) return [];
      const { parameter, ...texts } = toCapTexts(fillParts(parts, slots(language)));
      return {
        language,
        category: ["Safety", "Infra"],
        event: isAdministrative(message) ? "Administrative Message" : "911 Telephone Outage Emergency",
        responseType: responseOf(message),
        urgency: "Immediate",
        severity: "Severe",
        certainty: "Observed",
        eventCode: [{ valueName: "SAME", value: isAdministrative(message) ? "ADR" : "TOE" }],
        expires,
        senderName: inLanguage(bundle.senderName, language),
        ...texts,
        ...(bundle.web ? { web: bundle.web } : {}),
        ...(bundle.contact ? { contact: bundle.contact } : {}),
        parameter: [
          { valueName: "EAS-ORG", value: "CIV" },
          ...(isAdministrative(message) ? [] : [{ valueName: "WEAHandling", value: "Public Safety" }]),
          ...parameter,
          ...blocked.map((value) => ({ valueName: "BLOCKCHANNEL", value })),
        ],
        resource: [],
        area: message.areas.map((area) => ({
          areaDesc: inLanguage(area.areaDesc, language),
          polygon: area.polygons,
          circle: [],
          geocode: area.sameCodes.map((value) => ({ valueName: "SAME", value })),
        })),
      };
    }),
  };
}

const timesOf = (bundle: Bundle, message: BundleMessage, sent: number) => ({
  sent: writeCapTime(sent, zoneOf(bundle, message)),
  expires: writeCapTime(sent + bundle.validMinutes * 60_000, zoneOf(bundle, message)),
});

/** The CAP message as it is when sent at this moment, in milliseconds since 1970. */
export function renderMessage(bundle: Bundle, message: BundleMessage, sent: number): CapAlert {
  return toCap(bundle, message, timesOf(bundle, message, sent), (language) =>
    timeSlots(language, textTimes(bundle, message, sent)),
  );
}

/** The CAP message at its longest, which is what the length rules are asked about. */
export function renderLongest(bundle: Bundle, message: BundleMessage, sent: number): CapAlert {
  return toCap(bundle, message, timesOf(bundle, message, sent), longestTimeSlots);
}

/** The CAP message without its times: slots of the clock stay open, and both times are empty. */
export function renderTimeless(bundle: Bundle, message: BundleMessage): CapAlert {
  return toCap(bundle, message, { sent: "", expires: "" }, () => ({}));
}
