import { type CapReading, readCapElement, versionOf } from "../cap/document";
import { readXml } from "../xml/read";
import { childrenNamed, childText, type XmlNode } from "../xml/tree";
import { type Finding } from "../rule";

/** Documents that carry CAP messages: Atom (RFC 4287), RSS 2.0 and EDXL-DE 1.0. */

const FEED_NAMESPACES = {
  atom: "http://www.w3.org/2005/Atom",
  edxl: "urn:oasis:names:tc:emergency:EDXL:DE:1.0",
} as const;

export interface FeedEntry {
  /** Atom id, RSS guid. */
  id: string;
  title: string;
  /** As written: RFC 3339 in Atom, RFC 822 in RSS. */
  updated: string;
  summary: string;
  links: { href: string; type: string }[];
  /** The message inside, where it is embedded. */
  embedded?: CapReading;
  line: number;
}

export interface Feed {
  kind: "atom" | "rss" | "edxl-de";
  id: string;
  title: string;
  updated: string;
  entries: FeedEntry[];
  /** Elements of the feed's own namespace that it does not know. */
  unknown: string[];
  /** Messages that stand where no reader of feeds looks. */
  astray: number;
  /** Bytes. */
  size: number;
}

export interface FeedReading {
  /** Missing when the text is none of these. */
  feed?: Feed;
  text: string;
  root?: XmlNode;
  findings: Finding[];
}

function findAlerts(node: XmlNode): XmlNode[] {
  return versionOf(node) ? [node] : node.children.flatMap(findAlerts);
}

const trimmed = (node: XmlNode, name: string) => (childText(node, name) ?? "").trim();

const ATOM_FEED = new Set(
  "author category contributor entry generator icon id link logo rights subtitle title updated".split(" "),
);
const ATOM_ENTRY = new Set(
  "author category content contributor id link published rights source summary title updated".split(" "),
);

const strangers = (node: XmlNode, known: ReadonlySet<string>) =>
  node.children
    .filter(({ namespace, name }) => namespace === FEED_NAMESPACES.atom && !known.has(name))
    .map(({ name }) => name);

const own = (node: XmlNode, name: string) =>
  childrenNamed(node, name).filter(({ namespace }) => namespace === node.namespace);

function embeddedIn(holders: readonly XmlNode[], text: string): { embedded?: CapReading } {
  const alert = holders.flatMap(findAlerts)[0];
  return alert ? { embedded: readCapElement(alert, text) } : {};
}

function readAtom(root: XmlNode, text: string): Omit<Feed, "size"> {
  const entryNodes = root.name === "entry" ? [root] : own(root, "entry");
  return {
    kind: "atom",
    id: trimmed(root, "id"),
    title: trimmed(root, "title"),
    updated: trimmed(root, "updated"),
    entries: entryNodes.map((entry) => ({
      id: trimmed(entry, "id"),
      title: trimmed(entry, "title"),
      updated: trimmed(entry, "updated"),
      summary: trimmed(entry, "summary"),
      links: [...own(entry, "link"), ...own(entry, "content").filter(({ attributes }) => attributes.src)].map(
        ({ attributes }) => ({
          href: attributes.href ?? attributes.src ?? "",
          type: attributes.type ?? "",
        }),
      ),
      ...embeddedIn(own(entry, "content"), text),
      line: entry.line,
    })),
    unknown: [
      ...strangers(root, root.name === "entry" ? ATOM_ENTRY : ATOM_FEED),
      ...entryNodes.flatMap((entry) => strangers(entry, ATOM_ENTRY)),
    ],
    astray: root.children.filter((child) => versionOf(child) !== undefined).length,
  };
}

function readRss(root: XmlNode, text: string): Omit<Feed, "size"> {
  const channel = childrenNamed(root, "channel")[0] ?? root;
  return {
    kind: "rss",
    id: trimmed(channel, "link"),
    title: trimmed(channel, "title"),
    updated: trimmed(channel, "pubDate") || trimmed(channel, "lastBuildDate"),
    entries: own(channel, "item").map((item) => ({
      id: trimmed(item, "guid"),
      title: trimmed(item, "title"),
      updated: trimmed(item, "pubDate"),
      summary: trimmed(item, "description"),
      links: own(item, "link").map((link) => ({ href: link.text.trim(), type: "" })),
      ...embeddedIn(item.children, text),
      line: item.line,
    })),
    unknown: [],
    astray: channel.children.filter((child) => versionOf(child) !== undefined).length,
  };
}

function readEdxl(root: XmlNode, text: string): Omit<Feed, "size"> {
  return {
    kind: "edxl-de",
    id: trimmed(root, "distributionID"),
    title: trimmed(root, "distributionType"),
    updated: trimmed(root, "dateTimeSent"),
    entries: own(root, "contentObject").map((object) => ({
      id: trimmed(root, "distributionID"),
      title: trimmed(object, "contentDescription"),
      updated: trimmed(root, "dateTimeSent"),
      summary: "",
      links: own(object, "nonXMLContent").flatMap((content) =>
        own(content, "uri").map((uri) => ({ href: uri.text.trim(), type: trimmed(content, "mimeType") })),
      ),
      ...embeddedIn(
        own(object, "xmlContent").flatMap((content) => own(content, "embeddedXMLContent")),
        text,
      ),
      line: object.line,
    })),
    unknown: [],
    astray: 0,
  };
}

/** The feed an element is, or undefined. */
export function readFeedElement(root: XmlNode, text: string): Feed | undefined {
  const size = new TextEncoder().encode(text).length;
  if (root.namespace === FEED_NAMESPACES.atom && (root.name === "feed" || root.name === "entry")) {
    return { ...readAtom(root, text), size };
  }
  if (root.namespace === "" && root.name === "rss") return { ...readRss(root, text), size };
  if (root.namespace === FEED_NAMESPACES.edxl && root.name === "EDXLDistribution")
    return { ...readEdxl(root, text), size };
  return undefined;
}

/** Reads a feed. Never throws, whatever it is given. */
export function readFeed(bytes: Uint8Array | string): FeedReading {
  const { root, text, findings } = readXml(bytes);
  if (!root) return { text, findings };
  const feed = readFeedElement(root, text);
  return { ...(feed ? { feed } : {}), text, root, findings };
}
