import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * What the console's own server decides about a request before anything of the
 * framework sees it: where it came from, whether it is meant for this console,
 * and how much of a body it may bring. Pure.
 */

export interface GuardSettings {
  /** The address people open, such as https://callbox.example.gov. */
  url: URL;
  /** Proxies whose word on where a request came from is taken. */
  trusted: BlockList;
  /** Whether metrics are read with a token; without one, on this machine only. */
  metricsByToken?: boolean;
}

export interface Incoming {
  method: string;
  /** Path and query, as sent. */
  target: string;
  remote: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether the request carries a cookie of a session that this console signed. */
  signedIn: boolean;
}

export type Decision =
  | { pass: true; headers: Record<string, string>; strip: string[] }
  | { pass: false; status: number; message: string; location?: string };

/** Addresses and networks, comma between them. @throws in words on anything else */
export function parseProxies(text: string | undefined): BlockList {
  const list = new BlockList();
  for (const one of (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [address = "", prefix] = one.split("/");
    const type = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (
      !type ||
      (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= (type === "ipv4" ? 32 : 128)))
    ) {
      throw new Error(`CALLBOX_TRUSTED_PROXIES holds “${one}”, which is no address or network.`);
    }
    if (bits === undefined) list.addAddress(address, type);
    else list.addSubnet(address, bits, type);
  }
  return list;
}

const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.)/, "");

/** Whether an address is one of a list, such as that of trusted proxies. */
export function isTrusted(address: string, list: BlockList): boolean {
  const plain = plainAddress(address);
  return isIPv4(plain) ? list.check(plain, "ipv4") : isIPv6(plain) && list.check(plain, "ipv6");
}

/** "1.2.3.4:5678" and "[2001:db8::1]:5678" without the port. */
const withoutPort = (address: string) =>
  address.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Where a request came from: the last address that no trusted proxy could have put there itself. */
export function clientAddress({ remote, headers }: Pick<Incoming, "remote" | "headers">, trusted: BlockList): string {
  if (!isTrusted(remote, trusted)) return plainAddress(remote);
  const chain = [headers["x-forwarded-for"] ?? ""]
    .flat()
    .join(",")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  for (const written of chain.reverse()) {
    const address = withoutPort(written);
    // Whoever writes something else there is not followed any further.
    if (!isIPv4(plainAddress(address)) && !isIPv6(address)) break;
    if (!isTrusted(address, trusted)) return plainAddress(address);
  }
  return plainAddress(remote);
}

const KB = 1024;
const MB = 1024 * KB;
/** The most a body may have, by path; the first that fits. Beyond `anonymous` only with a session. */
export const BODY_LIMITS: readonly { path: RegExp; bytes: number }[] = [
  { path: /^\/api\/directory\/imports\//, bytes: 65 * MB },
  { path: /^\/check$/, bytes: 6 * MB },
  { path: /^\/api\/auth\//, bytes: 16 * KB },
  { path: /^\/welcome\//, bytes: 16 * KB },
  { path: /^\//, bytes: 2 * MB },
];
const ANONYMOUS_BYTES = 64 * KB;

/** Headers that only a proxy or the framework itself may set. */
const OURS = /^(x-forwarded-.*|forwarded|x-real-ip|x-callbox-.*|x-middleware-.*|x-nextjs-.*|x-nonce|x-invoke-.*)$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** A host as people and proxies write it: the first of several, without the port that goes without saying or a last dot. */
function plainHost(written: string, url: URL): string {
  const [host = ""] = written.toLowerCase().split(",");
  return host
    .trim()
    .replace(url.protocol === "https:" ? /:443$/ : /:80$/, "")
    .replace(/\.(?=:|$)/, "");
}

/** What is answered at all. TRACE would send back what a proxy in front added to the request. */
const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

const BY_ADDRESS = new Set(["/api/health", "/api/ready", "/api/metrics"]);

/** Whether someone on this machine asks, and not a proxy on it for someone else. */
const isFromHere = ({ remote, headers }: Incoming) =>
  isLoopback(remote) && !Object.keys(headers).some((name) => /^(x-forwarded-.*|forwarded|x-real-ip|via)$/.test(name));

/** Decides about one request. */
export function decideRequest(incoming: Incoming, { url, trusted, metricsByToken }: GuardSettings): Decision {
  const { method, target, headers, signedIn } = incoming;
  const no = (status: number, message: string): Decision => ({ pass: false, status, message });
  if (
    !target.startsWith("/") ||
    /%(?:[01][0-9a-f]|7f)|%ef%bf%be|%ef%bf%bf|%c2%[89][0-9a-f]|[^\x21-\x7e]/i.test(target)
  ) {
    return no(400, "This address has a character that can't be used.");
  }
  if (!METHODS.has(method)) return no(405, "This method is not answered here.");
  const path = target.split("?")[0] ?? "/";
  const viaProxy = isTrusted(incoming.remote, trusted);
  const host = plainHost((viaProxy ? first(headers["x-forwarded-host"]) : undefined) ?? first(headers.host) ?? "", url);
  if (host !== url.host.toLowerCase()) {
    const local =
      isIPv4(plainAddress(incoming.remote)) || isIPv6(incoming.remote) ? isLoopback(incoming.remote) : false;
    // These say nothing that is anybody's, or ask for a token, and a load balancer or Prometheus asks by address.
    if (!BY_ADDRESS.has(path)) {
      // Someone on this machine who typed 127.0.0.1 instead of localhost is sent on; anything else is not for us.
      if (local && LOOPBACK.test(host) && LOOPBACK.test(url.host) && (method === "GET" || method === "HEAD")) {
        return {
          pass: false,
          status: 308,
          message: "This console has another address.",
          location: url.origin + target,
        };
      }
      return no(421, `This console answers at ${url.origin} only.`);
    }
  }
  if (path === "/api/metrics" && metricsByToken !== true && !isFromHere(incoming)) {
    return no(403, "Metrics are read on this machine, or with the token of CALLBOX_METRICS_TOKEN.");
  }
  // The builders of actions and routes ask again; this covers what has no handler, too.
  if (!["GET", "HEAD", "OPTIONS"].includes(method) && first(headers.origin) !== url.origin) {
    return no(403, "This request did not come from Callbox.");
  }
  const length = Number(first(headers["content-length"]) ?? 0);
  if (first(headers["transfer-encoding"]) !== undefined) return no(411, "Send the length of what you send.");
  const limit = BODY_LIMITS.find((one) => one.path.test(path))?.bytes ?? 0;
  const allowed = signedIn ? limit : Math.min(limit, ANONYMOUS_BYTES);
  if (!Number.isInteger(length) || length < 0) return no(400, "The length of what was sent is not a number.");
  if (length > allowed) {
    return length > limit ? no(413, "This is more than can be taken here.") : no(401, "You are signed out.");
  }
  return {
    pass: true,
    strip: Object.keys(headers).filter((name) => OURS.test(name)),
    headers: {
      "x-callbox-address": clientAddress(incoming, trusted),
      "x-forwarded-host": url.host,
      "x-forwarded-proto": url.protocol.replace(":", ""),
      host: url.host,
    },
  };
}

function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === "::1" || /^127\./.test(plain);
}
