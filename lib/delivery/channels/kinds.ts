import type { ChannelKind } from "../channel";
import { bucket } from "./bucket/channel";
import { email } from "./email/channel";
import { fileDrop } from "./file-drop/channel";
import { ipaws } from "./ipaws/channel";
import { publicSite } from "./public-site/channel";
import { webhook } from "./webhook/channel";

/** Every kind of channel. Another one is a folder with a `channel.ts`, and a line here. */
export const KINDS: readonly ChannelKind[] = [publicSite, webhook, email, fileDrop, bucket, ipaws];

export const kindOf = (kind: string): ChannelKind | undefined => KINDS.find((one) => one.kind === kind);
