import { readXml } from "../../../standards/xml/read";
import { findElements, fullText, type XmlNode } from "../../../standards/xml/tree";

/** What IPAWS-OPEN answers: a status for each channel, each accepted or refused by itself (IPO-004). Pure. */

/** What a status means, for people. Those that were not seen in use say so nowhere; an unknown one is shown as it came. */
const CODES: ReadonlyMap<string, string> = new Map([
  ["010", "accepted by the gateways of the phone companies"],
  ["100", "the gateway does not know the sender"],
  ["198", "the gateway gave no valid answer"],
  ["199", "the gateway is not there"],
  ["200", "valid CAP"],
  ["201", "this identifier was sent before"],
  ["202", "the signature is valid"],
  ["207", "references are missing"],
  ["208", "the signature is not valid"],
  ["209", "it refers to a message that has ended"],
  ["213", "the circle is wrong"],
  ["214", "the area lies outside what the sender may alert"],
  ["221", "not a valid message"],
  ["225", "no source is named (advice)"],
  ["300", "taken by IPAWS"],
  ["303", "sent more than five minutes before it arrived"],
  ["307", "a reference is wrong"],
  ["400", "taken for weather radio"],
  ["401", "not for weather radio"],
  ["500", "taken for radio and television"],
  ["501", "not for radio and television"],
  ["600", "taken for phones"],
  ["601", "not for phones"],
  ["615", "the signer may not send this kind of event"],
  ["800", "taken for the public feed"],
  ["801", "not for the public feed"],
]);

export interface ChannelStatus {
  channel: string;
  code: string;
  error: boolean;
  /** As IPAWS wrote it. */
  status: string;
  /** In plain words. */
  means: string;
}

export interface PostAnswer {
  /** A SOAP fault, in its own words. */
  fault: string | null;
  /** Whether the fault is the service's own trouble, which may be over a moment later (SOAP 1.1, 4.4.1; 1.2, 5.4.6). */
  passing: boolean;
  statuses: ChannelStatus[];
}

const NAMES = ["CHANNELNAME", "STATUSITEMID", "ERROR", "STATUS"] as const;

/** Pairs of a name and a value, however the answer calls the elements around them. */
function pairsOf(node: XmlNode): [string, string][] {
  const own = node.children.flatMap((child, index): [string, string][] => {
    const name = fullText(child).trim();
    const next = node.children[index + 1];
    if (/name$/i.test(child.name) && next && NAMES.some((one) => one === name)) return [[name, fullText(next).trim()]];
    return NAMES.some((one) => one === child.name) ? [[child.name, name]] : [];
  });
  return [...own, ...node.children.flatMap(pairsOf)];
}

/** @returns null when it is no answer of the service at all */
export function readAnswer(body: string): PostAnswer | null {
  const { root } = readXml(body);
  if (!root) return null;
  const [fault] = findElements(root, root.namespace, "Fault");
  if (fault) {
    const said = fullText(fault).replace(/\s+/g, " ").trim();
    return { fault: said.slice(0, 300), passing: /^(?:[\w.-]+:)?(?:Server|Receiver)/.test(said), statuses: [] };
  }
  const statuses: ChannelStatus[] = [];
  let open: Partial<Record<(typeof NAMES)[number], string>> = {};
  const close = () => {
    const { CHANNELNAME: channel, STATUSITEMID: code = "", ERROR: error = "", STATUS: status = "" } = open;
    if (channel !== undefined) {
      const padded = code.padStart(3, "0");
      statuses.push({ channel, code, error: /^y/i.test(error), status, means: CODES.get(padded) ?? status });
    }
    open = {};
  };
  for (const [name, value] of pairsOf(root)) {
    if (name === "CHANNELNAME") close();
    open[name as (typeof NAMES)[number]] = value;
  }
  close();
  return statuses.length > 0 ? { fault: null, passing: false, statuses } : null;
}

export const describeStatus = ({ channel, code, error, means }: ChannelStatus): string =>
  `${channel}: ${means} (${code}${error ? ", error" : ""})`;
