import { sayNumber } from "../directory/schema";
import { type PlaceFacts } from "../directory/place-facts";
import { type CapAlert, type CapInfo, valuesOf } from "../standards/cap/model";
import { parseCapTime } from "../standards/cap/time";
import { type Language, type TextKey, type Texts } from "../wording/schema";

/**
 * A CAP message from elsewhere as the beginning of a draft. Its words are taken
 * over; its places, numbers and times are not: places are those of the incident
 * that it names, numbers become the directory's, times are stamped at publication.
 */

export interface ImportedDraft {
  regionIds: string[];
  validMinutes: number;
  texts: Texts;
  /** Texts that were taken over, for the record. */
  taken: string[];
}

const LANGUAGE_OF: Readonly<Record<string, Language>> = { en: "en-US", es: "es-US" };

const languageOf = ({ language }: CapInfo): Language | undefined =>
  LANGUAGE_OF[(language || "en-US").slice(0, 2).toLowerCase()];

/** The incident's places that a message names in its areas, or by the code of their county or state. */
function placesOf(alert: CapAlert, places: readonly PlaceFacts[]): PlaceFacts[] {
  const areas = alert.info.flatMap(({ area }) => area);
  const names = new Set(areas.map(({ areaDesc }) => areaDesc.split(",")[0]!.trim().toLowerCase()));
  const named = places.filter(({ name }) => names.has(name.toLowerCase()));
  if (named.length > 0) return named;
  const codes = new Set(areas.flatMap(({ geocode }) => valuesOf(geocode, "SAME")).map((code) => code.slice(1)));
  return places.filter(({ sameCode }) => codes.has(sameCode.slice(1)) || codes.has(`${sameCode.slice(1, 3)}000`));
}

const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Numbers of these places, however they are written, become the slot that the directory fills. */
function withSlots(text: string, places: readonly PlaceFacts[]): string {
  const numbers = places.flatMap(({ numbers: known }) => known.map(({ e164 }) => sayNumber(e164)));
  return numbers.reduce((changed, number) => {
    const [area, exchange, line] = number.split("-").map(escapeForPattern);
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
    const language = languageOf(info);
    if (!language) continue;
    const county = valuesOf(info.parameter, "BLOCKCHANNEL").includes("CMAS");
    const given: [TextKey, string | undefined][] = [
      [county ? "countyShort" : "short", valuesOf(info.parameter, "CMAMtext")[0]],
      [county ? "countyLong" : "long", valuesOf(info.parameter, "CMAMlongtext")[0]],
      [county ? "countyHeadline" : "headline", info.headline],
      [county ? "countyDescription" : "description", info.description],
      [county ? "countyInstruction" : "instruction", info.instruction],
    ];
    for (const [key, text] of given) {
      if (!text?.trim()) continue;
      const wording = withSlots(text.trim(), chosen).slice(0, 4000);
      next[language][key] = { number: wording, places: wording };
      taken.push(`${language} ${key}`);
    }
  }
  const sent = parseCapTime(alert.sent);
  const ends = alert.info.map(({ expires }) => parseCapTime(expires ?? "")).filter((end) => end !== undefined);
  const minutes = sent === undefined || ends.length === 0 ? 120 : Math.round((Math.max(...ends) - sent) / 60_000);
  return {
    regionIds: chosen.map(({ id }) => id).sort(),
    validMinutes: Math.min(1440, Math.max(30, minutes)),
    texts: next,
    taken,
  };
}
