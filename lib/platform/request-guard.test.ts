import { describe, expect, test } from "vitest";
import { clientAddress, decideRequest, type Incoming, parseProxies } from "./request-guard";

const url = new URL("https://callbox.example.gov");
const local = new URL("http://localhost:3000");
const none = parseProxies(undefined);
const proxies = parseProxies("10.0.0.5, 192.168.0.0/16, fd00::/8");

const incoming = (more: Partial<Incoming> = {}): Incoming => ({
  method: "GET",
  target: "/",
  remote: "203.0.113.9",
  headers: { host: "callbox.example.gov" },
  signedIn: false,
  ...more,
});
const status = (more: Partial<Incoming>, at = url, trusted = none) => {
  const decision = decideRequest(incoming(more), { url: at, trusted });
  return decision.pass ? 200 : decision.status;
};

describe("where a request came from", () => {
  test.each([
    ["nobody is believed by default", "203.0.113.9", "1.2.3.4", none, "203.0.113.9"],
    ["a stranger is not believed", "203.0.113.9", "1.2.3.4", proxies, "203.0.113.9"],
    ["a proxy is", "10.0.0.5", "1.2.3.4", proxies, "1.2.3.4"],
    ["but not what the client put in front", "10.0.0.5", "9.9.9.9, 1.2.3.4", proxies, "1.2.3.4"],
    ["through two proxies", "10.0.0.5", "9.9.9.9, 1.2.3.4, 192.168.3.4", proxies, "1.2.3.4"],
    ["a proxy that says nothing", "10.0.0.5", "", proxies, "10.0.0.5"],
    ["a proxy that writes the port", "10.0.0.5", "1.2.3.4:5678", proxies, "1.2.3.4"],
    ["IPv6 with a port", "10.0.0.5", "[2001:db8::1]:443", proxies, "2001:db8::1"],
    ["something that is no address", "10.0.0.5", "anything", proxies, "10.0.0.5"],
    ["IPv4 written as IPv6", "::ffff:10.0.0.5", "1.2.3.4", proxies, "1.2.3.4"],
  ])("%s", (_, remote, forwarded, trusted, address) => {
    expect(clientAddress({ remote, headers: { "x-forwarded-for": forwarded } }, trusted)).toBe(address);
  });

  test("a list of proxies that is none is refused in words", () => {
    for (const text of ["proxy.example", "10.0.0.0/33", "10.0.0.1/x"])
      expect(() => parseProxies(text)).toThrow(/no address/);
  });
});

describe("who reads metrics", () => {
  const target = "/api/metrics";
  const host = "10.9.8.7:3000";
  test.each<[string, Partial<Incoming>, boolean, number]>([
    ["someone on this machine", { remote: "127.0.0.1" }, false, 200],
    ["over IPv6", { remote: "::1" }, false, 200],
    ["a stranger", { remote: "203.0.113.9" }, false, 403],
    [
      "a stranger through a proxy here",
      { remote: "127.0.0.1", headers: { host, "x-forwarded-for": "203.0.113.9" } },
      false,
      403,
    ],
    [
      "through a proxy that says another thing",
      { remote: "127.0.0.1", headers: { host, forwarded: "for=203.0.113.9" } },
      false,
      403,
    ],
    ["a stranger who may have the token", { remote: "203.0.113.9" }, true, 200],
  ])("%s", (_, more, metricsByToken, expected) => {
    const decision = decideRequest(incoming({ headers: { host }, ...more, target }), {
      url,
      trusted: none,
      metricsByToken,
    });
    expect(decision.pass ? 200 : decision.status).toBe(expected);
  });
});

describe("whom a request is meant for", () => {
  test("another host is not answered: a page of theirs cannot make this console its own by DNS", () => {
    expect(status({ headers: { host: "attacker.example" } })).toBe(421);
    expect(status({ headers: { host: "attacker.example" }, remote: "127.0.0.1" }, local)).toBe(421);
    expect(status({ headers: {} })).toBe(421);
  });
  test("X-Forwarded-Host counts from a trusted proxy only", () => {
    const headers = { host: "internal:3000", "x-forwarded-host": "callbox.example.gov" };
    expect(status({ headers })).toBe(421);
    expect(status({ headers, remote: "10.0.0.5" }, url, proxies)).toBe(200);
  });
  test("127.0.0.1 is sent on to localhost, and only reading is", () => {
    const decision = decideRequest(
      incoming({ headers: { host: "127.0.0.1:3000" }, remote: "127.0.0.1", target: "/log?x=1" }),
      { url: local, trusted: none },
    );
    expect(decision).toMatchObject({ status: 308, location: "http://localhost:3000/log?x=1" });
    expect(status({ headers: { host: "127.0.0.1:3000" }, remote: "127.0.0.1", method: "POST" }, local)).toBe(421);
  });
  test("health may be asked on this machine by any of its names", () => {
    expect(status({ headers: { host: "127.0.0.1:3000" }, remote: "127.0.0.1", target: "/api/health" })).toBe(200);
    // A load balancer asks by address.
    expect(status({ headers: { host: "10.9.8.7:3000" }, target: "/api/health" })).toBe(200);
  });
  test("the port that goes without saying, a last dot and a list are the same host", () => {
    for (const host of ["callbox.example.gov:443", "CALLBOX.example.gov", "callbox.example.gov."]) {
      expect(status({ headers: { host } }), host).toBe(200);
    }
    const headers = { host: "internal", "x-forwarded-host": "callbox.example.gov, internal" };
    expect(status({ headers, remote: "10.0.0.5" }, url, proxies)).toBe(200);
    expect(status({ headers: { host: "callbox.example.gov:8443" } })).toBe(421);
  });
  test("nobody is sent on to another site", () => {
    const decision = decideRequest(
      incoming({ headers: { host: "127.0.0.1:3000" }, remote: "127.0.0.1", target: "//evil.example/x" }),
      { url: local, trusted: none },
    );
    expect(decision).toMatchObject({ status: 308, location: "http://localhost:3000//evil.example/x" });
  });
});

const OURS = { host: "callbox.example.gov", origin: "https://callbox.example.gov" };

test.each([
  ["our own page", OURS.origin, 200],
  ["another page", "https://evil.example", 403],
  ["the same host without TLS", "http://callbox.example.gov", 403],
  ["nobody in particular", undefined, 403],
  ["null", "null", 403],
])("a change asked for by %s", (_, origin, expected) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    expect(status({ method, headers: { host: OURS.host, ...(origin ? { origin } : {}) } })).toBe(expected);
  }
});

describe("what a request brings", () => {
  const body = (target: string, length: number, signedIn: boolean, method = "POST") =>
    status({ method, target, signedIn, headers: { ...OURS, "content-length": String(length) } });
  const MB = 1024 * 1024;
  test.each([
    ["a small form of anybody", body("/sign-in", 1000, false), 200],
    ["a large body of nobody", body("/api/directory/imports/x", 60 * MB, false, "PUT"), 401],
    ["the same of someone signed in", body("/api/directory/imports/x", 60 * MB, true, "PUT"), 200],
    ["too large for anybody", body("/api/directory/imports/x", 70 * MB, true, "PUT"), 413],
    ["a message to check", body("/check", 5 * MB, true), 200],
    ["the same elsewhere", body("/alerts/x/edit", 5 * MB, true), 413],
    ["a sign-in of 1 MB", body("/api/auth/callback/credentials", MB, true), 413],
    ["a length that is none", status({ headers: { host: "callbox.example.gov", "content-length": "x" } }), 400],
    ["a body without a length", status({ method: "POST", headers: { ...OURS, "transfer-encoding": "chunked" } }), 411],
    ["TRACE, which would show what a proxy added", status({ method: "TRACE", headers: OURS }), 405],
    ["CONNECT", status({ method: "CONNECT", headers: OURS }), 405],
    ["a method of WebDAV", status({ method: "PROPFIND", headers: OURS }), 405],
    ["NUL in the address", status({ target: "/log?find=%00" }), 400],
    ["an escape code in the address", status({ target: "/log?find=%1b[31m" }), 400],
    ["a whole URL as the address", status({ target: "http://evil.example/" }), 400],
  ])("%s: %s", (_, found, expected) => expect(found).toBe(expected));

  test("headers that only we or a proxy may set are taken off and set anew", () => {
    const decision = decideRequest(
      incoming({
        headers: {
          host: "callbox.example.gov",
          "x-callbox-address": "1.1.1.1",
          "x-forwarded-for": "1.1.1.1",
          "x-middleware-subrequest": "proxy",
          "x-real-ip": "1.1.1.1",
          accept: "*/*",
        },
      }),
      { url, trusted: none },
    );
    expect(decision).toMatchObject({
      pass: true,
      strip: ["x-callbox-address", "x-forwarded-for", "x-middleware-subrequest", "x-real-ip"],
      headers: { "x-callbox-address": "203.0.113.9", "x-forwarded-proto": "https" },
    });
  });
});
