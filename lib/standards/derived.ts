import type { CapAlert } from "./cap/model";
import { valuesOf } from "./cap/model";
import { identifierOf } from "./cellbroadcast/message-identifiers";
import { CELL_BROADCAST_RULES } from "./cellbroadcast/pages";
import { HEADER_RULES, writeHeader } from "./eas/header";
import { infoGoesTo } from "./ipaws/rules";
import { applyRules, type Finding } from "./rule";

/**
 * What stations and phones are given from a message, checked in the form it then
 * has: the SAME header line, and each text as a cell broadcast.
 */

/** The network chooses the code and the update number when it sends; these stand for any. */
const ANY_SERIAL = { scope: 1, code: 0, update: 0 } as const;

const at = (path: string) => (finding: Finding) => ({ ...finding, path });

function headerFindings(alert: CapAlert): Finding[] {
  return alert.info.flatMap((info, index) => {
    if (!infoGoesTo(info, "EAS")) return [];
    // Without a place, a time or an event there is no header; the rules about those say so.
    const header = writeHeader(alert, info);
    return header === undefined
      ? []
      : applyRules(HEADER_RULES, header, undefined).map(at(`info[${index}].parameter[EAS-ORG]`));
  });
}

function broadcastFindings(alert: CapAlert): Finding[] {
  return alert.info.flatMap((info, index) => {
    if (!infoGoesTo(info, "CMAS")) return [];
    const messageIdentifier = identifierOf(alert, info);
    if (messageIdentifier === undefined) return [];
    const event = valuesOf(info.eventCode, "SAME")[0];
    return ["CMAMtext", "CMAMlongtext"].flatMap((name) =>
      valuesOf(info.parameter, name)
        .slice(0, 1)
        .flatMap((text) =>
          applyRules(
            CELL_BROADCAST_RULES,
            {
              serial: ANY_SERIAL,
              messageIdentifier,
              text,
              language: info.language || "en-US",
              ...(event === undefined ? {} : { event }),
            },
            undefined,
          ).map(at(`info[${index}].parameter[${name}]`)),
        ),
    );
  });
}

export function checkDerived(alert: CapAlert): Finding[] {
  return [...headerFindings(alert), ...broadcastFindings(alert)];
}
