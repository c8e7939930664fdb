import { type CapAlert } from "../standards/cap/model";
import { writeCapTime } from "../standards/cap/time";
import { fillText, type SlotValues } from "../wording/slots";
import { type Bundle, type BundleMessage } from "./bundle";
import { longestTimeSlots, timeSlots } from "./clock-words";
import type { Language } from "../wording/schema";
import { MSG_TYPES } from "./schema";

/**
 * From the approved bundle to CAP: only the moment of sending is added. Anybody
 * can repeat it with the stored bundle and time, and must get the stored bytes.
 */

function fillTimes(message: BundleMessage["texts"][number], slots: SlotValues) {
  return {
    short: fillText(message.short, slots),
    long: fillText(message.long, slots),
    headline: fillText(message.headline, slots),
    description: fillText(message.description, slots),
    instruction: fillText(message.instruction, slots),
  };
}

function toCap(
  bundle: Bundle,
  message: BundleMessage,
  sent: number,
  slots: (language: Language) => SlotValues,
): CapAlert {
  const others = message.audience === "phones" ? ["EAS", "NWEM"] : ["CMAS", "NWEM"];
  return {
    identifier: message.identifier,
    sender: bundle.sender,
    sent: writeCapTime(sent, bundle.timeZone),
    status: bundle.status,
    msgType: MSG_TYPES[bundle.kind === "cancel" ? "cancellation" : "outage"],
    source: bundle.source,
    scope: "Public",
    code: ["IPAWSv1.0"],
    ...(bundle.note ? { note: bundle.note } : {}),
    ...(message.references ? { references: message.references } : {}),
    incidents: bundle.incident,
    info: message.texts.map((written) => {
      const text = fillTimes(written, slots(written.language));
      const spanish = written.language === "es-US";
      return {
        language: written.language,
        category: ["Safety", "Infra"],
        event: "911 Telephone Outage Emergency",
        responseType: bundle.kind === "cancel" ? [] : ["Execute"],
        urgency: "Immediate",
        severity: "Severe",
        certainty: "Observed",
        eventCode: [{ valueName: "SAME", value: "TOE" }],
        expires: writeCapTime(sent + bundle.validMinutes * 60_000, bundle.timeZone),
        senderName: spanish ? bundle.senderNameEs : bundle.senderName,
        headline: text.headline,
        description: text.description,
        instruction: text.instruction,
        ...(bundle.web ? { web: bundle.web } : {}),
        ...(bundle.contact ? { contact: bundle.contact } : {}),
        parameter: [
          { valueName: "EAS-ORG", value: "CIV" },
          { valueName: "WEAHandling", value: "Public Safety" },
          { valueName: "CMAMtext", value: text.short },
          { valueName: "CMAMlongtext", value: text.long },
          ...others.map((value) => ({ valueName: "BLOCKCHANNEL", value })),
        ],
        resource: [],
        area: message.areas.map((area) => ({
          areaDesc: spanish ? area.areaDescEs : area.areaDesc,
          polygon: area.polygons,
          circle: [],
          geocode: [{ valueName: "SAME", value: area.sameCode }],
        })),
      };
    }),
  };
}

/** The CAP message as it is when sent at this moment, in milliseconds since 1970. */
export function renderMessage(bundle: Bundle, message: BundleMessage, sent: number): CapAlert {
  return toCap(bundle, message, sent, (language) =>
    timeSlots(language, {
      sent,
      beganAt: bundle.beganAt,
      validMinutes: bundle.validMinutes,
      nextUpdateMinutes: bundle.nextUpdateMinutes,
      timeZone: bundle.timeZone,
    }),
  );
}

/** The CAP message at its longest, which is what the length rules are asked about. */
export function renderLongest(bundle: Bundle, message: BundleMessage, sent: number): CapAlert {
  return toCap(bundle, message, sent, longestTimeSlots);
}
