import type { CapAlert } from "../../standards/cap/model";
import { inLanguage } from "../../platform/language";
import type { SlotValues } from "../../wording/slots";
import { fillParts, toCapTexts } from "../../wording/texts";
import type { Bundle, BundleMessage } from "../bundle";

/**
 * From an approved bundle to CAP as it was written while there were first alerts
 * and cancellations only. It wrote published bytes, so it is never changed and
 * writes no new ones: cap-2 does.
 */

export const RENDERER = "cap-1";

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
    msgType: bundle.purpose === "cancellation" ? "Cancel" : "Alert",
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
        event: "911 Telephone Outage Emergency",
        responseType: bundle.purpose === "cancellation" ? [] : ["Execute"],
        urgency: "Immediate",
        severity: "Severe",
        certainty: "Observed",
        eventCode: [{ valueName: "SAME", value: "TOE" }],
        expires,
        senderName: inLanguage(bundle.senderName, language),
        ...texts,
        ...(bundle.web ? { web: bundle.web } : {}),
        ...(bundle.contact ? { contact: bundle.contact } : {}),
        parameter: [
          { valueName: "EAS-ORG", value: "CIV" },
          { valueName: "WEAHandling", value: "Public Safety" },
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

/** The CAP message without its times: slots of the clock stay open, and both times are empty. */
export function renderTimeless(bundle: Bundle, message: BundleMessage): CapAlert {
  return toCap(bundle, message, { sent: "", expires: "" }, () => ({}));
}
