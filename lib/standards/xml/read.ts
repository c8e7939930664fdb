import { type ErrorDetail, ParseOption, XmlDocument, type XmlElement, XmlParseError, XmlTreeNode } from "libxml2-wasm";
import { type Finding } from "../rule";
import { XML_LIMITS, XML_RULES, type XmlRule } from "./rules";
import { scanXml } from "./scan";
import { type XmlNode } from "./tree";

/**
 * Reads XML that anybody may have sent. Whatever stands in it, this neither
 * throws nor loads anything: it answers with a tree or with findings. libxml2
 * decides whether the text is XML; the tree is then made in one pass, ten times
 * faster than asking libxml2 node by node.
 */

export interface XmlReading {
  /** Missing when the text could not be read. */
  root?: XmlNode;
  /** The text, decoded, as it was read. */
  text: string;
  findings: Finding[];
}

const ENCODINGS = /^(utf-?8|us-ascii|ascii|iso-8859-1|latin1)$/i;
const XINCLUDE = "http://www.w3.org/2001/XInclude";

function finding(rule: XmlRule, message: string, line = 1, column = 1): Finding {
  return { rule: rule.id, level: rule.level, says: rule.says, verdict: "fail", path: "", message, line, column };
}

/** Line and column of a position, both from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Where a document type stands before the root element, or -1. Comments and instructions are passed over. */
function findDoctype(text: string): number {
  let at = 0;
  for (;;) {
    at = text.indexOf("<", at);
    if (at === -1) return -1;
    const close = text.startsWith("<!--", at) ? "-->" : text.startsWith("<?", at) ? "?>" : undefined;
    if (close === undefined) return text.startsWith("<!", at) ? at : -1;
    const end = text.indexOf(close, at + 2);
    if (end === -1) return -1;
    at = end + close.length;
  }
}

const LATIN = new TextDecoder("latin1");
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** No tag is shorter than `<a>`, so a short text cannot have too many. */
const SHORT = XML_LIMITS.tags * 3;

function countTags(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x3c); at !== -1 && count <= XML_LIMITS.tags; at = bytes.indexOf(0x3c, at + 1))
    count += 1;
  return count;
}

/** Refusals that need no parser, or undefined; with the text decoded. */
function inspect(bytes: Uint8Array): { text: string; refused?: Finding } {
  if (bytes.length > XML_LIMITS.bytes) {
    return { text: "", refused: finding(XML_RULES.limits, `It has ${bytes.length.toLocaleString("en-US")} bytes.`) };
  }
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe) || first === 0 || second === 0) {
    return { text: "", refused: finding(XML_RULES.encoding, "It is UTF-16 or UTF-32.") };
  }
  const head = LATIN.decode(bytes.subarray(0, 200));
  const declared = /^(?:ï»¿)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1] ?? "utf-8";
  if (!ENCODINGS.test(declared)) {
    return { text: "", refused: finding(XML_RULES.encoding, `It says that it is ${declared.slice(0, 40)}.`) };
  }
  // No signature covers the declaration, so nothing in it may be open to choice.
  const version = /^(?:ï»¿)?<\?xml\s+version\s*=\s*["']([^"']*)["']/.exec(head)?.[1] ?? "1.0";
  if (version !== "1.0") {
    return { text: "", refused: finding(XML_RULES.wellFormed, `It says that it is XML ${version.slice(0, 40)}.`) };
  }
  let text: string;
  try {
    text = (/^(iso|latin)/i.test(declared) ? LATIN : UTF8).decode(bytes);
  } catch {
    return { text: "", refused: finding(XML_RULES.encoding, "It holds bytes that are not UTF-8.") };
  }
  const refuse = (rule: XmlRule, message: string, offset: number) => {
    const { line, column } = positionAt(text, offset);
    return { text, refused: finding(rule, message, line, column) };
  };
  const nul = text.indexOf("\0");
  if (nul !== -1) return refuse(XML_RULES.wellFormed, "It holds the character NUL.", nul);
  const doctype = findDoctype(text);
  if (doctype !== -1) {
    return refuse(
      XML_RULES.safe,
      "It has a document type (DOCTYPE), which could define entities. It was not read.",
      doctype,
    );
  }
  if (bytes.length > SHORT && countTags(bytes) > XML_LIMITS.tags)
    return { text, refused: finding(XML_RULES.limits, "It has too many tags.") };
  return { text };
}

function describe(detail: ErrorDetail | undefined): Finding {
  const message = detail?.message.trim() ?? "It is not XML.";
  const entity = /Entity '(.*)' not defined/.exec(message)?.[1];
  if (entity !== undefined) {
    return finding(
      XML_RULES.safe,
      `It uses the entity “${entity}”, which CAP does not know.`,
      detail?.line,
      detail?.col,
    );
  }
  if (/depth|huge input|too (long|deep)|resource limit/i.test(message)) {
    return finding(XML_RULES.limits, message, detail?.line, detail?.col);
  }
  return finding(XML_RULES.wellFormed, message, detail?.line, detail?.col);
}

const SAFE = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_BIG_LINES;
/** For a document that is only judged: less of it need be kept. */
const JUDGED = SAFE | ParseOption.XML_PARSE_NOBLANKS | ParseOption.XML_PARSE_COMPACT;

/** A namespace is a name and nothing is looked up by it (Namespaces in XML §2.3), whatever characters it has. */
const ODD_NAMESPACE = /^xmlns[^']*'([^]*)' is not a valid URI\s*$/;

/**
 * The bytes with a plain name, as long as each, for namespaces that libxml2 takes
 * for no address. A name stands between quotes, so nothing else of the form changes
 * with it; what the parser then says of the rest is said of the whole.
 */
function withPlainNames(bytes: Uint8Array, details: readonly ErrorDetail[]): Uint8Array | undefined {
  // Byte by byte, whatever the code page.
  const before = Buffer.from(bytes).toString("latin1");
  let plain = before;
  for (const { message } of details) {
    const name = ODD_NAMESPACE.exec(message)?.[1];
    if (!name) return undefined;
    const written = Buffer.from(name, "utf8").toString("latin1");
    const other = "x".repeat(written.length);
    plain = plain.replaceAll(`"${written}"`, `"${other}"`).replaceAll(`'${written}'`, `'${other}'`);
  }
  return plain === before ? undefined : Buffer.from(plain, "latin1");
}

/** The parser stops reporting after some, so a pass may find one more. */
const MOST_ODD_NAMES = 8;

/** @throws XmlParseError when the text is not well-formed */
function judge(bytes: Uint8Array): void {
  let judged = bytes;
  for (let pass = 0; ; pass += 1) {
    try {
      XmlDocument.fromBuffer(judged, { option: JUDGED }).dispose();
      return;
    } catch (error) {
      const details = error instanceof XmlParseError ? error.details : [];
      const plain = pass < MOST_ODD_NAMES && details.length > 0 ? withPlainNames(judged, details) : undefined;
      if (plain === undefined) throw error;
      judged = plain;
    }
  }
}

/** The parser itself. The caller disposes of the document. */
export function openDocument(bytes: Uint8Array): XmlDocument {
  return XmlDocument.fromBuffer(bytes, { option: SAFE });
}

/** What was read together with the parser's own document, which the caller disposes of. */
export interface OpenReading extends XmlReading {
  document?: XmlDocument;
}

/** The text and its tree, when the parser has found it well-formed. */
function scan(text: string): XmlReading {
  const root = scanXml(text);
  const refusal = inspectTree(root, 1);
  return refusal ? { text, findings: [refusal] } : { root, text, findings: [] };
}

const bytesOf = (given: Uint8Array | string) => (typeof given === "string" ? new TextEncoder().encode(given) : given);
const unread = (text: string, error: unknown): XmlReading => ({
  text,
  findings: [describe(error instanceof XmlParseError ? error.details[0] : undefined)],
});

/** Reads a document and leaves the parser's open, for those who canonicalize it too. */
export function readOpen(given: Uint8Array | string): OpenReading {
  const bytes = bytesOf(given);
  const { text, refused } = inspect(bytes);
  if (refused) return { text, findings: [refused] };
  let document: XmlDocument;
  try {
    document = openDocument(bytes);
  } catch (error) {
    return unread(text, error);
  }
  const reading = scan(text);
  if (reading.root) return { ...reading, document };
  document.dispose();
  return reading;
}

/**
 * Reads a document.
 * @param given bytes as they came; a string is read as UTF-8
 */
export function readXml(given: Uint8Array | string): XmlReading {
  const bytes = bytesOf(given);
  const { text, refused } = inspect(bytes);
  if (refused) return { text, findings: [refused] };
  try {
    judge(bytes);
  } catch (error) {
    return unread(text, error);
  }
  return scan(text);
}

/** What a tree may not hold: too many levels, or another document. */
function inspectTree(node: XmlNode, depth: number): Finding | undefined {
  if (depth > XML_LIMITS.depth) return finding(XML_RULES.limits, "It nests too deep.", node.line);
  if (node.namespace === XINCLUDE) {
    return finding(XML_RULES.safe, "It includes another document (XInclude).", node.line);
  }
  for (const child of node.children) {
    const refusal = inspectTree(child, depth + 1);
    if (refusal) return refusal;
  }
  return undefined;
}

/**
 * The children of an element. libxml2-wasm 0.7.2 cannot step past a processing
 * instruction; where there is one, XPath lists them, which is slower.
 */
export function childrenOf(element: XmlElement): readonly XmlTreeNode[] {
  const children: XmlTreeNode[] = [];
  for (let child = element.firstChild; child; child = child.next) {
    if (!(child instanceof XmlTreeNode)) return element.find("node()") as XmlTreeNode[];
    children.push(child);
  }
  return children;
}
