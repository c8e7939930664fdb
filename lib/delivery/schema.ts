import { z } from "zod";
import { ALLOWED_CHANNELS, type AllowedChannel } from "../access/allowance/allowance";

/** What a person enters about a channel, and the words its deliveries are told with. */

/** Kinds that are set up by a person; the public site is there from the beginning. */
export const CHANNEL_KINDS = {
  webhook: {
    label: ALLOWED_CHANNELS.webhook,
    says: "Posts each message to a web address, signed with a shared secret.",
  },
  email: {
    label: ALLOWED_CHANNELS.email,
    says: "Sends one email for each alert to a list, with the messages attached.",
  },
  ipaws: {
    label: ALLOWED_CHANNELS.ipaws,
    says: "Posts each signed message to IPAWS. Not yet proven against FEMA’s own service: it is off until you give certificate and address.",
  },
  "file-drop": {
    label: ALLOWED_CHANNELS["file-drop"],
    says: "Writes each message as a file into a folder, for another program to take.",
  },
  bucket: {
    label: ALLOWED_CHANNELS.bucket,
    says: "Writes each message as a file into a bucket of Amazon S3, or of a service that speaks like it.",
  },
} as const satisfies Record<Exclude<AllowedChannel, "public-site">, { label: string; says: string }>;
export type ChannelKindName = keyof typeof CHANNEL_KINDS;

export const CHANNEL_STATES = { off: "Off", exercise: "Exercises only", live: "Live" } as const;
export type ChannelState = keyof typeof CHANNEL_STATES;
export const channelStateSchema = z.enum(["off", "exercise", "live"]);

export const channelFormSchema = z.strictObject({
  /** Missing for a new one. */
  id: z.string().optional(),
  agencyId: z.string().min(1, "Choose an agency."),
  kind: z.enum(["webhook", "email", "file-drop", "bucket", "ipaws"]),
  name: z.string().trim().min(2, "Give it a name.").max(60, "Use at most 60 characters."),
  url: z.string().trim().max(500).default(""),
  format: z.enum(["json", "cap"]).default("json"),
  /** Host names that may lead into a network, comma between. */
  allowed: z.string().trim().max(500).default(""),
  /** Left empty, the one that is there stays. */
  secret: z.string().max(200).default(""),
  folder: z.string().trim().max(500).default(""),
  bucket: z.string().trim().max(63).default(""),
  region: z.string().trim().max(60).default(""),
  prefix: z.string().trim().max(200).default(""),
  accessKeyId: z.string().trim().max(128).default(""),
  logonUser: z.string().trim().max(60).default(""),
  cogId: z.string().trim().max(20).default(""),
  /** PEM; left empty, those that are there stay. */
  certificate: z.string().max(20_000).default(""),
  key: z.string().max(20_000).default(""),
  /** Addresses, one a line or comma between. */
  to: z.string().trim().max(20_000).default(""),
});
export type ChannelForm = z.input<typeof channelFormSchema>;

const listOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter(Boolean);

/** The settings of its kind that a form means, not yet checked by it. */
export function settingsOf(form: z.output<typeof channelFormSchema>): Record<string, unknown> {
  if (form.kind === "webhook") return { url: form.url, format: form.format, allowed: listOf(form.allowed) };
  if (form.kind === "ipaws")
    return { url: form.url, logonUser: form.logonUser, cogId: form.cogId, allowed: listOf(form.allowed) };
  if (form.kind === "bucket") {
    const { url, bucket, region, prefix, accessKeyId } = form;
    return { url, bucket, region, prefix, accessKeyId, allowed: listOf(form.allowed) };
  }
  return form.kind === "email" ? { to: listOf(form.to) } : { folder: form.folder };
}

/** The secrets of its kind that a form brings, or null where they were left empty. */
export function secretsOf(form: z.output<typeof channelFormSchema>): Record<string, string> | null {
  if (form.kind === "webhook" || form.kind === "bucket") return form.secret === "" ? null : { secret: form.secret };
  if (form.kind === "ipaws")
    return form.certificate === "" && form.key === "" ? null : { certificate: form.certificate, key: form.key };
  return null;
}

/** Where a kind that needs secrets has none, what is missing, by field. */
export const MISSING_SECRETS: ReadonlyMap<string, Record<string, string>> = new Map<string, Record<string, string>>([
  ["webhook", { secret: "Give a secret of 16 or more characters." }],
  ["bucket", { secret: "Enter the secret access key." }],
  ["ipaws", { certificate: "Paste the certificate.", key: "Paste the private key." }],
]);

/** States that one person turns a channel to; live takes two. */
export const channelStateFormSchema = z.strictObject({ id: z.string().min(1), state: z.enum(["off", "exercise"]) });
export const channelActSchema = z.strictObject({ id: z.string().min(1) });
export const confirmChannelSchema = z.strictObject({
  id: z.string().min(1),
  /** When it was asked for, in milliseconds since 1970. */
  askedAt: z.number().int(),
});
export const republishSchema = z.strictObject({ channelId: z.string().min(1), alertId: z.string().min(1) });

/** What became of a delivery. */
export const DELIVERY_STATES = {
  stored: "waiting",
  "handed-over": "handed over",
  accepted: "accepted",
  confirmed: "read back",
  failed: "failed",
  dropped: "not sent",
} as const;
export type DeliveryState = keyof typeof DELIVERY_STATES;
