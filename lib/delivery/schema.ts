import { z } from "zod";

/** What a person enters about a channel, and the words its deliveries are told with. */

/** Kinds that are set up by a person; the public site is there from the beginning. */
export const CHANNEL_KINDS = {
  webhook: { label: "Webhook", says: "Posts each message to a web address, signed with a shared secret." },
  email: { label: "Email list", says: "Sends one email for each alert to a list, with the messages attached." },
  "file-drop": { label: "Folder", says: "Writes each message as a file into a folder, for another program to take." },
} as const;
export type ChannelKindName = keyof typeof CHANNEL_KINDS;

export const CHANNEL_STATES = { off: "Off", exercise: "Exercises only", live: "Live" } as const;
export type ChannelState = keyof typeof CHANNEL_STATES;
export const channelStateSchema = z.enum(["off", "exercise", "live"]);

export const channelFormSchema = z.strictObject({
  /** Missing for a new one. */
  id: z.string().optional(),
  agencyId: z.string().min(1, "Choose an agency."),
  kind: z.enum(["webhook", "email", "file-drop"]),
  name: z.string().trim().min(2, "Give it a name.").max(60, "Use at most 60 characters."),
  url: z.string().trim().max(500).default(""),
  format: z.enum(["json", "cap"]).default("json"),
  /** Host names that may lead into a network, comma between. */
  allowed: z.string().trim().max(500).default(""),
  /** Left empty, the one that is there stays. */
  secret: z.string().max(200).default(""),
  folder: z.string().trim().max(500).default(""),
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
  return form.kind === "email" ? { to: listOf(form.to) } : { folder: form.folder };
}

export const channelStateFormSchema = z.strictObject({ id: z.string().min(1), state: channelStateSchema });
export const channelActSchema = z.strictObject({ id: z.string().min(1) });
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
