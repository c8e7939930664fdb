import { createHmac } from "node:crypto";
import { z } from "zod";
import { channelKind, cut, type OutgoingMessage, type Receipt, stayHere } from "../../channel";
import { Refused } from "../../../platform/outbound/address";
import { post, type Posted } from "../../../platform/outbound/post";

/** Posts each message to an address elsewhere, signed, with a key to count it by. */

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "Use a complete web address, such as https://example.gov/alerts." }),
  format: z.enum(["json", "cap"]).default("json"),
  /** Host names that may lead to addresses inside a network. */
  allowed: z.array(z.string().trim().min(1).max(253)).max(10).default([]),
});
const secrets = z.strictObject({ secret: z.string().min(16, "Use 16 or more characters.").max(200) });

/** Their clock against ours: a signature is of its moment (seconds since 1970). */
export function sign(secret: string, timestamp: number, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex");
}

/** Whether an answer of 2xx says in its text that it was not taken after all. */
function saysNo(body: string): boolean {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== "object" || json === null) return false;
    const said = json as Record<string, unknown>;
    return (
      Boolean(said.error) ||
      (Array.isArray(said.errors) && said.errors.length > 0) ||
      said.ok === false ||
      said.success === false ||
      said.accepted === false ||
      said.status === "error"
    );
  } catch {
    return /<(?:\w+:)?(?:fault|error)\b/i.test(body);
  }
}

function judge({ status, body }: Posted, sent: string): Receipt {
  const answer = cut(`${status} ${body}`.trim());
  if (status >= 200 && status < 300) {
    if (saysNo(body)) throw new Error(`Answered ${status}, but says that it was not taken: ${answer}`);
    return { state: "accepted", sent, answer };
  }
  // Gone, not found, too large, not understood: nothing another try would change. The rest may pass.
  if ([400, 401, 403, 404, 405, 410, 413, 415, 422].includes(status)) throw new Refused(`Refused: ${answer}`);
  if (status >= 300 && status < 400) throw new Refused(`Answered with a redirect, which is not followed: ${answer}`);
  throw new Error(`Not taken: ${answer}`);
}

const toJson = (key: string, mode: string, message: OutgoingMessage): string =>
  JSON.stringify({
    format: "callbox-webhook-1",
    delivery: key,
    mode,
    identifier: message.identifier,
    msgType: message.msgType,
    sent: message.sent,
    sha256: message.sha256,
    places: message.places,
    cap: Buffer.from(message.xml).toString("utf8"),
  });

export const webhook = channelKind({
  kind: "webhook",
  whole: false,
  bytes: true,
  settings,
  secrets,
  deliver: async ({ key, mode, messages }, { url, format, allowed }, { secret }, surroundings) => {
    const { now, signal, handedOver } = surroundings;
    stayHere(surroundings, url);
    const [message] = messages;
    if (!message) throw new Refused("There is no message.");
    const body = format === "json" ? toJson(key, mode, message) : Buffer.from(message.xml).toString("utf8");
    const timestamp = Math.floor(now.getTime() / 1000);
    const headers = {
      "Content-Type": format === "json" ? "application/json; charset=utf-8" : "application/cap+xml; charset=utf-8",
      "User-Agent": "Callbox",
      "Idempotency-Key": key,
      "Callbox-Delivery": key,
      "Callbox-Timestamp": String(timestamp),
      "Callbox-Signature": `v1=${sign(secret, timestamp, body)}`,
    };
    const sent = `POST ${url}, ${message.identifier}, ${Buffer.byteLength(body)} bytes`;
    return judge(await post(url, body, headers, { allowed, signal, whenSent: handedOver }), sent);
  },
  test: async ({ url, allowed }, _, surroundings) => {
    stayHere(surroundings, url);
    const { signal } = surroundings;
    const { status, body } = await post(url, "", {}, { allowed, signal, method: "HEAD" });
    return { state: "handed-over", sent: `HEAD ${url}`, answer: cut(`${status} ${body}`.trim()) };
  },
});
