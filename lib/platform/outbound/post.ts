import http from "node:http";
import https from "node:https";
import { guardedLookup, refuseInner } from "./address";

/** One request, usually a POST of bytes: guarded against inner addresses, redirects, endless answers and endless silence. */

const MOST_ANSWER = 64 * 1024;

export interface Posted {
  status: number;
  body: string;
}

/**
 * @param options.allowed host names that may lead to inner addresses
 * @param options.signal ends it
 * @param options.whenSent is told once the last byte has left, whatever comes back
 * @throws Refused when the address is closed; anything else when no whole answer came
 */
export function post(
  address: string,
  body: Uint8Array | string,
  headers: Record<string, string>,
  options: { allowed: readonly string[]; signal: AbortSignal; method?: "POST" | "HEAD" | "GET"; whenSent?: () => void },
): Promise<Posted> {
  const url = new URL(address);
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    refuseInner(url, options.allowed);
    const request = (url.protocol === "https:" ? https : http).request(
      url,
      {
        method: options.method ?? "POST",
        headers: { ...headers, "Content-Length": bytes.length, Connection: "close" },
        lookup: guardedLookup(options.allowed),
        signal: options.signal,
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_ANSWER) {
            answer.destroy(new Error(`The answer is longer than ${MOST_ANSWER / 1024} KB.`));
            return;
          }
          chunks.push(chunk);
        });
        answer.on("error", reject);
        answer.on("end", () =>
          answer.complete
            ? resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") })
            : reject(new Error("The answer ended in the middle.")),
        );
      },
    );
    request.on("error", reject);
    if (options.whenSent) request.on("finish", options.whenSent);
    request.end(bytes);
  });
}
