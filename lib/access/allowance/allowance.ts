import { type AgencyNode, pathToTop } from "../agency-path";

/**
 * What an agency may publish, and to which kinds of channels. Everything is
 * allowed that neither the agency's own row nor one above it withholds: an
 * agency never allows more than the one above it.
 */

/** What can be withheld. A follow-up of what an agency published itself never is (see `findWithheld`). */
export const ALLOWED_PURPOSES = {
  outage: "911 outage alerts",
  border: "border notices",
  exercise: "exercises",
} as const;
export type AllowedPurpose = keyof typeof ALLOWED_PURPOSES;
export const PURPOSE_NAMES = Object.keys(ALLOWED_PURPOSES) as AllowedPurpose[];

/** Kinds of channels, by the name they have on pages. `delivery/channels` has one folder for each. */
export const ALLOWED_CHANNELS = {
  "public-site": "Public site and feeds",
  webhook: "Webhook",
  email: "Email list",
  ipaws: "IPAWS-OPEN",
  "file-drop": "Folder",
  bucket: "S3 bucket",
} as const;
export type AllowedChannel = keyof typeof ALLOWED_CHANNELS;
export const CHANNEL_NAMES = Object.keys(ALLOWED_CHANNELS) as AllowedChannel[];

/** An agency as the tree of agencies has it. */
export interface AllowanceNode extends AgencyNode {
  name: string;
  withheldPurposes: readonly string[];
  withheldChannels: readonly string[];
}

/** That something is withheld from an agency. */
export interface Withheld {
  /** The agency whose administrators can allow it. */
  by: string;
  /** The nearest agency above that may do it; null where none may. */
  may: string | null;
}

export interface Allowance {
  agency: { id: string; name: string };
  /** What is withheld, by name; what is not in it is allowed. */
  purposes: Readonly<Partial<Record<string, Withheld>>>;
  channels: Readonly<Partial<Record<string, Withheld>>>;
}

/** What an agency may do, from its own row and those above it. @throws when the agency is not among them */
export function decideAllowance(agencyId: string, nodes: readonly AllowanceNode[]): Allowance {
  const path = pathToTop(agencyId, nodes);
  const [own] = path;
  if (!own) throw new Error(`There is no agency ${agencyId}.`);
  const decide = (names: (node: AllowanceNode) => readonly string[]) =>
    Object.fromEntries(
      [...new Set(path.flatMap((node) => names(node)))].map((name): [string, Withheld] => {
        const top = path.findLastIndex((node) => names(node).includes(name));
        // Of all that withhold it the highest one speaks last: the agency above it may do it, and can allow it.
        const above = path[top + 1];
        return [name, { by: (above ?? path[top] ?? own).name, may: above?.name ?? null }];
      }),
    );
  return {
    agency: { id: own.id, name: own.name },
    purposes: decide((node) => node.withheldPurposes),
    channels: decide((node) => node.withheldChannels),
  };
}

/** An alert as far as it matters for what its agency may publish. */
export interface Intended {
  purpose: string;
  mode: string;
  /** What the agency published of the same incident before, by purpose, whatever became of it. */
  published: readonly string[];
}

/**
 * What forbids an agency to publish something, or null. What follows an alert of
 * its own is always allowed, so that nobody is left with a wrong number or
 * without the all-clear because a rule changed: nobody else can send that.
 */
export function findWithheld(
  { purposes }: Allowance,
  { purpose, mode, published }: Intended,
): (Withheld & { purpose: AllowedPurpose }) | null {
  const follows = purpose === "border" ? published.includes("border") : purpose !== "outage" && published.length > 0;
  if (follows) return null;
  const asked: AllowedPurpose = mode === "exercise" ? "exercise" : purpose === "border" ? "border" : "outage";
  const withheld = purposes[asked];
  return withheld ? { ...withheld, purpose: asked } : null;
}

/** A channel that an alert would go to. */
export interface OpenChannel {
  id: string;
  kind: string;
  name: string;
  /** Whether it carried an alert of this agency in the same incident before. */
  began: boolean;
}

export interface Destination extends OpenChannel {
  /** Why it does not go there; null where it goes. */
  withheld: Withheld | null;
}

/**
 * Which of the open channels an alert goes to. One that carried the beginning of
 * an outage carries all that follows, whatever its kind: its readers act on what it brought them.
 */
export function decideDestinations({ channels }: Allowance, open: readonly OpenChannel[]): Destination[] {
  return open.map((channel) => ({
    ...channel,
    withheld: channel.began ? null : (channels[channel.kind] ?? null),
  }));
}

/** Who may do what an agency may not, and who can allow it, in one or two sentences. */
export const formatWhoMay = ({ by, may }: Withheld) =>
  `${may === null ? "" : `${may} may. `}An administrator of ${by} can allow it.`;

/** That an agency may not publish something, who may, and who can allow it. */
export const formatWithheld = (agency: string, withheld: Withheld & { purpose: AllowedPurpose }) =>
  `${agency} is not allowed to ${withheld.purpose === "exercise" ? "run" : "publish"} ${ALLOWED_PURPOSES[withheld.purpose]}. ${formatWhoMay(withheld)}`;

/** Why an agency may run no exercise, as sentences; null where it may. */
export function describeNoExercise(allowance: Allowance): string | null {
  const withheld = findWithheld(allowance, { purpose: "outage", mode: "exercise", published: [] });
  return withheld && formatWithheld(allowance.agency.name, withheld);
}

/** That an agency may not use a kind of channel, who may, and who can allow it. */
export const formatWithheldChannel = (agency: string, kind: string, withheld: Withheld) =>
  `${agency} is not allowed to use channels of the kind “${labelOfChannel(kind)}”. ${formatWhoMay(withheld)}`;

/** What a kind of channel is called on pages. */
export const labelOfChannel = (kind: string): string =>
  Object.hasOwn(ALLOWED_CHANNELS, kind) ? ALLOWED_CHANNELS[kind as AllowedChannel] : kind;

/** What is withheld from an agency, by its own row or one above, in one sentence. */
export function formatAllowance({ purposes, channels }: Allowance): string {
  const names = [
    ...PURPOSE_NAMES.filter((name) => purposes[name]).map((name) => ALLOWED_PURPOSES[name]),
    ...Object.keys(channels).map(labelOfChannel),
  ];
  return names.length === 0 ? "Everything is allowed." : `Not allowed: ${names.join(", ")}.`;
}
