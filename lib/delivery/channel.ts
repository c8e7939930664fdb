import type { z } from "zod";
import { isLoopback } from "../platform/loopback";
import { Refused } from "../platform/outbound/address";
import type { Told } from "./press/schema";

/**
 * What a channel is. One kind is one folder of `channels/` with one object of
 * this type in its `channel.ts`; `channels/kinds.ts` lists them, and nothing else
 * knows them. What goes out in an exercise is another type than what goes out
 * live, so that a channel cannot be handed one for the other.
 */

/** What one delivery hands over: stored bytes, never made anew. */
interface Outgoing {
  /** What the other side counts by: the same at every try. */
  key: string;
  alert: { id: string; code: string; title: string; agency: string };
  messages: readonly OutgoingMessage[];
  /** What was answered when an earlier try was refused for good, before someone published it again; null otherwise. */
  refusedBefore: string | null;
  /** What was approved, as people read it; for kinds that send a whole alert out. */
  told?: Told | null;
}

export interface OutgoingMessage {
  identifier: string;
  msgType: string;
  sent: string;
  sha256: string;
  xml: Uint8Array;
  places: readonly string[];
}

export interface LiveDelivery extends Outgoing {
  mode: "live";
}
export interface ExerciseDelivery extends Outgoing {
  mode: "exercise";
}

/**
 * The ladder of words, never skipped: handed over, accepted when the other side
 * said so, confirmed when it was read back from outside.
 */
export interface Receipt {
  state: "handed-over" | "accepted" | "confirmed";
  /** What was sent, as a line for people; no secret in it. */
  sent: string;
  /** What came back, cut to what a page can show. */
  answer: string;
  /** Of whom the other side did not take it, where it took it for some: it is not accepted then, and not tried again. */
  partly?: string;
}

/** What a channel may use of the process it runs in. */
export interface Surroundings {
  now: Date;
  /** Ends what takes too long. */
  signal: AbortSignal;
  /** The site's own mail server, where there is one. */
  mail: { url: string; from: string } | null;
  /** A demonstration sends nothing beyond the machine it runs on. */
  demonstration: boolean;
  /** To be called once the bytes have left us, before what comes back is known. */
  handedOver: () => void;
  /** Writes the public site anew; returns what was written. */
  writeSite: () => Promise<string>;
  /** The address of the public site. */
  publicUrl: string;
}

export interface ChannelKind<Settings extends z.ZodType = z.ZodType, Secrets extends z.ZodType = z.ZodType> {
  kind: string;
  /** Whether it takes an alert as a whole, not its messages one by one. */
  whole: boolean;
  /** Whether it hands the bytes of messages over; without, it is given none. */
  bytes: boolean;
  settings: Settings;
  secrets: Secrets;
  /** @throws Refused for good, anything else to be tried again */
  deliver: (
    delivery: LiveDelivery | ExerciseDelivery,
    settings: z.infer<Settings>,
    secrets: z.infer<Secrets>,
    surroundings: Surroundings,
  ) => Promise<Receipt>;
  /** Asks the other side whether it is there, without a message. */
  test: (
    settings: z.infer<Settings>,
    secrets: z.infer<Secrets>,
    surroundings: Pick<Surroundings, "signal" | "mail" | "publicUrl" | "demonstration">,
  ) => Promise<Receipt>;
}

/** What a channel's secrets are sealed about: they open for no other. */
export const channelSecretOf = (id: string) => `channel ${id}`;

/** Keeps the types of settings and secrets together with what uses them. */
export const channelKind = <Settings extends z.ZodType, Secrets extends z.ZodType>(
  kind: ChannelKind<Settings, Secrets>,
): ChannelKind => kind as unknown as ChannelKind;

/** @throws Refused where a demonstration would send something beyond its own machine */
export function stayHere({ demonstration }: Pick<Surroundings, "demonstration">, address: string): void {
  if (demonstration && !isLoopback(address)) throw new Refused("A demonstration sends nothing beyond this machine.");
}

/** An answer as a page shows it and a database keeps it: without what is no text, and not endless. */
export function cut(text: string): string {
  const readable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd");
  return readable.length > 1000 ? `${readable.slice(0, 999)}…` : readable;
}
