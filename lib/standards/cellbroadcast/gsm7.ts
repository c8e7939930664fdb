/**
 * The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038
 * sections 6.2.1 and 6.2.1.1, as far as counting needs them.
 */

const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION = "\f^{}\\[~]|€";

const basic = new Set(BASIC);
const extension = new Set(EXTENSION);

export interface Coding {
  alphabet: "GSM-7" | "UCS-2";
  /** Characters as the counters of WEA count them. */
  characters: number;
  /** Pages of 82 octets: 93 GSM-7 septets or 41 UCS-2 characters each (CB-001). */
  pages: number;
  /** The characters outside the GSM-7 set that force UCS-2, each once. */
  forcedBy: string[];
}

/** How a cell-broadcast message would carry this text. */
export function codeText(text: string): Coding {
  let septets = 0;
  const forced = new Set<string>();
  for (const character of text) {
    if (basic.has(character)) septets += 1;
    else if (extension.has(character)) septets += 2;
    else forced.add(character);
  }
  const characters = text.length;
  return forced.size === 0
    ? { alphabet: "GSM-7", characters, pages: Math.max(1, Math.ceil(septets / 93)), forcedBy: [] }
    : { alphabet: "UCS-2", characters, pages: Math.max(1, Math.ceil(characters / 41)), forcedBy: [...forced] };
}
