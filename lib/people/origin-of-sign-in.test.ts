import { describe, expect, test } from "vitest";
import { describeBrowser, keepAddress, networkOf } from "./origin-of-sign-in";

describe("an address in the record", () => {
  test.each([
    ["203.0.113.77", "203.0.113.0/24"],
    ["::ffff:203.0.113.77", "203.0.113.0/24"],
    ["2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3::/48"],
    ["2001:0db8:0001:0002:0003:0004:0005:0006", "2001:db8:1::/48"],
    ["::1", "0:0:0::/48"],
    ["unknown", ""],
    ["<script>", ""],
  ])("%s is cut to %s", (address, kept) => expect(keepAddress(address, "cut", "key")).toBe(kept));

  test("hashed, it tells same from different and nothing else", () => {
    const one = keepAddress("203.0.113.77", "hashed", "key");
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(keepAddress("203.0.113.77", "hashed", "key")).toBe(one);
    expect(keepAddress("203.0.113.78", "hashed", "key")).not.toBe(one);
    expect(keepAddress("203.0.113.77", "hashed", "another key")).not.toBe(one);
  });

  test("is not kept at all where the policy says so", () => {
    expect(keepAddress("203.0.113.77", "none", "key")).toBe("");
  });
});

test.each([
  ["203.0.113.77", "203.0.113.77"],
  ["2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8:85a3:8d3"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:db8:1:2::", "2001:db8:1:2"],
  // Written short in its middle, one zero group: what follows it counts.
  ["2001::3:4:5:6:7:8", "2001:0:3:4"],
])("attempts from %s are counted by %s", (address, network) => expect(networkOf(address)).toBe(network));

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1",
    "Safari on iOS",
  ],
  ["Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["curl/8.1\u001b[31m", "another program"],
])("%s", (userAgent, words) => expect(describeBrowser(userAgent)).toBe(words));
