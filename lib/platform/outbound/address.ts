import dns from "node:dns";
import net from "node:net";

/**
 * Where the console may go of itself (a webhook, a bucket, a provider of single sign-on):
 * not to this machine, not into the network behind it, unless someone allowed it by name.
 */

/** The other side, or the guard before it, refused for good: trying again would change nothing. */
export class Refused extends Error {}
/** The address is not public, and nobody allowed its host by name. */
export class NotPublic extends Refused {}

/** Refuses an address that names an inner host by its number; names are looked at when they are resolved. @throws NotPublic */
export function refuseInner(url: URL, allowed: readonly string[]): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (net.isIP(host) && isClosed(host) && !allowed.includes(host))
    throw new NotPublic(`${host} is not on the public internet.`);
}

const CLOSED = new net.BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  CLOSED.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  CLOSED.addSubnet(network, prefix, "ipv6");

/** An IPv4 address that is written as IPv6 is the same machine. */
export function isClosed(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return CLOSED.check(plain, net.isIPv6(plain) ? "ipv6" : "ipv4");
}

type Lookup = net.LookupFunction;

/**
 * Looks a name up for one connection and refuses what is not public. It is asked
 * at every connection, so that a name that points elsewhere later is refused then.
 * @param allowed host names that may lead anywhere
 */
export function guardedLookup(allowed: readonly string[]): Lookup {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, "", 4);
        return;
      }
      const closed = allowed.includes(hostname) ? undefined : addresses.find(({ address }) => isClosed(address));
      const [first] = addresses;
      if (closed || !first) {
        callback(
          new NotPublic(
            `${hostname} leads to ${closed?.address ?? "no address"}, which is not on the public internet.`,
          ),
          "",
          4,
        );
        return;
      }
      if (options.all) callback(null, addresses as never, 4);
      else callback(null, first.address, first.family);
    });
  };
}
