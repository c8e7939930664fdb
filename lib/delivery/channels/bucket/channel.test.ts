import { createHash } from "node:crypto";
import http from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Refused } from "../../../platform/outbound/address";
import { answerFault, openTestBucket, TEST_KEY, type TestBucket } from "./bucket-for-tests";
import { bucket } from "./channel";

let other: TestBucket;

beforeAll(async () => {
  other = await openTestBucket("alerts");
});
afterAll(() => other.close());
beforeEach(() => {
  [other.behave, other.conditions, other.asked] = [null, "known", []];
});

const settings = (more: object = {}) =>
  bucket.settings.parse({
    url: other.endpoint,
    region: "us-east-1",
    bucket: "alerts",
    prefix: "live",
    accessKeyId: TEST_KEY.accessKeyId,
    allowed: ["127.0.0.1"],
    ...more,
  });
const secrets = { secret: TEST_KEY.secretAccessKey };
const surroundings = (ms = 2000) => ({
  now: new Date(),
  signal: AbortSignal.timeout(ms),
  mail: null,
  demonstration: true,
  handedOver: () => undefined,
  writeSite: async () => "",
  publicUrl: "",
});

let messages = 0;
function message(xml = "<alert>ñ</alert>", identifier = `MA911-${(messages += 1)}-GRANBY`) {
  const bytes = Buffer.from(xml);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { identifier, msgType: "Alert", sent: "", sha256, xml: bytes, places: ["Granby"] };
}
const deliver = (one = message(), more: object = {}, keys = secrets, ms = 2000) =>
  bucket.deliver(
    {
      mode: "live",
      refusedBefore: null,
      key: `bucket:${one.identifier}`,
      alert: { id: "a", code: "A", title: "T", agency: "S" },
      messages: [one],
    },
    settings(more),
    keys,
    surroundings(ms),
  );
const puts = () => other.asked.filter(({ method }) => method === "PUT");
const stored = async (name: string) => Buffer.from(await (await fetch(`${other.endpoint}/live/${name}`)).arrayBuffer());

test("a message is a file with its stored bytes, signed for, and read back", async () => {
  const one = message();
  expect(await deliver(one)).toEqual({
    state: "confirmed",
    sent: `alerts/live/${one.identifier}.xml, ${one.xml.length} bytes`,
    answer: "read back",
  });
  expect((await stored(`${one.identifier}.xml`)).equals(one.xml)).toBe(true);
  expect(puts()[0]!.headers).toMatchObject({
    "content-type": "application/cap+xml; charset=utf-8",
    "content-md5": createHash("md5").update(one.xml).digest("base64"),
    "if-none-match": "*",
  });
});

describe("sent again", () => {
  test.each(["known", "ignored", "not-implemented"] as const)("it is there once, conditions %s", async (conditions) => {
    other.conditions = conditions;
    const one = message();
    await deliver(one);
    const again = await deliver(one);
    expect(again.state).toBe("confirmed");
    expect(again.answer).toBe(conditions === "known" ? "there from an earlier try, read back" : "read back");
    expect((await stored(`${one.identifier}.xml`)).equals(one.xml)).toBe(true);
  });

  test("another file of the same name is left as it is", async () => {
    const one = message();
    await deliver(one);
    await expect(deliver(message("<alert>other</alert>", one.identifier))).rejects.toThrow(/another file named/);
    expect((await stored(`${one.identifier}.xml`)).equals(one.xml)).toBe(true);
  });
});

describe("what goes wrong is said in plain words, and tried again where that can help", () => {
  type Trouble = [string, (answer: http.ServerResponse) => void, RegExp, boolean];
  const code = (status: number, name: string, says: RegExp, final: boolean): Trouble => [
    name,
    (answer) => answerFault(answer, status, name),
    says,
    final,
  ];
  const TROUBLES: Trouble[] = [
    code(404, "NoSuchBucket", /no bucket of this name/, true),
    code(403, "AccessDenied", /does not allow this key/, true),
    code(403, "SignatureDoesNotMatch", /secret access key does not belong/, true),
    code(403, "InvalidAccessKeyId", /knows this access key ID/, true),
    code(403, "RequestTimeTooSkewed", /clock of this machine/, false),
    code(400, "AuthorizationHeaderMalformed", /another region/, true),
    code(400, "EntityTooLarge", /larger than the bucket takes/, true),
    code(400, "BadDigest", /not what was sent/, false),
    code(503, "SlowDown", /fewer requests/, false),
    code(500, "InternalError", /error of its own/, false),
    code(503, "ServiceUnavailable", /not available just now/, false),
    code(409, "ConditionalRequestConflict", /being written at that moment/, false),
    code(301, "PermanentRedirect", /at another address or in another region/, true),
    code(307, "TemporaryRedirect", /is moving/, false),
    code(418, "Teapot", /refused with 418: Teapot/, true),
    ["403 without words", (answer) => answer.writeHead(403).end(), /does not say why/, true],
    [
      "a redirect to this machine",
      (answer) => answer.writeHead(302, { location: "http://127.0.0.1:22/" }).end(),
      /redirect \(302\), which is not followed/,
      true,
    ],
    [
      "a page of another server",
      (answer) => answer.writeHead(200).end("<html>It works!</html>"),
      /not as a bucket does: <html>/,
      false,
    ],
    ["200 with nothing", (answer) => answer.writeHead(200).end(), /not as a bucket does/, false],
    [
      "200 with an error inside",
      (answer) =>
        answer.writeHead(200, { etag: '"x"' }).end("<Error><Code>InternalError</Code><Message>m</Message></Error>"),
      /not as a bucket does: <Error>/,
      false,
    ],
    [
      "500 with a page",
      (answer) => answer.writeHead(500).end("<html><p>oops"),
      /^Answered 500, and not as a bucket does\.$/,
      false,
    ],
    ["garbage", (answer) => answer.socket?.end("\u0000\u0001garbage\r\n\r\n"), /Parse Error|Expected HTTP/, false],
    [
      "ends in the middle",
      (answer) => answer.writeHead(500, { "content-length": "100" }).write("half", () => answer.socket?.destroy()),
      /aborted|Premature close|ECONNRESET|socket hang up/,
      false,
    ],
    ["an endless answer", (answer) => answer.writeHead(500).end("x".repeat(200_000)), /longer than 64 KB/, false],
    ["hangs up", (answer) => void answer.socket?.destroy(), /socket hang up|ECONNRESET/, false],
  ];
  test.each(TROUBLES)("%s", async (_, trouble, says, final) => {
    other.behave = (__, answer) => {
      trouble(answer);
      return true;
    };
    const error: unknown = await deliver().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(says);
    expect(error instanceof Refused).toBe(final);
    // Then it is well again.
    other.behave = null;
    expect((await deliver()).state).toBe("confirmed");
  });

  test.each([
    ["never answers", () => true],
    [
      "answers a byte at a time",
      (_: unknown, answer: http.ServerResponse) => {
        answer.writeHead(500);
        const timer = setInterval(() => answer.write("."), 20);
        answer.on("close", () => clearInterval(timer));
        return true;
      },
    ],
  ] as [string, NonNullable<TestBucket["behave"]>][])("%s: time runs out", async (_, behave) => {
    other.behave = behave;
    const before = Date.now();
    await expect(deliver(message(), {}, secrets, 250)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(Date.now() - before).toBeLessThan(2000);
  });

  test("a wrong secret and a wrong key are found by their signature", async () => {
    await expect(deliver(message(), {}, { secret: "another secret" })).rejects.toThrow(
      /secret access key does not belong/,
    );
    await expect(deliver(message(), { accessKeyId: "NOBODY" })).rejects.toThrow(/knows this access key ID/);
    await expect(deliver(message(), { bucket: "nowhere" })).rejects.toThrow(/no bucket of this name/);
  });

  test("what is not read back as it was written is not said to be there", async () => {
    other.behave = ({ method }, answer) => {
      if (method === "GET") answer.writeHead(200, { "content-type": "text/plain" }).end("something else");
      return method === "GET";
    };
    await expect(deliver()).rejects.toThrow(/does not read as it was written/);
    other.behave = ({ method }, answer) => {
      if (method === "GET") answerFault(answer, 404, "NoSuchKey");
      return method === "GET";
    };
    await expect(deliver()).rejects.toThrow(/not there after it was taken/);
  });

  test("a key that may only write is no trouble: accepted, and no more is claimed", async () => {
    other.behave = ({ method }, answer) => {
      if (method === "GET") answerFault(answer, 403, "AccessDenied");
      return method === "GET";
    };
    expect(await deliver()).toMatchObject({ state: "accepted", answer: "this key may not read it back" });
  });
});

describe("where it may go", () => {
  test.each([
    ["this machine", `http://127.0.0.1:9`],
    ["this machine by name", "http://localhost:9"],
    ["IPv6 of this machine", "http://[::1]:9"],
  ])("not to %s, unless someone allowed it by name", async (_, url) => {
    await expect(deliver(message(), { url, allowed: [] })).rejects.toThrow(/not on the public internet/);
    expect(other.asked).toEqual([]);
  });

  test("nowhere beyond this machine in a demonstration", async () => {
    await expect(deliver(message(), { url: "https://s3.us-east-1.amazonaws.com" })).rejects.toThrow(
      "A demonstration sends nothing beyond this machine.",
    );
  });
});

test("the test puts a file, reads it back and removes it", async () => {
  const receipt = await bucket.test(settings(), secrets, surroundings());
  expect(receipt).toMatchObject({ state: "confirmed", answer: "read back" });
  expect(other.asked.map(({ method }) => method)).toEqual(["PUT", "GET", "DELETE"]);
  other.behave = (_, answer) => {
    answerFault(answer, 403, "AccessDenied");
    return true;
  };
  await expect(bucket.test(settings(), secrets, surroundings())).rejects.toThrow(/does not allow this key/);
});
