import { createHmac } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";

/** Where a sign-in came from, in no more detail than the site's policy keeps. */

const ADDRESS_POLICIES = ["cut", "hashed", "none"] as const;
export type AddressPolicy = (typeof ADDRESS_POLICIES)[number];

/**
 * An address as the record keeps it: cut to its network (IPv4 to 24 bits, IPv6
 * to 48), or a keyed hash that only tells same from different, or nothing.
 * @param secret key of the hash
 */
export function keepAddress(address: string, policy: AddressPolicy, secret: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (policy === "none" || (!isIPv4(plain) && !isIPv6(plain))) return "";
  if (policy === "hashed") return createHmac("sha256", secret).update(`address:${plain}`).digest("hex").slice(0, 12);
  if (isIPv4(plain)) return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  return `${groupsOf(plain, 3)}::/48`;
}

/** What attempts are counted by: whoever has one IPv6 address has 64 bits of them, so they count as one. */
export function networkOf(address: string): string {
  return address.includes(":") ? groupsOf(address, 4) : address;
}

/** The first groups of an IPv6 address, written out. */
function groupsOf(address: string, many: number): string {
  const [head = "", tail = ""] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = address.includes("::") ? 8 - groups.length - (tail === "" ? 0 : tail.split(":").length) : 0;
  return [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...tail.split(":")]
    .slice(0, many)
    .map((group) => group.replace(/^0+(?=.)/, "").toLowerCase() || "0")
    .join(":");
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|Chromium|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad|iOS)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\b(Macintosh|Mac OS X)\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** A browser in a few words, "Chrome on Windows". What names itself in no known way is "another program". */
export function describeBrowser(userAgent: string): string {
  const find = (among: typeof BROWSERS) => among.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (!browser) return "another program";
  return system ? `${browser} on ${system}` : browser;
}
