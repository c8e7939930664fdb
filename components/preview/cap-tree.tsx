import type { CapAlert, CapArea, CapInfo } from "../../lib/standards/cap/model";

type Row = readonly [label: string, value: string | undefined];

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl>
      {rows
        .filter(([, value]) => value !== undefined && value !== "")
        .map(([label, value], index) => (
          <div key={`${label}-${index}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const named = (label: string, list: readonly { valueName: string; value: string }[]): Row[] =>
  list.map(({ valueName, value }) => [`${label} ${valueName}`, value] as const);

function AreaBranch({ area }: { area: CapArea }) {
  return (
    <details>
      <summary>Area: {area.areaDesc}</summary>
      <Rows
        rows={[
          ...area.polygon.map((polygon): Row => ["polygon", `${polygon.split(" ").length} points`]),
          ...named("geocode", area.geocode),
        ]}
      />
    </details>
  );
}

function InfoBranch({ info }: { info: CapInfo }) {
  return (
    <details open>
      <summary>Information, {info.language}</summary>
      <Rows
        rows={[
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
        ]}
      />
      {info.area.map((area, index) => (
        <AreaBranch key={index} area={area} />
      ))}
    </details>
  );
}

/** A CAP message as a tree with labels. */
export function CapTree({ alert }: { alert: CapAlert }) {
  return (
    <div className="cap-tree" data-verbatim>
      <Rows
        rows={[
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
        ]}
      />
      {alert.info.map((info) => (
        <InfoBranch key={info.language} info={info} />
      ))}
    </div>
  );
}
