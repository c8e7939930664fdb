/**
 * An XML document as plain data: what the readers of CAP and of feeds work on,
 * in the browser as on the server. Comments and processing instructions are not in it.
 */

export interface XmlNode {
  /** Local name. */
  name: string;
  namespace: string;
  /** Line of the start tag, from 1. */
  line: number;
  /** Position among all start tags of the document, from 0. */
  index: number;
  attributes: Readonly<Record<string, string>>;
  /** An attribute other than those that say where a schema lies. */
  strange: string | undefined;
  /** Characters of its parent's text in front of it. */
  offset: number;
  children: XmlNode[];
  /** The text of an element without children; of one with children, only what stands between them. */
  text: string;
}

/** All that a person could read in an element: its text and that of every element inside, in their order. */
export function fullText(node: XmlNode): string {
  if (node.children.length === 0) return node.text;
  let text = "";
  let taken = 0;
  for (const child of node.children) {
    text += node.text.slice(taken, child.offset) + fullText(child);
    taken = child.offset;
  }
  return text + node.text.slice(taken);
}

/** Children of this name, in any namespace. */
export function childrenNamed(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** The text of the first child of this name. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text;
}

function collect(element: XmlNode, namespace: string, name: string, found: XmlNode[]): void {
  if (element.name === name && element.namespace === namespace) found.push(element);
  for (const child of element.children) collect(child, namespace, name, found);
}

/** Every element of this name and namespace below a node, or the node itself. */
export function findElements(node: XmlNode, namespace: string, name: string): XmlNode[] {
  const found: XmlNode[] = [];
  collect(node, namespace, name, found);
  return found;
}

/**
 * The element a path such as `info[0].parameter[CMAMtext]` means, or the
 * nearest one above it that exists.
 */
export function findPath(root: XmlNode, path: string): XmlNode {
  let node = root;
  for (const step of path.split(".")) {
    const [, name, key] = /^([A-Za-z]+)(?:\[(.*)\])?$/.exec(step) ?? [];
    if (name === undefined) return node;
    const named = childrenNamed(node, name);
    const next =
      key === undefined
        ? named[0]
        : /^\d+$/.test(key)
          ? named[Number(key)]
          : named.find((child) => childText(child, "valueName") === key);
    if (!next) return node;
    node = next;
  }
  return node;
}

/** Whether two trees say the same: names, attributes, texts. Lines may differ. */
export function isSameTree(left: XmlNode, right: XmlNode): boolean {
  if (left.name !== right.name || left.namespace !== right.namespace || left.text !== right.text) return false;
  const names = Object.keys(left.attributes);
  if (names.length !== Object.keys(right.attributes).length) return false;
  if (names.some((name) => left.attributes[name] !== right.attributes[name])) return false;
  return (
    left.children.length === right.children.length &&
    left.children.every((child, index) => isSameTree(child, right.children[index]!))
  );
}
