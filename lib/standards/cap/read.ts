import { readXml } from "../xml/read";
import { type CapReading, readCapElement } from "./document";

/**
 * Reads one CAP message. Never throws, whatever it is given.
 * @param bytes the file as it came; a string stands for its UTF-8
 */
export function readCap(bytes: Uint8Array | string): CapReading {
  const { root, text, findings } = readXml(bytes);
  if (!root) return { text, findings };
  return readCapElement(root, text);
}
