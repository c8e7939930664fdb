import { randomBytes } from "node:crypto";
import { z } from "zod";
import { fingerprint } from "../../../record/chain";
import { channelKind, type Receipt, stayHere } from "../../channel";
import { Refused } from "../../../platform/outbound/address";
import { Bucket } from "./open-bucket";

/** Puts the stored bytes of each message into a bucket of S3, or of what speaks like it, and reads them back. */

const settings = z.strictObject({
  url: z.url({
    protocol: /^https?$/,
    error: "Use the address of the service without the bucket, such as https://s3.us-east-1.amazonaws.com.",
  }),
  region: z.string().trim().min(1, "Name the region, such as us-east-1.").max(60),
  bucket: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "Name the bucket: 3 to 63 small letters, digits, dots and hyphens."),
  /** Where in the bucket; empty for its top. */
  prefix: z
    .string()
    .trim()
    .max(200)
    .regex(/^(?:[\w.-]+(?:\/[\w.-]+)*\/?)?$/, "Use letters, digits and hyphens, such as alerts/live.")
    .default(""),
  accessKeyId: z.string().trim().min(3, "Enter the access key ID.").max(128),
  /** Host names that may lead to addresses inside a network. */
  allowed: z.array(z.string().trim().min(1).max(253)).max(10).default([]),
});
/** The secret access key. */
const secrets = z.strictObject({ secret: z.string().min(8, "Enter the secret access key.").max(200) });

/** A message is at most some hundred kilobytes. */
const MOST_BYTES = 4 * 1024 * 1024;
const XML = "application/cap+xml; charset=utf-8";

const open = (
  { url, region, bucket, allowed, accessKeyId }: z.infer<typeof settings>,
  { secret }: z.infer<typeof secrets>,
) => Bucket.open({ endpoint: url, region, bucket, allowed }, { accessKeyId, secretAccessKey: secret });

const nameIn = (prefix: string, name: string) => `${prefix.replace(/\/$/, "")}${prefix === "" ? "" : "/"}${name}`;

/** What can be read of a file, where this key may read: an agency may give one that only writes. */
async function readBack(bucket: Bucket, name: string, signal: AbortSignal): Promise<Buffer | "closed" | null> {
  try {
    return await bucket.get(name, MOST_BYTES, signal);
  } catch (error) {
    if (error instanceof Refused) return "closed";
    throw error;
  }
}

export const bucket = channelKind({
  kind: "bucket",
  whole: false,
  bytes: true,
  settings,
  secrets,
  deliver: async ({ messages }, given, keys, surroundings): Promise<Receipt> => {
    stayHere(surroundings, given.url);
    const { signal } = surroundings;
    const [message] = messages;
    if (!message) throw new Refused("There is no message.");
    if (message.xml.length > MOST_BYTES) throw new Refused("The message is larger than 4 MB.");
    const name = nameIn(given.prefix, `${message.identifier}.xml`);
    const sent = `${given.bucket}/${name}, ${message.xml.length} bytes`;
    const opened = await open(given, keys);
    try {
      // The name is the message's own: what an earlier try left is not written twice.
      const written = await opened.put(name, message.xml, { type: XML }, { signal, once: true });
      surroundings.handedOver();
      const back = await readBack(opened, name, signal);
      const there = written ? "" : "there from an earlier try, ";
      if (back === "closed") return { state: "accepted", sent, answer: `${there}this key may not read it back` };
      if (back === null) throw new Error(`${name} is not there after it was taken.`);
      if (fingerprint(back) !== message.sha256) {
        if (!written) throw new Refused(`There is another file named ${name}. It was left as it is.`);
        throw new Error(`${name} does not read as it was written.`);
      }
      return { state: "confirmed", sent, answer: `${there}read back` };
    } finally {
      opened.close();
    }
  },
  test: async (given, keys, surroundings): Promise<Receipt> => {
    stayHere(surroundings, given.url);
    const { signal } = surroundings;
    const name = nameIn(given.prefix, `callbox-test-${randomBytes(6).toString("hex")}.txt`);
    const opened = await open(given, keys);
    try {
      await opened.put(name, Buffer.from("test\n"), { type: "text/plain; charset=utf-8" }, { signal });
      const back = await readBack(opened, name, signal);
      const removed = await opened.remove(name, signal).then(
        () => "and removed again",
        () => "which this key may not remove again",
      );
      const sent = `The file ${name} in ${given.bucket}, ${removed}`;
      return back === "closed"
        ? { state: "accepted", sent, answer: "taken; this key may not read it back" }
        : { state: "confirmed", sent, answer: "read back" };
    } finally {
      opened.close();
    }
  },
});
