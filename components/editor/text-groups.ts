import { capitalize } from "../../lib/platform/capitalize";
import type { Purpose } from "../../lib/alerts/schema";
import { type Audience, isForCounties, PART_SPECS, type Part, TEXTS, type TextSpec } from "../../lib/wording/texts";

/** The registry's texts as the composer shows them: channel by channel. Pure. */

export type ChannelId = "phone" | "web" | "more" | "stations" | "counties";

export interface TextGroup {
  id: ChannelId;
  heading: string;
  /** Whether it stands open when the page opens. */
  open: boolean;
  specs: readonly TextSpec[];
}

const CHANNELS: readonly Omit<TextGroup, "specs">[] = [
  { id: "phone", heading: "Phones", open: true },
  { id: "web", heading: "Web page and CAP", open: true },
  { id: "stations", heading: "Radio and television", open: true },
  { id: "more", heading: "Posts, and scripts to read aloud", open: false },
  { id: "counties", heading: "Receivers that know only counties", open: false },
];

/** Whether a channel is read by the stations and receivers of a county, and not by the phones of the message. */
export const isOfCounty = (channel: ChannelId): boolean => channel === "stations" || channel === "counties";

/** Parts that go out as parameters of CAP are for phones; those that are elements of it are read as pages are. */
function channelOf(
  { audience, part }: { audience: Audience; part: Part },
  place: Audience,
  county: Audience | null,
): ChannelId {
  const cap: object | undefined = PART_SPECS[part].cap;
  const element = cap !== undefined && "element" in cap ? cap.element : undefined;
  const isRead = element === "description" || element === "instruction";
  // Stations read what one text says to both.
  if (isRead && audience === county && (isForCounties(audience) || audience !== place)) return "stations";
  // A message for several places at once has the texts of a county, and phones show them.
  if (audience !== place) return "counties";
  return cap === undefined ? "more" : element === undefined ? "phone" : "web";
}

/** A text of a county that phones show, and one that no number could stand in, is called what phones' texts are called. */
function calledForPhones(spec: TextSpec, channel: ChannelId, purpose: Purpose): TextSpec {
  const phone = TEXTS.find(({ audience, part }) => audience === "place" && part === spec.part);
  const isPlain = isForCounties(spec.audience) || (purpose === "cancellation" && spec.audience === "noNumber");
  if (isOfCounty(channel) || !isPlain || !phone) return spec;
  return { ...spec, label: phone.label, hint: phone.hint };
}

/**
 * @param place of the message for phones; that of a county where it is for several places at once
 * @param county null where stations get no message
 * @param purpose of the alert: a cancellation gives no number anywhere, and does not say so of each text
 * @returns the texts of two audiences by channel, in the order of the registry; channels without a text are left out
 */
export function groupTexts(place: Audience, county: Audience | null, purpose: Purpose): TextGroup[] {
  const specs = TEXTS.filter(({ audience }) => audience === place || audience === county);
  return CHANNELS.map((channel) => ({
    ...channel,
    specs: specs
      .filter((spec) => channelOf(spec, place, county) === channel.id)
      .map((spec) => calledForPhones(spec, channel.id, purpose)),
  })).filter((group) => group.specs.length > 0);
}

/** A label within its channel, as the heading above says the rest: "Phone, short" is "Short". */
export function labelIn({ label }: TextSpec): string {
  const prefix =
    /^(?:Phone, |Web page and CAP(?:, [^:]+)?: |Radio and television(?:, [^:]+)?: |County,? )/.exec(label)?.[0] ?? "";
  return capitalize(label.slice(prefix.length));
}
