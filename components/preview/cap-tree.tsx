import type { CapAlert, CapArea, CapInfo } from "../../lib/standards/cap/model";
import { type CapRow, findEarlier } from "./cap-rows";
import { MarkedLines } from "./marked-lines";

/** What a branch was when the page was opened; null where it was not there, undefined where nothing is marked. */
type Before<Branch> = Branch | null | undefined;

function Rows({ rows, before }: { rows: readonly CapRow[]; before: Before<readonly CapRow[]> }) {
  const earlier = findEarlier(rows, before);
  return (
    <dl>
      {rows.map(
        ([label, value], index) =>
          value !== undefined &&
          value !== "" && (
            <div key={`${label}-${index}`}>
              <dt>{label}</dt>
              <dd>
                <MarkedLines before={earlier[index]} after={value} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The branch it was, by what it is called; null where there was none. */
function branchBefore<Branch>(list: readonly Branch[] | null | undefined, isSame: (one: Branch) => boolean) {
  return list ? (list.find(isSame) ?? null) : list;
}

const named = (label: string, list: readonly { valueName: string; value: string }[]): CapRow[] =>
  list.map(({ valueName, value }) => [`${label} ${valueName}`, value] as const);

const areaRows = (area: CapArea): CapRow[] => [
  ...area.polygon.map((polygon): CapRow => ["polygon", `${polygon.split(" ").length} points`]),
  ...named("geocode", area.geocode),
];

function AreaBranch({ area, before }: { area: CapArea; before: Before<CapArea> }) {
  return (
    <details>
      <summary>
        Area:{" "}
        <MarkedLines before={before === undefined ? undefined : (before?.areaDesc ?? null)} after={area.areaDesc} />
      </summary>
      <Rows rows={areaRows(area)} before={before && areaRows(before)} />
    </details>
  );
}

const infoRows = (info: CapInfo): CapRow[] => [
  ["headline", info.headline],
  ["description", info.description],
  ["instruction", info.instruction],
  ["event", info.event],
  ["category", info.category.join(", ")],
  ["responseType", info.responseType.join(", ")],
  ["urgency, severity, certainty", `${info.urgency}, ${info.severity}, ${info.certainty}`],
  ...named("eventCode", info.eventCode),
  ["expires", info.expires],
  ["senderName", info.senderName],
  ["web", info.web],
  ["contact", info.contact],
  ...named("parameter", info.parameter),
];

function InfoBranch({ info, before }: { info: CapInfo; before: Before<CapInfo> }) {
  return (
    <details open>
      <summary>Information, {info.language}</summary>
      <Rows rows={infoRows(info)} before={before && infoRows(before)} />
      {info.area.map((area, index) => (
        <AreaBranch
          key={index}
          area={area}
          before={branchBefore(before && before.area, ({ areaDesc }) => areaDesc === area.areaDesc)}
        />
      ))}
    </details>
  );
}

const alertRows = (alert: CapAlert): CapRow[] => [
  ["identifier", alert.identifier],
  ["sender", alert.sender],
  ["sent (stamped at publication)", alert.sent],
  ["status", alert.status],
  ["msgType", alert.msgType],
  ["source", alert.source],
  ["scope", alert.scope],
  ["code", alert.code.join(", ")],
  ["note", alert.note],
  ["references", alert.references],
  ["incidents", alert.incidents],
];

/**
 * A CAP message as a tree with labels.
 * @param before the message to mark changes against; null where there was none, so that all of it is new; without it nothing is marked
 */
export function CapTree({ alert, before }: { alert: CapAlert; before?: CapAlert | null }) {
  return (
    <div className="cap-tree" data-verbatim>
      <Rows rows={alertRows(alert)} before={before && alertRows(before)} />
      {alert.info.map((info) => (
        <InfoBranch
          key={info.language}
          info={info}
          before={branchBefore(before && before.info, ({ language }) => language === info.language)}
        />
      ))}
    </div>
  );
}
