import { fail, type Finding, type Outcome, type Rule } from "../rule";
import { locateTags } from "../xml/locate";
import { fullText, type XmlNode } from "../xml/tree";
import { collapse } from "./white-space";
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

/** Order of a list is the order of the schema. */
interface Slot {
  name: string;
  least: 0 | 1;
  most: number;
  /** Values the schema allows, where it lists them. */
  values: ReadonlySet<string> | undefined;
  /** Whether it holds text alone. */
  leaf: boolean;
}

interface Slots {
  list: readonly Slot[];
  places: ReadonlyMap<string, number>;
}

const VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map<string, ReadonlySet<string>>([
  ["status", new Set(STATUSES)],
  ["msgType", new Set(MESSAGE_TYPES)],
  ["scope", new Set(SCOPES)],
  ["category", new Set(CATEGORIES)],
  ["responseType", new Set(RESPONSE_TYPES)],
  ["urgency", new Set(URGENCIES)],
  ["severity", new Set(SEVERITIES)],
  ["certainty", new Set(CERTAINTIES)],
]);
const GROUPS: ReadonlySet<string> = new Set(["info", "resource", "area", "eventCode", "parameter", "geocode"]);
/** Elements whose type collapses white space before anything is compared (XML Schema 2 §4.3.6): tokens, addresses, languages. */
const COLLAPSED: ReadonlySet<string> = new Set([...VALUES.keys(), "language", "web", "uri"]);

/** @param list name, least and most times */
function slotsFrom(list: readonly (readonly [name: string, least: 0 | 1, most: number])[]): Slots {
  return {
    list: list.map(([name, least, most]) => ({
      name,
      least,
      most,
      values: VALUES.get(name),
      leaf: !GROUPS.has(name),
    })),
    places: new Map(list.map(([name], position) => [name, position])),
  };
}

const MANY = Infinity;
const ALERT = slotsFrom([
  ["identifier", 1, 1], ["sender", 1, 1], ["sent", 1, 1], ["status", 1, 1], ["msgType", 1, 1], ["source", 0, 1],
  ["scope", 1, 1], ["restriction", 0, 1], ["addresses", 0, 1], ["code", 0, MANY], ["note", 0, 1],
  ["references", 0, 1], ["incidents", 0, 1], ["info", 0, MANY],
]); // prettier-ignore
const INFO = slotsFrom([
  ["language", 0, 1], ["category", 1, MANY], ["event", 1, 1], ["responseType", 0, MANY], ["urgency", 1, 1],
  ["severity", 1, 1], ["certainty", 1, 1], ["audience", 0, 1], ["eventCode", 0, MANY], ["effective", 0, 1],
  ["onset", 0, 1], ["expires", 0, 1], ["senderName", 0, 1], ["headline", 0, 1], ["description", 0, 1],
  ["instruction", 0, 1], ["web", 0, 1], ["contact", 0, 1], ["parameter", 0, MANY], ["resource", 0, MANY],
  ["area", 0, MANY],
]); // prettier-ignore
const RESOURCE = slotsFrom([
  ["resourceDesc", 1, 1], ["mimeType", 1, 1], ["size", 0, 1], ["uri", 0, 1], ["derefUri", 0, 1], ["digest", 0, 1],
]); // prettier-ignore
const AREA = slotsFrom([
  ["areaDesc", 1, 1], ["polygon", 0, MANY], ["circle", 0, MANY], ["geocode", 0, MANY], ["altitude", 0, 1],
  ["ceiling", 0, 1],
]); // prettier-ignore
const NAMED = slotsFrom([["valueName", 1, 1], ["value", 1, 1]]); // prettier-ignore

/** What earlier versions asked for differently. */
const OLDER: Record<"1.1" | "1.0", { optional: readonly string[]; extra: readonly string[] }> = {
  "1.1": { optional: ["mimeType"], extra: [] },
  "1.0": { optional: ["mimeType", "scope"], extra: ["password"] },
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

function say(form: FormOutcome[], rule: FormRule, path: string, message: string, line: number): void {
  form.push({ verdict: "fail", path, message, rule, line });
}

const inside = (path: string, name: string) => (path ? `${path}.${name}` : name);

/** A child that is not where the list expects it, or not in it at all. */
function formatMisplaced(child: XmlNode, node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): void {
  if (child.namespace === node.namespace) {
    const extra = version === "1.2" ? [] : OLDER[version].extra;
    if (!extra.includes(child.name)) {
      say(form, "CAP-041", path, `CAP knows no ${capital(child.name)} here.`, child.line);
    }
    return;
  }
  const signature = child.namespace === SIGNATURE_NAMESPACE;
  if (signature && path === "") return;
  say(form, signature ? "CAP-039" : "CAP-041", path, `${capital(child.name)} is of another namespace.`, child.line);
}

function formatCount(
  node: XmlNode,
  slot: Slot,
  nodes: readonly XmlNode[],
  path: string,
  form: FormOutcome[],
  version: CapVersion,
): void {
  const { name, least, most } = slot;
  if (nodes.length > most) {
    say(form, "CAP-041", inside(path, name), `${capital(name)} stands ${nodes.length} times.`, nodes[1]!.line);
  } else if (nodes.length < least && name !== "category") {
    // CAP-018 has this for categories; what older versions did not ask for is not asked of them.
    if (version !== "1.2" && OLDER[version].optional.includes(name)) return;
    say(form, "CAP-041", inside(path, name), `${capital(name)} is missing.`, node.line);
  }
}

function formatValue(one: XmlNode, name: string, path: string, form: FormOutcome[], version: CapVersion): void {
  if (version === "1.0" && collapse(one.text) === "Very Likely") return;
  const found = one.text.trim() === "" ? `“${name}” is empty.` : `“${one.text.slice(0, 60)}” is no value of ${name}.`;
  say(form, "CAP-041", inside(path, name), found, one.line);
}

const NONE: readonly XmlNode[] = [];

/** The schema has no attribute anywhere. */
function readAttributes(node: XmlNode, path: string, form: FormOutcome[]): void {
  if (node.strange !== undefined)
    say(form, "CAP-041", path, `${capital(node.name)} has the attribute ${node.strange.slice(0, 60)}.`, node.line);
}

/** A text is text alone. What stands in elements inside is kept in it, since a person reads it. */
function readLeaf(node: XmlNode, path: string, form: FormOutcome[]): void {
  readAttributes(node, path, form);
  const [first] = node.children;
  if (first === undefined) return;
  say(
    form,
    "CAP-041",
    path,
    `${capital(node.name)} is text, and has the element ${capital(first.name)} inside.`,
    first.line,
  );
}

/** Reads the children of one element against its list, and says what does not fit. */
function readGroup(node: XmlNode, slots: Slots, path: string, form: FormOutcome[], version: CapVersion): Group {
  const found: (XmlNode[] | undefined)[] = [];
  let reached = 0;
  for (const child of node.children) {
    const position = child.namespace === node.namespace ? slots.places.get(child.name) : undefined;
    if (position === undefined) {
      formatMisplaced(child, node, path, form, version);
      continue;
    }
    if (position < reached) {
      const behind = `${capital(child.name)} stands behind ${capital(slots.list[reached]!.name)}.`;
      say(form, "CAP-002", inside(path, child.name), behind, child.line);
    } else reached = position;
    const list = found[position];
    if (list) list.push(child);
    else found[position] = [child];
  }
  for (let position = 0; position < slots.list.length; position += 1) {
    const slot = slots.list[position]!;
    const nodes = found[position] ?? NONE;
    if (nodes.length < slot.least || nodes.length > slot.most) formatCount(node, slot, nodes, path, form, version);
    if (!slot.leaf) continue;
    for (const one of nodes) {
      if (one.strange !== undefined || one.children.length > 0) readLeaf(one, inside(path, slot.name), form);
      if (slot.values !== undefined && !slot.values.has(collapse(one.text)))
        formatValue(one, slot.name, path, form, version);
    }
  }
  readAttributes(node, path, form);
  if (node.text !== "" && node.text.trim() !== "") {
    say(form, "CAP-041", path, "Text stands between the elements.", node.line);
  }
  return { slots, found };
}

/** The children of an element by the position of their name in its list. */
interface Group {
  slots: Slots;
  found: readonly (XmlNode[] | undefined)[];
}

const nodesOf = (group: Group, name: string): readonly XmlNode[] => group.found[group.slots.places.get(name)!] ?? NONE;
function readText(node: XmlNode): string {
  const text = fullText(node);
  return COLLAPSED.has(node.name) ? collapse(text) : text;
}
function textOf(group: Group, name: string): string | undefined {
  const node = nodesOf(group, name)[0];
  return node && readText(node);
}
const textsOf = (group: Group, name: string): string[] => nodesOf(group, name).map(readText);

/** Sets only the keys that have a value, so that a model compares equal to one that never had them. */
function setTexts<Name extends string>(target: { [Key in Name]?: string }, group: Group, names: readonly Name[]): void {
  for (const name of names) {
    const text = textOf(group, name);
    if (text !== undefined) target[name] = text;
  }
}

function number(group: Group, name: string, path: string, form: FormOutcome[], whole: boolean): number | undefined {
  const node = nodesOf(group, name)[0];
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

function readNamed(nodes: readonly XmlNode[], path: string, form: FormOutcome[], version: CapVersion) {
  return nodes.map((node): NamedValue => {
    // CAP 1.0 wrote NAME=VALUE.
    if (version === "1.0" && node.children.length === 0) {
      readAttributes(node, `${path}.${node.name}`, form);
      const [valueName, ...value] = node.text.split("=");
      return { valueName: valueName ?? "", value: value.join("=") };
    }
    const [first, second] = node.children;
    const plain =
      node.children.length === 2 &&
      first!.name === "valueName" &&
      second!.name === "value" &&
      first!.namespace === node.namespace &&
      second!.namespace === node.namespace &&
      first!.children.length + second!.children.length === 0 &&
      (node.strange ?? first!.strange ?? second!.strange) === undefined &&
      node.text === "";
    if (plain) return { valueName: first!.text, value: second!.text };
    const group = readGroup(node, NAMED, `${path}.${node.name}`, form, version);
    return { valueName: textOf(group, "valueName") ?? "", value: textOf(group, "value") ?? "" };
  });
}

function readArea(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapArea {
  const group = readGroup(node, AREA, path, form, version);
  const area: CapArea = {
    areaDesc: textOf(group, "areaDesc") ?? "",
    polygon: textsOf(group, "polygon"),
    circle: textsOf(group, "circle"),
    geocode: readNamed(nodesOf(group, "geocode"), path, form, version),
  };
  for (const name of ["altitude", "ceiling"] as const) {
    const feet = number(group, name, path, form, false);
    if (feet !== undefined) area[name] = feet;
  }
  return area;
}

function readResource(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapResource {
  const group = readGroup(node, RESOURCE, path, form, version);
  const resource: CapResource = {
    resourceDesc: textOf(group, "resourceDesc") ?? "",
    mimeType: textOf(group, "mimeType") ?? "",
  };
  const size = number(group, "size", path, form, true);
  if (size !== undefined) resource.size = size;
  setTexts(resource, group, ["uri", "derefUri", "digest"]);
  return resource;
}

const INFO_TEXTS = [
  "language", "audience", "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
] as const; // prettier-ignore

function readInfo(node: XmlNode, path: string, form: FormOutcome[], version: CapVersion): CapInfo {
  const group = readGroup(node, INFO, path, form, version);
  const certainty = textOf(group, "certainty");
  const info: CapInfo = {
    category: textsOf(group, "category") as CapInfo["category"],
    event: textOf(group, "event") ?? "",
    responseType: textsOf(group, "responseType") as CapInfo["responseType"],
    // A value the schema does not allow is kept as it stands, so that it can be shown; CAP-041 says so.
    urgency: (textOf(group, "urgency") ?? "") as CapInfo["urgency"],
    severity: (textOf(group, "severity") ?? "") as CapInfo["severity"],
    // CAP 1.0's "Very Likely" is to be read as Likely (CAP-023).
    certainty: (certainty === "Very Likely" ? "Likely" : (certainty ?? "")) as CapInfo["certainty"],
    eventCode: readNamed(nodesOf(group, "eventCode"), path, form, version),
    parameter: readNamed(nodesOf(group, "parameter"), path, form, version),
    resource: nodesOf(group, "resource").map((one, index) =>
      readResource(one, `${path}.resource[${index}]`, form, version),
    ),
    area: nodesOf(group, "area").map((one, index) => readArea(one, `${path}.area[${index}]`, form, version)),
  };
  setTexts(info, group, INFO_TEXTS);
  return info;
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
  const group = readGroup(root, ALERT, "", form, version);
  readSignaturePlaces(root, form);
  const alert: CapAlert = {
    identifier: textOf(group, "identifier") ?? "",
    sender: textOf(group, "sender") ?? "",
    sent: textOf(group, "sent") ?? "",
    status: (textOf(group, "status") ?? "") as CapAlert["status"],
    msgType: (textOf(group, "msgType") ?? "") as CapAlert["msgType"],
    scope: (textOf(group, "scope") ?? (version === "1.0" ? "Public" : "")) as CapAlert["scope"],
    code: textsOf(group, "code"),
    info: nodesOf(group, "info").map((node, index) => readInfo(node, `info[${index}]`, form, version)),
  };
  setTexts(alert, group, ["source", "restriction", "addresses", "note", "references", "incidents"]);
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
    // A prefix may have a dot, which any character would match in a pattern.
    const declared = [...(/^<[^>]*>/.exec(xml)?.[0] ?? "").matchAll(/\sxmlns:([\w.-]+)\s*=/g)].map(([, name]) => name);
    if (prefix === undefined || declared.includes(prefix)) return xml;
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
