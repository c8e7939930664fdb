/**
 * Slots: the words of a text that come from the directory, the incident or the
 * clock. They are written {name}. A slot without a value is an error, never an
 * empty string.
 */

export const SLOTS = {
  sender: "the agency's full name",
  senderShort: "the agency's short name",
  place: "the city or town",
  placeShort: "its short form",
  state: "the state",
  county: "the county",
  wholeCounty: "the county, as in a sentence",
  inCounty: "the county, or parts of it",
  inCountyShort: "the same in few words",
  number: "the direct number",
  desk: "who answers it",
  hours: "when it is answered",
  otherHelp: "another way to get help",
  list: "every town with its number",
  carrier: "the carrier",
  since: "when it began",
  nextUpdate: "when the next update is due",
  until: "when the message ends",
  web: "where to read more",
  originalSent: "when the earlier message was sent",
  wrongNumber: "the number that was wrong",
  restoredAt: "since when 911 works again",
  downIn: "where 911 is down",
  sinceTime: "when it began, as in a sentence",
  nextUpdateTime: "when the next update is due, as in a sentence",
  untilTime: "when the message ends, as in a sentence",
  originalSentTime: "when the earlier message was sent, as in a sentence",
  restoredTime: "since when 911 works again, as in a sentence",
} as const;

export type SlotName = keyof typeof SLOTS;

export const isSlotName = (name: string): name is SlotName => Object.hasOwn(SLOTS, name);
export type SlotValues = Partial<Record<SlotName, string>>;

export interface Segment {
  text: string;
  /** Set when the segment came from a slot. */
  slot?: string;
  /** True when no value is known for the slot. */
  missing?: boolean;
}

/** A value that ends with a point, such as "1:33 p. m.", ends its sentence too. */
const POINTED = /\.$/;

/** A value as it reads before what follows it, which keeps its own point: where the text can be typed in, the text's stays. */
export const readBefore = (value: string, following: string): string =>
  following.startsWith(".") ? value.replace(POINTED, "") : value;

/** Cuts a text into plain words and filled slots, in order. */
export function segmentText(text: string, values: SlotValues): Segment[] {
  const segments = text
    .split(/(\{[A-Za-z0-9]*\})/)
    .filter((piece) => piece !== "")
    .map((piece): Segment => {
      const slot = /^\{([A-Za-z0-9]*)\}$/.exec(piece)?.[1];
      if (slot === undefined) return { text: piece };
      const value = isSlotName(slot) ? values[slot] : undefined;
      return value === undefined ? { text: piece, slot, missing: true } : { text: value, slot };
    });
  return segments.flatMap((segment, index) => {
    const before = segments[index - 1];
    const isDouble = before?.slot !== undefined && POINTED.test(before.text) && segment.slot === undefined;
    const rest = isDouble ? segment.text.replace(/^\./, "") : segment.text;
    return rest === "" ? [] : [{ ...segment, text: rest }];
  });
}

/** Fills the slots; an unknown or unfilled one stays visible as {name}, and W13 finds it. */
export function fillText(text: string, values: SlotValues): string {
  return text.replace(/\{([A-Za-z0-9]*)\}(\.?)/g, (whole, name: string, point: string) => {
    const value = isSlotName(name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return point !== "" && POINTED.test(value) ? value : value + point;
  });
}

/** Names of the slots a text uses, each once, in alphabetical order. */
export function slotsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([A-Za-z0-9]*)\}/g)].map((match) => match[1] ?? ""))].sort();
}

/** The same fact in another form: {placeShort} says what {place} says. */
const factOf = (slot: string): string => (/^restored/.test(slot) ? "restored" : slot.replace(/(Short|Time)$/, ""));

/** Slots of a wording whose fact another one leaves out, in alphabetical order. */
export function leftOutSlots(wording: string, other: string): SlotName[] {
  const said = new Set(slotsOf(other).map(factOf));
  return slotsOf(wording).filter((slot): slot is SlotName => isSlotName(slot) && !said.has(factOf(slot)));
}

/** A wording for people who read of it: its slots by what they say. */
export const describeSlots = (wording: string): string =>
  wording.replace(/\{([A-Za-z0-9]*)\}/g, (whole, name: string) => (isSlotName(name) ? `(${SLOTS[name]})` : whole));
