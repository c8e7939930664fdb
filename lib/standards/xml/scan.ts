import { type XmlNode } from "./tree";

/**
 * From the text of a well-formed document without a document type to its tree,
 * in one pass. Only for texts that libxml2 has accepted: then the few forms of
 * XML are all there are, and nothing needs to be asked twice.
 */

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};
const NAMED: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

const SLASH = 47;
const MORE = 62;
const BANG = 33;
const QUESTION = 63;

const isSpace = (code: number) => code === 32 || code === 10 || code === 9 || code === 13;

function decode(reference: string): string {
  if (reference.charCodeAt(1) !== 35) return NAMED.get(reference.slice(1, -1)) ?? reference;
  const hexadecimal = reference.charCodeAt(2) === 120;
  return String.fromCodePoint(Number.parseInt(reference.slice(hexadecimal ? 3 : 2, -1), hexadecimal ? 16 : 10));
}

/** Text as a reader gets it: line ends are LF (XML 1.0 §2.11), references are what they stand for. */
function unescapeText(raw: string): string {
  const lines = raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw;
  return lines.includes("&") ? lines.replace(/&[^;]+;/g, decode) : lines;
}

/** A value of an attribute: white space is a space unless a reference says otherwise (XML 1.0 §3.3.3). */
function unescapeValue(raw: string): string {
  const plain = /[\r\n\t]/.test(raw) ? raw.replace(/\r\n|[\r\n\t]/g, " ") : raw;
  return plain.includes("&") ? plain.replace(/&[^;]+;/g, decode) : plain;
}

/** Prefixes and their namespaces. Names come from the text, so no scope has Object's own members. */
type Scope = Readonly<Record<string, string>>;

interface Open {
  node: XmlNode;
  scope: Scope;
}

interface Tag {
  attributes: Record<string, string>;
  scope: Scope;
  strange: string | undefined;
}

/** Whether an attribute is where a schema lies, which any XML may say of itself (XML Schema 1 §2.6.3). */
function isOfSchema(name: string, scope: Scope): boolean {
  const colon = name.indexOf(":");
  return (
    colon > 0 &&
    scope[name.slice(0, colon)] === SCHEMA_INSTANCE &&
    /^(?:noNamespaceSchemaLocation|schemaLocation)$/.test(name.slice(colon + 1))
  );
}

/** The attributes of a start tag. @param inside what stands between its name and its end */
function readAttributes(inside: string, scope: Scope): Tag {
  const attributes = Object.create(null) as Record<string, string>;
  const names: string[] = [];
  let declared: Record<string, string> | undefined;
  for (const [, name, double, single] of inside.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const value = unescapeValue(double ?? single ?? "");
    // A scope stands on the one around it: copying that would cost as much as all that was declared before.
    if (name === "xmlns") (declared ??= Object.create(scope) as Record<string, string>)[""] = value;
    else if (name!.startsWith("xmlns:"))
      (declared ??= Object.create(scope) as Record<string, string>)[name!.slice(6)] = value;
    else {
      attributes[name!] = value;
      names.push(name!);
    }
  }
  const known = declared ?? scope;
  return { attributes, scope: known, strange: names.find((name) => !isOfSchema(name, known)) };
}

/** Behind the `>` of a start tag, which may stand inside a quoted value before. */
function endOfTag(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const character = text[at];
    if (character === ">" || character === undefined) return at;
    if (character === '"' || character === "'") at = text.indexOf(character, at + 1);
  }
}

/**
 * The root element.
 * @param text a document that libxml2 has found well-formed
 */
export function scanXml(text: string): XmlNode {
  const stack: Open[] = [];
  let root: XmlNode | undefined;
  let node: XmlNode | undefined;
  let scope = Object.assign(Object.create(null) as Record<string, string>, { xml: XML_NAMESPACE, "": "" }) as Scope;
  let index = 0;
  let line = 1;
  let newline = text.indexOf("\n");
  /** Nothing in the whole text stands for anything else, as in most messages. */
  const plain = !text.includes("&") && !text.includes("\r");
  let textFrom = 0;
  /** Text of the open element so far, when it comes in pieces. */
  let pieces = "";

  const takeText = (to: number) => {
    if (node === undefined || to === textFrom) return;
    const raw = text.slice(textFrom, to);
    pieces += plain ? raw : unescapeText(raw);
  };

  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", textFrom)) {
    const code = text.charCodeAt(at + 1);
    if (code === SLASH) {
      takeText(at);
      const end = text.indexOf(">", at + 2);
      const open = stack.pop();
      if (end === -1 || !open) break;
      textFrom = end + 1;
      // White space between elements says nothing; in an element without children it may.
      open.node.text = open.node.children.length === 0 || pieces.trim() !== "" ? pieces : "";
      const parent = stack.at(-1);
      node = parent?.node;
      if (parent) scope = parent.scope;
      pieces = node?.text ?? "";
    } else if (code === BANG) {
      takeText(at);
      const comment = text.charCodeAt(at + 2) === 45;
      const end = text.indexOf(comment ? "-->" : "]]>", at + 4);
      if (end === -1) break;
      if (!comment && node) pieces += text.slice(at + 9, end).replace(/\r\n?/g, "\n");
      textFrom = end + 3;
    } else if (code === QUESTION) {
      takeText(at);
      const end = text.indexOf("?>", at + 2);
      if (end === -1) break;
      textFrom = end + 2;
    } else {
      takeText(at);
      while (newline !== -1 && newline < at) {
        line += 1;
        newline = text.indexOf("\n", newline + 1);
      }
      let nameEnd = at + 1;
      // Nothing here is without an end, even on a text that the parser should have refused.
      for (
        let next = text.charCodeAt(nameEnd);
        nameEnd < text.length && next !== MORE && next !== SLASH && !isSpace(next);
      ) {
        nameEnd += 1;
        next = text.charCodeAt(nameEnd);
      }
      const end = text.charCodeAt(nameEnd) === MORE ? nameEnd : endOfTag(text, nameEnd);
      const empty = text.charCodeAt(end - 1) === SLASH;
      const tag = end - nameEnd > 1 ? readAttributes(text.slice(nameEnd, empty ? end - 1 : end), scope) : undefined;
      if (tag) scope = tag.scope;
      const qualified = text.slice(at + 1, nameEnd);
      const colon = qualified.indexOf(":");
      const element: XmlNode = {
        name: colon === -1 ? qualified : qualified.slice(colon + 1),
        namespace: scope[colon === -1 ? "" : qualified.slice(0, colon)] ?? "",
        line,
        index,
        attributes: tag?.attributes ?? NO_ATTRIBUTES,
        strange: tag?.strange,
        offset: pieces.length,
        children: [],
        text: "",
      };
      index += 1;
      if (node) {
        node.text = pieces;
        node.children.push(element);
      } else root = element;
      textFrom = end + 1;
      if (empty) {
        scope = stack.at(-1)?.scope ?? scope;
      } else {
        stack.push({ node: element, scope });
        node = element;
        pieces = "";
      }
    }
  }
  return root!;
}
