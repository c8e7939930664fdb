import { createHash, createHmac } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import S3rver from "s3rver";

/**
 * A stand-in for a bucket: s3rver keeps and serves the files, as an API and as a
 * website; before it stands what it lacks: signatures (version 4) that are worked out
 * anew from the request as it arrived, and `If-None-Match: *`. It counts what is asked.
 */

export const TEST_KEY = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER-secret-access-key" };

export interface Asked {
  method: string;
  /** The path in the bucket, decoded. */
  name: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface TestBucket {
  endpoint: string;
  bucket: string;
  /** Requests of the API that were answered, in order. */
  asked: Asked[];
  /** Answers in place of the bucket; false lets it through. */
  behave: ((asked: Asked, answer: http.ServerResponse) => boolean) | null;
  /** Called after a file was put or removed. */
  after: ((asked: Asked) => Promise<void>) | null;
  /** Whether a service knows `If-None-Match: *`: as AWS does, not at all, or by refusing it. */
  conditions: "known" | "ignored" | "not-implemented";
  close: () => Promise<void>;
}

const fault = (answer: http.ServerResponse, status: number, code: string, message = code) =>
  void answer
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
export const answerFault = fault;

const hash = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** The code S3 answers to a request whose signature, or whose body, is not what its headers say; null when all is well. */
function checkSignature(request: http.IncomingMessage, body: Buffer): string | null {
  const [, access, scope = "", signed = "", signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      String(request.headers.authorization),
    ) ?? [];
  if (access !== TEST_KEY.accessKeyId) return "InvalidAccessKeyId";
  const [day = "", region = ""] = scope.split("/");
  const [at = "", query = ""] = (request.url ?? "").split("?");
  const sum = String(request.headers["x-amz-content-sha256"]);
  const canonical = [
    request.method,
    at,
    query
      .split("&")
      .filter(Boolean)
      .map((one) => (one.includes("=") ? one : `${one}=`))
      .sort()
      .join("&"),
    ...signed.split(";").map((name) => `${name}:${String(request.headers[name] ?? "").trim()}`),
    "",
    signed,
    sum,
  ].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${TEST_KEY.secretAccessKey}`);
  const text = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hash(canonical)].join("\n");
  if (hmac(key, text).toString("hex") !== signature) return "SignatureDoesNotMatch";
  return sum === hash(body) ? null : "XAmzContentSHA256Mismatch";
}

const WEBSITE =
  '<WebsiteConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IndexDocument><Suffix>index.html</Suffix></IndexDocument>' +
  "<ErrorDocument><Key>find/index.html</Key></ErrorDocument></WebsiteConfiguration>";

/** Opens one on a port of its own. What has no signature is asked of the bucket as a website. */
export async function openTestBucket(bucket = "site"): Promise<TestBucket> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "callbox-bucket-"));
  const inner = new S3rver({
    address: "127.0.0.1",
    port: 0,
    directory,
    silent: true,
    configureBuckets: [{ name: bucket, configs: [WEBSITE] }],
  });
  const { port } = await inner.run();
  const there = new Set<string>();
  const server = http.createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const isApi = request.headers.authorization !== undefined;
      const at = isApi ? (request.url ?? "/") : `/${bucket}${request.url ?? "/"}`;
      const name = decodeURIComponent(at.split("?")[0] ?? "").replace(`/${bucket}/`, "");
      const asked = { method: String(request.method), name, headers: request.headers, body };
      if (isApi) {
        if (opened.behave?.(asked, answer)) return;
        opened.asked.push(asked);
        const wrong = checkSignature(request, body);
        if (wrong) return fault(answer, 403, wrong);
        const once = request.headers["if-none-match"];
        if (asked.method === "PUT" && once && opened.conditions === "not-implemented")
          return fault(
            answer,
            501,
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
          );
        if (asked.method === "PUT" && once && opened.conditions === "known" && there.has(name))
          return fault(answer, 412, "PreconditionFailed");
      }
      const { authorization: _, "if-none-match": __, ...headers } = request.headers;
      const onward = http.request({ host: "127.0.0.1", port, path: at, method: request.method, headers }, (given) => {
        const pass = async () => {
          if (isApi && (given.statusCode ?? 500) < 300) {
            if (asked.method === "PUT") there.add(name);
            if (asked.method === "DELETE") there.delete(name);
            if (asked.method !== "GET") await opened.after?.(asked);
          }
          answer.writeHead(given.statusCode ?? 500, given.headers);
          given.pipe(answer);
        };
        void pass();
      });
      onward.on("error", () => answer.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const opened: TestBucket = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    asked: [],
    behave: null,
    after: null,
    conditions: "known",
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await inner.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
  return opened;
}
