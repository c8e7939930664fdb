import { z } from "zod";
import { parseCapTime } from "../../../standards/cap/time";
import { assessCertificate, parseSigningKey } from "../../../standards/signature/sign";
import { channelKind, cut, type Receipt, stayHere } from "../../channel";
import { Refused } from "../../../platform/outbound/address";
import { post } from "../../../platform/outbound/post";
import { describeStatus, readAnswer } from "./answer";
import { type Sender, writePostCap, writeServerInfo } from "./envelope";

/**
 * IPAWS-OPEN: each message posted under the agency's certificate. Developed
 * against a stand-in that checks signatures and answers with the documented
 * codes; it has not been tried against FEMA's own, which needs an agreement.
 */

/** IPAWS takes a message within so long of its sending (IPAWS-003). */
const WINDOW_MS = 300_000;

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "Use the complete address of the service." }),
  logonUser: z.string().trim().min(1, "Name who sends.").max(60),
  cogId: z
    .string()
    .trim()
    .regex(/^\d{6}$/, "Use the six digits of your COG."),
  allowed: z.array(z.string().trim().min(1).max(253)).max(10).default([]),
});
const secrets = z.strictObject({
  certificate: z.string().min(1, "Paste the certificate."),
  key: z.string().min(1, "Paste the private key."),
});

function senderOf(
  { logonUser, cogId }: z.infer<typeof settings>,
  { certificate, key }: z.infer<typeof secrets>,
  now: number,
): Sender {
  let parsed: ReturnType<typeof parseSigningKey>;
  try {
    parsed = parseSigningKey(key, certificate);
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : "The key cannot be read.");
  }
  const { state, says } = assessCertificate(parsed.certificate, now);
  if (state === "expired" || state === "not-yet-valid") throw new Refused(says);
  return { logonUser, cogId, ...parsed };
}

const HEADERS = { "Content-Type": "text/xml; charset=utf-8", SOAPAction: '""', "User-Agent": "Callbox" };

/**
 * Every channel of IPAWS answers for itself: one may take what another refuses, and both are said.
 * @param refusedBefore what was answered when an earlier try was refused
 */
function judge(body: string, status: number, sent: string, refusedBefore: string | null): Receipt {
  const answer = readAnswer(body);
  if (!answer) throw new Error(`Answered ${status} without a status: ${cut(body)}`);
  if (answer.fault && answer.passing) throw new Error(`IPAWS is in trouble: ${answer.fault}`);
  if (answer.fault) throw new Refused(`IPAWS refused the request: ${answer.fault}`);
  const said = cut(answer.statuses.map(describeStatus).join("; "));
  // A duplicate is what an earlier try of ours left there. One without an answer was taken; one that was refused still is.
  const isDuplicate = answer.statuses.some(({ error, code }) => error && code === "201");
  if (isDuplicate && refusedBefore !== null)
    throw new Refused(`IPAWS has it from an earlier try, which was refused: ${refusedBefore}`);
  const errors = answer.statuses.filter(({ error, code }) => error && code !== "201");
  if (errors.length > 0) throw new Refused(`Not taken by every channel: ${said}`);
  return { state: "accepted", sent, answer: said };
}

export const ipaws = channelKind({
  kind: "ipaws",
  whole: false,
  bytes: true,
  settings,
  secrets,
  deliver: async ({ mode, messages, refusedBefore }, given, keys, { now, signal, handedOver }) => {
    const [message] = messages;
    if (!message) throw new Refused("There is no message.");
    if (mode !== "live") throw new Refused("An exercise is never sent to IPAWS.");
    const cap = Buffer.from(message.xml).toString("utf8");
    if (!/<status>Actual<\/status>/.test(cap)) throw new Refused("IPAWS sends out what is Actual, and nothing else.");
    if (!cap.includes("SignatureValue"))
      throw new Refused("The message is not signed. Set the key that signs at publication.");
    const sentAt = parseCapTime(message.sent);
    if (sentAt === undefined || now.getTime() - sentAt > WINDOW_MS)
      throw new Refused(
        "It was sent more than five minutes ago, so IPAWS would refuse it (303). Publish an update instead.",
      );
    const sender = senderOf(given, keys, now.getTime());
    const { status, body } = await post(given.url, writePostCap(cap, sender), HEADERS, {
      allowed: given.allowed,
      signal,
      whenSent: handedOver,
    });
    return judge(body, status, `postCAP ${message.identifier} as COG ${given.cogId}`, refusedBefore);
  },
  test: async (given, keys, surroundings) => {
    stayHere(surroundings, given.url);
    const { signal } = surroundings;
    const sender = senderOf(given, keys, Date.now());
    const { status, body } = await post(given.url, writeServerInfo(sender), HEADERS, {
      allowed: given.allowed,
      signal,
    });
    return { state: "handed-over", sent: `getServerInfo as COG ${given.cogId}`, answer: cut(`${status} ${body}`) };
  },
});
