import { fail, type Finding, type Outcome, type Rule } from "../rule";
import { locateTags } from "../xml/locate";
import { type XmlNode } from "../xml/tree";
import {
  CAP_NAMESPACES,
  type CapAlert,
  type CapArea,
  type CapInfo,
  type CapResource,
  type CapVersion,
  CATEGORIES,
  CERTAINTIES,
  MESSAGE_TYPES,
  type NamedValue,
  RESPONSE_TYPES,
  SCOPES,
  SEVERITIES,
  SIGNATURE_NAMESPACE,
  STATUSES,
  URGENCIES,
} from "./model";

/**
 * From an XML element to CAP as data: 1.2, and 1.1 and 1.0 as far as 1.2 can
 * hold them. What is wrong with the form becomes findings; what can be read is
 * read all the same.
 */

/** Name, least and most times; the order of the list is the order of the schema. */
type Slot = readonly [name: string, least: 0 | 1, most: 1 | typeof Infinity];

const MANY = Infinity;
const ALERT: readonly Slot[] = [
  ["identifier", 1, 1], ["sender", 1, 1], ["sent", 1, 1], ["status", 1, 1], ["msgType", 1, 1], ["source", 0, 1],
  ["scope", 1, 1], ["restriction", 0, 1], ["addresses", 0, 1], ["code", 0, MANY], ["note", 0, 1],
  ["references", 0, 1], ["incidents", 0, 1], ["info", 0, MANY],
]; // prettier-ignore
const INFO: readonly Slot[] = [
  ["language", 0, 1], ["category", 1, MANY], ["event", 1, 1], ["responseType", 0, MANY], ["urgency", 1, 1],
  ["severity", 1, 1], ["certainty", 1, 1], ["audience", 0, 1], ["eventCode", 0, MANY], ["effective", 0, 1],
  ["onset", 0, 1], ["expires", 0, 1], ["senderName", 0, 1], ["headline", 0, 1], ["description", 0, 1],
  ["instruction", 0, 1], ["web", 0, 1], ["contact", 0, 1], ["parameter", 0, MANY], ["resource", 0, MANY],
  ["area", 0, MANY],
]; // prettier-ignore
const RESOURCE: readonly Slot[] = [
  ["resourceDesc", 1, 1], ["mimeType", 1, 1], ["size", 0, 1], ["uri", 0, 1], ["derefUri", 0, 1], ["digest", 0, 1],
]; // prettier-ignore
const AREA: readonly Slot[] = [
  ["areaDesc", 1, 1], ["polygon", 0, MANY], ["circle", 0, MANY], ["geocode", 0, MANY], ["altitude", 0, 1],
  ["ceiling", 0, 1],
]; // prettier-ignore
const NAMED: readonly Slot[] = [["valueName", 1, 1], ["value", 1, 1]]; // prettier-ignore

/** What earlier versions asked for differently. */
const OLDER: Record<"1.1" | "1.0", { optional: readonly string[]; extra: readonly string[] }> = {
  "1.1": { optional: ["mimeType"], extra: [] },
  "1.0": { optional: ["mimeType", "scope"], extra: ["password"] },
};

const ENUMERATIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  status: new Set(STATUSES),
  msgType: new Set(MESSAGE_TYPES),
  scope: new Set(SCOPES),
  category: new Set(CATEGORIES),
  responseType: new Set(RESPONSE_TYPES),
  urgency: new Set(URGENCIES),
  severity: new Set(SEVERITIES),
  certainty: new Set(CERTAINTIES),
};

/** A rule about the form of the document, found while reading it. */
type FormRule = "CAP-001" | "CAP-002" | "CAP-039" | "CAP-041";

interface FormOutcome extends Outcome {
  rule: FormRule;
}

export interface CapDocument {
  root: XmlNode;
}

function outcomesOf(rule: FormRule): Rule<CapDocument>["check"] {
  return ({ root }) => readRoot(root).form.filter((outcome) => outcome.rule === rule);
}

/** Rules about the document itself, which a message as data cannot break. */
export const DOCUMENT_RULES: readonly Rule<CapDocument>[] = [
  {
    id: "CAP-001",
    level: "must",
    source: "CAP 1.2 schema; §3.2.1",
    confidence: "C",
    says: "The document is one alert in the namespace of CAP 1.2.",
    check: outcomesOf("CAP-001"),
  },
  {
    id: "CAP-002",
    level: "must",
    source: "CAP 1.2 schema",
    confidence: "C",
    says: "Elements stand in the order of the schema.",
    check: outcomesOf("CAP-002"),
  },
  {
    id: "CAP-039",
    level: "must",
    source: "CAP 1.2 schema; §3.3.4",
    confidence: "C",
    says: "Signatures are enveloped XML signatures, the last elements of the alert.",
    check: outcomesOf("CAP-039"),
  },
  {
    id: "CAP-041",
    level: "must",
    source: "CAP 1.2 §4.2; schema",
    confidence: "C",
    says: "Every element the schema asks for is there, none it does not know, each with a value it allows.",
    check: outcomesOf("CAP-041"),
  },
];

const capital = (name: string) => `“${name}”`;

/** Reads the children of one element against its list, and says what does not fit. */
function readGroup(node: XmlNode, slots: readonly Slot[], path: string, form: FormOutcome[], version: CapVersion) {
  const found = new Map<string, XmlNode[]>();
  const at = (name: string) => (path ? `${path}.${name}` : name);
  const say = (rule: FormRule, where: string, message: string, line: number) =>
    form.push({ ...fail(where, message), rule, line });
  const older = version === "1.2" ? undefined : OLDER[version];
  let reached = 0;
  for (const child of node.children) {
    if (child.namespace !== node.namespace) {
      if (child.namespace === SIGNATURE_NAMESPACE && path === "") continue;
      const rule = child.namespace === SIGNATURE_NAMESPACE ? "CAP-039" : "CAP-041";
      say(rule, path, `${capital(child.name)} is of another namespace.`, child.line);
      continue;
    }
    const position = slots.findIndex(([name]) => name === child.name);
    if (position === -1) {
      if (!older?.extra.includes(child.name))
        say("CAP-041", path, `CAP knows no ${capital(child.name)} here.`, child.line);
      continue;
    }
    if (position < reached) {
      say(
        "CAP-002",
        at(child.name),
        `${capital(child.name)} stands behind ${capital(slots[reached]![0])}.`,
        child.line,
      );
    }
    reached = Math.max(reached, position);
    const list = found.get(child.name);
    if (list) list.push(child);
    else found.set(child.name, [child]);
  }
  for (const [name, least, most] of slots) {
    const nodes = found.get(name);
    const count = nodes?.length ?? 0;
    if (count < least && !older?.optional.includes(name)) {
      // CAP-018 has this for categories.
      if (name !== "category") say("CAP-041", at(name), `${capital(name)} is missing.`, node.line);
    } else if (count > most) {
      say("CAP-041", at(name), `${capital(name)} stands ${count} times.`, nodes![1]!.line);
    }
    const allowed = ENUMERATIONS[name];
    if (!nodes || !allowed) continue;
    for (const one of nodes) {
      if (allowed.has(one.text) || (version === "1.0" && one.text === "Very Likely")) continue;
      const found =
        one.text.trim() === "" ? `“${name}” is empty.` : `“${one.text.slice(0, 60)}” is no value of ${name}.`;
      say("CAP-041", at(name), found, one.line);
    }
  }
  if (node.text.trim() !== "") say("CAP-041", path, "Text stands between the elements.", node.line);
  return found;
}

type Group = ReturnType<typeof readGroup>;

const textOf = (group: Group, name: string): string | undefined => group.get(name)?.[0]?.text;
const textsOf = (group: Group, name: string): string[] => (group.get(name) ?? []).map(({ text }) => text);

/** Only the keys that have a value, so that a model compares equal to one that never had them. */
function optional<Name extends string>(group: Group, names: readonly Name[]): { [Key in Name]?: string } {
  const values: { [Key in Name]?: string } = {};
  for (const name of names) {
    const text = textOf(group, name);
    if (text !== undefined) values[name] = text;
  }
  return values;
}

function number(group: Group, name: string, path: string, form: FormOutcome[], whole: boolean): number | undefined {
  const node = group.get(name)?.[0];
  if (!node) return undefined;
  const good = (whole ? /^\s*[+-]?\d+\s*$/ : /^\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*$/).test(node.text);
  if (!good) {
    form.push({
      ...fail(`${path}.${name}`, `“${node.text.slice(0, 40)}” is no number.`),
      rule: "CAP-041",
      line: node.line,
    });
    return undefined;
  }
  return Number(node.text);
}

const numbered = (name: string, value: number | undefined) => (value === undefined ? {} : { [name]: value });

function readNamed(nodes: readonly XmlNode[] | undefined, path: string, form: FormOutcome[], version: CapVersion) {
  return (nodes ?? []).map((node): NamedValue => {
    // CAP 1.0 wrote NAME=VALUE.
    if (version === "1.0" && node.children.length === 0) {
      const [valueName, ...value] = node.text.split("=");
      return { valueName: valueName ?? "", value: value.join("=") };
    }
    const group = readGroup(node, NAMED, `${path}.${node.name}`, form, version);
    return { valueName: textOf(group, "valueName") ?? "", value: textOf(group, "value") ?? "" };
  });
}

function readArea(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapArea {
  const group = readGroup(node, AREA, path, form, version);
  return {
    areaDesc: textOf(group, "areaDesc") ?? "",
    polygon: textsOf(group, "polygon"),
    circle: textsOf(group, "circle"),
    geocode: readNamed(group.get("geocode"), path, form, version),
    ...numbered("altitude", number(group, "altitude", path, form, false)),
    ...numbered("ceiling", number(group, "ceiling", path, form, false)),
  };
}

function readResource(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapResource {
  const group = readGroup(node, RESOURCE, path, form, version);
  return {
    resourceDesc: textOf(group, "resourceDesc") ?? "",
    mimeType: textOf(group, "mimeType") ?? "",
    ...numbered("size", number(group, "size", path, form, true)),
    ...optional(group, ["uri", "derefUri", "digest"]),
  };
}

const INFO_BEFORE = ["audience"] as const;
const INFO_AFTER = [
  "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
] as const; // prettier-ignore

function readInfo(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapInfo {
  const group = readGroup(node, INFO, path, form, version);
  const certainty = textOf(group, "certainty");
  return {
    ...optional(group, ["language"]),
    category: textsOf(group, "category") as CapInfo["category"],
    event: textOf(group, "event") ?? "",
    responseType: textsOf(group, "responseType") as CapInfo["responseType"],
    // A value the schema does not allow is kept as it stands, so that it can be shown; CAP-041 says so.
    urgency: (textOf(group, "urgency") ?? "") as CapInfo["urgency"],
    severity: (textOf(group, "severity") ?? "") as CapInfo["severity"],
    // CAP 1.0's "Very Likely" is to be read as Likely (CAP-023).
    certainty: (certainty === "Very Likely" ? "Likely" : (certainty ?? "")) as CapInfo["certainty"],
    ...optional(group, INFO_BEFORE),
    eventCode: readNamed(group.get("eventCode"), path, form, version),
    ...optional(group, INFO_AFTER),
    parameter: readNamed(group.get("parameter"), path, form, version),
    resource: (group.get("resource") ?? []).map((one, index) =>
      readResource(one, `${path}.resource[${index}]`, form, version),
    ),
    area: (group.get("area") ?? []).map((one, index) => readArea(one, `${path}.area[${index}]`, form, version)),
  };
}

/** The version an element in this namespace has, or undefined when it is no CAP alert. */
export function versionOf(node: XmlNode): CapVersion | undefined {
  if (node.name !== "alert") return undefined;
  return (Object.keys(CAP_NAMESPACES) as CapVersion[]).find((version) => CAP_NAMESPACES[version] === node.namespace);
}

interface RootReading {
  version?: CapVersion;
  alert?: CapAlert;
  form: FormOutcome[];
}

function readSignaturePlaces(root: XmlNode, form: FormOutcome[]): void {
  const first = root.children.findIndex(({ namespace }) => namespace === SIGNATURE_NAMESPACE);
  if (first === -1) return;
  for (const node of root.children.slice(first)) {
    if (node.namespace === SIGNATURE_NAMESPACE && node.name === "Signature") continue;
    const message =
      node.namespace === SIGNATURE_NAMESPACE
        ? `“${node.name}” is no signature.`
        : `“${node.name}” stands behind the signature.`;
    form.push({ ...fail("", message), rule: "CAP-039", line: node.line });
  }
}

function readRoot(root: XmlNode): RootReading {
  const form: FormOutcome[] = [];
  const version = versionOf(root);
  if (version === undefined) {
    const where = root.namespace ? `of the namespace ${root.namespace.slice(0, 120)}` : "without a namespace";
    form.push({ ...fail("", `The document is “${root.name}” ${where}.`), rule: "CAP-001", line: root.line });
    return { form };
  }
  if (version !== "1.2") {
    form.push({ ...fail("", `This is CAP ${version}. It was read as such.`), rule: "CAP-001", line: root.line });
  }
  const attributes = Object.keys(root.attributes).filter((name) => !name.includes(":"));
  if (attributes.length > 0) {
    form.push({ ...fail("", `The alert has the attribute ${attributes[0]}.`), rule: "CAP-041", line: root.line });
  }
  const group = readGroup(root, ALERT, "", form, version);
  readSignaturePlaces(root, form);
  const alert: CapAlert = {
    identifier: textOf(group, "identifier") ?? "",
    sender: textOf(group, "sender") ?? "",
    sent: textOf(group, "sent") ?? "",
    status: (textOf(group, "status") ?? "") as CapAlert["status"],
    msgType: (textOf(group, "msgType") ?? "") as CapAlert["msgType"],
    ...optional(group, ["source"]),
    scope: (textOf(group, "scope") ?? (version === "1.0" ? "Public" : "")) as CapAlert["scope"],
    ...optional(group, ["restriction", "addresses"]),
    code: textsOf(group, "code"),
    ...optional(group, ["note", "references", "incidents"]),
    info: (group.get("info") ?? []).map((node, index) => readInfo(node, `info[${index}]`, form, version)),
  };
  return { version, alert, form };
}

/** The XML of each signature, with the prefixes it uses declared on it, so that it can stand elsewhere. */
function signatureXml(root: XmlNode, text: string): string[] {
  const nodes = root.children.filter(({ namespace }) => namespace === SIGNATURE_NAMESPACE);
  if (nodes.length === 0) return [];
  const places = locateTags(text);
  return nodes.map(({ index }) => {
    const { start, end } = places[index]!;
    const xml = text.slice(start, end);
    const prefix = /^<([A-Za-z_][\w.-]*):/.exec(xml)?.[1];
    if (prefix === undefined || new RegExp(`^<[^>]*\\sxmlns:${prefix}\\s*=`).test(xml)) return xml;
    return xml.replace(/^<[^\s/>]+/, `$& xmlns:${prefix}="${SIGNATURE_NAMESPACE}"`);
  });
}

export interface CapReading {
  /** Missing when the text is no CAP alert. */
  alert?: CapAlert;
  version?: CapVersion;
  /** The document, for the places of findings. Missing when the text is not XML. */
  root?: XmlNode;
  /** The text as it was read. */
  text: string;
  /** What is wrong with the form: XML-…, CAP-001, CAP-002, CAP-039, CAP-041, CAP-042. */
  findings: Finding[];
}

const ROWS = new Map(DOCUMENT_RULES.map((rule) => [rule.id, rule]));

function formFindings(form: readonly FormOutcome[]): Finding[] {
  return form.map((outcome) => {
    const { level, says } = ROWS.get(outcome.rule)!;
    return { ...outcome, level, says };
  });
}

/** Reads an alert that is an element of a larger document, such as a feed. */
export function readCapElement(node: XmlNode, text: string): CapReading {
  const { version, alert, form } = readRoot(node);
  const signature = alert ? signatureXml(node, text) : [];
  return {
    ...(alert ? { alert: signature.length > 0 ? { ...alert, signature } : alert } : {}),
    ...(version ? { version } : {}),
    root: node,
    text,
    findings: formFindings(form),
  };
}
