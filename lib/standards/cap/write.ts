import { CAP_NAMESPACES, type CapAlert, type CapArea, type CapInfo, type CapResource, type NamedValue } from "./model";

/**
 * Writes CAP 1.2. Elements stand in the order of the schema (CAP-002), empty
 * optional ones are left out (CAP-037) and empty ones that it asks for are not,
 * the same model gives the same bytes.
 */

/** Characters XML 1.0 cannot carry at all, section 2.2; lone surrogates among them. */
const UNWRITABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Escapes text for an element. A carriage return would be lost on reading unless it is a reference. */
export function escapeText(text: string): string {
  return text
    .replace(UNWRITABLE, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r/g, "&#13;");
}

/** An element the schema asks for: it is written even when it is empty. */
function required(depth: number, name: string, value: string): string {
  return `${"  ".repeat(depth)}<${name}>${escapeText(value)}</${name}>\n`;
}

function element(depth: number, name: string, value: string | undefined): string {
  return value === undefined || value === "" ? "" : required(depth, name, value);
}

/** A number as xs:decimal has it: digits and a point, never an exponent. What is no number is left out. */
function decimal(depth: number, name: string, value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "";
  const text = Number.isInteger(value) ? BigInt(value).toString() : withoutExponent(value);
  return required(depth, name, text);
}

function withoutExponent(value: number): string {
  const plain = String(value);
  if (!plain.includes("e")) return plain;
  // Only numbers below a millionth are written so and are no whole numbers; a hundred decimals hold what they say.
  const text = value.toFixed(100);
  let end = text.length;
  while (text[end - 1] === "0") end -= 1;
  const short = text.slice(0, text[end - 1] === "." ? end - 1 : end);
  return short === "-0" ? "0" : short;
}

function elements(depth: number, name: string, values: readonly string[]): string {
  return values.map((value) => element(depth, name, value)).join("");
}

function named(depth: number, name: string, values: readonly NamedValue[]): string {
  const pad = "  ".repeat(depth);
  return values
    .map(
      ({ valueName, value }) =>
        `${pad}<${name}>\n${required(depth + 1, "valueName", valueName)}${required(depth + 1, "value", value)}` +
        `${pad}</${name}>\n`,
    )
    .join("");
}

function writeResource(resource: CapResource): string {
  return (
    `    <resource>\n` +
    required(3, "resourceDesc", resource.resourceDesc) +
    required(3, "mimeType", resource.mimeType) +
    decimal(3, "size", resource.size) +
    element(3, "uri", resource.uri) +
    element(3, "derefUri", resource.derefUri) +
    element(3, "digest", resource.digest) +
    `    </resource>\n`
  );
}

function writeArea(area: CapArea): string {
  return (
    `    <area>\n` +
    required(3, "areaDesc", area.areaDesc) +
    elements(3, "polygon", area.polygon) +
    elements(3, "circle", area.circle) +
    named(3, "geocode", area.geocode) +
    decimal(3, "altitude", area.altitude) +
    decimal(3, "ceiling", area.ceiling) +
    `    </area>\n`
  );
}

function writeInfo(info: CapInfo): string {
  return (
    `  <info>\n` +
    element(2, "language", info.language) +
    elements(2, "category", info.category) +
    required(2, "event", info.event) +
    elements(2, "responseType", info.responseType) +
    required(2, "urgency", info.urgency) +
    required(2, "severity", info.severity) +
    required(2, "certainty", info.certainty) +
    element(2, "audience", info.audience) +
    named(2, "eventCode", info.eventCode) +
    element(2, "effective", info.effective) +
    element(2, "onset", info.onset) +
    element(2, "expires", info.expires) +
    element(2, "senderName", info.senderName) +
    element(2, "headline", info.headline) +
    element(2, "description", info.description) +
    element(2, "instruction", info.instruction) +
    element(2, "web", info.web) +
    element(2, "contact", info.contact) +
    named(2, "parameter", info.parameter) +
    info.resource.map(writeResource).join("") +
    info.area.map(writeArea).join("") +
    `  </info>\n`
  );
}

/** The whole document, UTF-8 by declaration, ending in a line break. */
export function writeCap(alert: CapAlert): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACES["1.2"]}">\n` +
    required(1, "identifier", alert.identifier) +
    required(1, "sender", alert.sender) +
    required(1, "sent", alert.sent) +
    required(1, "status", alert.status) +
    required(1, "msgType", alert.msgType) +
    element(1, "source", alert.source) +
    required(1, "scope", alert.scope) +
    element(1, "restriction", alert.restriction) +
    element(1, "addresses", alert.addresses) +
    elements(1, "code", alert.code) +
    element(1, "note", alert.note) +
    element(1, "references", alert.references) +
    element(1, "incidents", alert.incidents) +
    alert.info.map(writeInfo).join("") +
    (alert.signature ?? []).join("") +
    `</alert>\n`
  );
}
