import { formatDigits } from "../directory/schema";
import type { PlaceFacts } from "../directory/place-facts";
import { FIRST_LANGUAGE } from "../platform/language";
import { type CapAlert, type CapInfo, valuesOf } from "../standards/cap/model";
import type { Check } from "../standards/check";
import { isStopping } from "../standards/rule";
import { parseCapTime } from "../standards/cap/time";
import { type Audience, fromCapInfo, PARTS, type Texts } from "../wording/texts";

/**
 * A CAP message from elsewhere as the beginning of a draft. Its words are taken
 * over; its places, numbers and times are not: places are those of the incident
 * that it names, numbers become the directory's, times are stamped at publication.
 */

export interface ImportedDraft {
  placeIds: string[];
  validMinutes: number;
  texts: Texts;
  /** Texts that were taken over, for the record. */
  taken: string[];
}

/**
 * The message of a checked file that can become a draft: the only one in it, with
 * no rule broken that must be kept, since of such a one nobody knows what it says.
 */
export function chooseMessage(
  check: Pick<Check, "messages" | "findings"> | null,
): { alert: CapAlert } | { why: string } {
  const [message, ...more] = check?.messages ?? [];
  if (!message || more.length > 0) return { why: "Only a file with one message can become a draft." };
  const broken = check?.findings.find(isStopping);
  return broken
    ? { why: `A message with a problem that must be fixed can’t become a draft: ${broken.message}` }
    : { alert: message.alert };
}

/** The language of the draft that an info is in, by its first letters; CAP's default is English of the US. */
function languageOf({ language }: CapInfo, texts: Texts): string | undefined {
  const primary = (tag: string) => tag.slice(0, 2).toLowerCase();
  return Object.keys(texts).find((code) => primary(code) === primary(language || FIRST_LANGUAGE));
}

/** The incident's places that a message names in its areas, or by the code of their county or state. */
function placesOf(alert: CapAlert, places: readonly PlaceFacts[]): PlaceFacts[] {
  const areas = alert.info.flatMap(({ area }) => area);
  const names = new Set(areas.map(({ areaDesc }) => (areaDesc.split(",")[0] ?? "").trim().toLowerCase()));
  const named = places.filter(({ name }) => names.has(name.toLowerCase()));
  if (named.length > 0) return named;
  const codes = new Set(areas.flatMap(({ geocode }) => valuesOf(geocode, "SAME")).map((code) => code.slice(1)));
  return places.filter(({ counties }) =>
    counties.some(({ sameCode }) => codes.has(sameCode.slice(1)) || codes.has(`${sameCode.slice(1, 3)}000`)),
  );
}

/** Numbers of these places, however they are written, become the slot that the directory fills. */
function withSlots(text: string, places: readonly PlaceFacts[]): string {
  const numbers = places.flatMap(({ numbers: known }) => known.map(({ e164 }) => formatDigits(e164)));
  return numbers.reduce((changed, number) => {
    const [area, exchange, line] = number.split("-");
    return changed.replace(
      new RegExp(`(?:\\+?1[-. ]?)?\\(?\\b${area}\\)?[-. ]*${exchange}[-. ]*${line}\\b`, "g"),
      "{number}",
    );
  }, text);
}

/**
 * What a message gives to a draft for an incident.
 * @param texts the wording prepared from the template, which stays where the message says nothing
 * @returns undefined when the message is for none of the incident's places
 */
export function importMessage(alert: CapAlert, places: readonly PlaceFacts[], texts: Texts): ImportedDraft | undefined {
  const chosen = placesOf(alert, places);
  if (chosen.length === 0) return undefined;
  const next = structuredClone(texts);
  const taken: string[] = [];
  for (const info of alert.info) {
    const language = languageOf(info, texts);
    const written = language === undefined ? undefined : next[language];
    if (language === undefined || !written) continue;
    const audiences: readonly Audience[] = valuesOf(info.parameter, "BLOCKCHANNEL").includes("CMAS")
      ? ["county"]
      : ["place", "noNumber"];
    const given = fromCapInfo(info);
    for (const part of PARTS) {
      const text = given[part]?.trim();
      if (!text) continue;
      const wording = withSlots(text, chosen).slice(0, 4000);
      for (const audience of audiences) written[audience][part] = wording;
      taken.push(`${language} ${audiences[0]} ${part}`);
    }
  }
  const sent = parseCapTime(alert.sent);
  const ends = alert.info.map(({ expires }) => parseCapTime(expires ?? "")).filter((end) => end !== undefined);
  const minutes = sent === undefined || ends.length === 0 ? 120 : Math.round((Math.max(...ends) - sent) / 60_000);
  return {
    placeIds: chosen.map(({ id }) => id).sort(),
    validMinutes: Math.min(1440, Math.max(30, minutes)),
    texts: next,
    taken,
  };
}
