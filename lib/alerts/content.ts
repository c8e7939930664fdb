import { sayNumber } from "../directory/schema";
import { selectNumber, type Selection } from "../directory/selection";
import { type PlaceFacts } from "../directory/place-facts";
import { type IncidentFacts } from "../incidents/schema";
import { type Language, LANGUAGES, type TextKey } from "../wording/schema";
import { fillText, type SlotValues } from "../wording/slots";
import { type Bundle, type BundleMessage } from "./bundle";
import { sayInstant } from "./clock-words";
import type { AgencyFacts, AlertContent, CapStatus, Withdrawal } from "./schema";

/**
 * From a draft to the messages it becomes. Pure: the editor runs it in the
 * browser on every keystroke, submission and approval run it on the server.
 */

export interface AlertFacts {
  alertId: string;
  /** Stem of every message identifier, minted at the first save. */
  code: string;
  kind: "outage" | "cancel";
  status: CapStatus;
  agency: AgencyFacts;
  incident: IncidentFacts;
  places: PlaceFacts[];
  timeZone: string;
  withdrawal?: Withdrawal;
}

/** What a text says about a way to help when nobody answers. */
function otherHelp({ route }: Selection, language: Language): string {
  if (language === "es-US") return route?.wordingEs ?? "vaya a la policía o a los bomberos";
  return route?.wording ?? "go to a police or fire station";
}

/** When a desk answers. What has no translation is given as the directory has it. */
function sayHours(hours: string, language: Language): string {
  return language === "es-US" && hours === "day and night" ? "día y noche" : hours;
}

/** Upper-case letters, digits and hyphens, for an identifier (CAP-003, IPAWS-004). */
export function identifierPart(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toUpperCase();
}

/** CAP status of what this site and incident may send, and the note that must go with it. */
export function capStatusOf(siteMode: string, incident: Pick<IncidentFacts, "mode">): CapStatus {
  if (incident.mode === "exercise") return "Exercise";
  return siteMode === "real" ? "Actual" : "Test";
}

function noteOf(status: CapStatus, incident: IncidentFacts): string | null {
  if (status === "Test")
    return "Demonstration of Callbox. Invented numbers. Not a real outage: in an emergency dial 911.";
  if (status === "Exercise") return `Exercise: ${incident.title}. Not a real outage: in an emergency dial 911.`;
  return null;
}

function senderSlots(facts: AlertFacts, language: Language): SlotValues {
  const { agency, incident, withdrawal } = facts;
  const spanish = language === "es-US";
  return {
    sender: spanish ? agency.nameEs : agency.name,
    senderShort: spanish ? agency.shortNameEs : agency.shortName,
    ...(agency.web ? { web: agency.web } : {}),
    ...(incident.carrier ? { carrier: incident.carrier } : {}),
    ...(withdrawal
      ? {
          originalSent: sayInstant(language, facts.timeZone, withdrawal.originalSent, withdrawal.originalSent),
        }
      : {}),
  };
}

/** Values of every slot of one place but the times. */
export function placeSlots(facts: AlertFacts, place: PlaceFacts, selection: Selection, language: Language): SlotValues {
  return {
    ...senderSlots(facts, language),
    place: place.name,
    placeShort: place.shortName,
    state: place.stateName,
    county: `${place.countyName} County`,
    otherHelp: otherHelp(selection, language),
    ...(selection.number
      ? {
          number: sayNumber(selection.number.e164, selection.number.extension),
          desk: selection.number.desk,
          hours: sayHours(selection.number.hours, language),
        }
      : {}),
  };
}

/** "Amherst and Pelham", "Gill, Rowe and Heath"; in Spanish with y. */
export function joinNames(names: readonly string[], language: Language): string {
  const and = language === "es-US" ? " y " : " and ";
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")}${and}${names.at(-1)}`;
}

interface Chosen {
  place: PlaceFacts;
  selection: Selection;
}

/** Every town of a county with its number; towns that share one stand together. */
function numberList(chosen: readonly Chosen[], language: Language): string {
  const groups = new Map<string, string[]>();
  for (const { place, selection } of chosen) {
    const help = selection.number
      ? sayNumber(selection.number.e164, selection.number.extension)
      : otherHelp(selection, language);
    groups.set(help, [...(groups.get(help) ?? []), place.name]);
  }
  // Names and numbers stand as close as they can: a station crawls 1800 characters at most.
  const entries = [...groups].map(
    ([help, names]) => `${joinNames(names, language)}${/^\d/.test(help) ? "" : ":"} ${help}`,
  );
  return `${entries.join("; ")}.`;
}

function inCounty(chosen: readonly Chosen[], language: Language): string {
  const place = chosen[0]!.place;
  const whole = chosen.length >= place.countySize;
  if (language === "es-US") return `${whole ? "el" : "partes del"} condado de ${place.countyName}`;
  return `${whole ? "" : "parts of "}${place.countyName} County`;
}

/** The county for a text of 90 characters: Spanish keeps the English name of the county. */
function inCountyShort(chosen: readonly Chosen[], language: Language): string {
  const place = chosen[0]!.place;
  const parts = language === "es-US" ? "partes de " : "parts of ";
  return `${chosen.length >= place.countySize ? "" : parts}${place.countyName} County`;
}

/** The number each place gives out, or what it gets instead. */
export function choosePlaces(facts: AlertFacts, content: AlertContent, now: number): Chosen[] {
  const wanted = new Set(content.regionIds);
  return facts.places
    .filter((place) => wanted.has(place.id))
    .map((place) => ({
      place,
      selection:
        facts.kind === "cancel"
          ? { outcome: "places" as const, why: "A withdrawal gives no number.", reasons: [] }
          : selectNumber(place, {
              now,
              failure: facts.incident.failure,
              textTo911: facts.incident.textTo911,
              choice: content.numbers[place.id],
            }),
    }));
}

/** The wording of one text for one place, slots open. */
export function wordingFor(
  content: AlertContent,
  language: Language,
  key: TextKey,
  regionId: string,
  hasNumber: boolean,
): string {
  return content.apart[regionId]?.[language]?.[key] ?? content.texts[language][key][hasNumber ? "number" : "places"];
}

const PHONE_KEYS = {
  short: "short",
  long: "long",
  headline: "headline",
  description: "description",
  instruction: "instruction",
} as const;
const COUNTY_KEYS = {
  short: "countyShort",
  long: "countyLong",
  headline: "countyHeadline",
  description: "countyDescription",
  instruction: "countyInstruction",
} as const;
const PARTS = Object.keys(PHONE_KEYS) as (keyof typeof PHONE_KEYS)[];

function writeTexts(fill: (part: keyof typeof PHONE_KEYS, language: Language) => string): BundleMessage["texts"] {
  return LANGUAGES.map((language) => ({
    language,
    ...(Object.fromEntries(PARTS.map((part) => [part, fill(part, language)])) as Record<
      keyof typeof PHONE_KEYS,
      string
    >),
  }));
}

function phoneMessage(facts: AlertFacts, content: AlertContent, { place, selection }: Chosen): BundleMessage {
  const approximate = place.approximate ? " (approximate outline)" : "";
  const approximateEs = place.approximate ? " (contorno aproximado)" : "";
  return {
    identifier: `${facts.code}-${identifierPart(place.name)}`,
    audience: "phones",
    regionId: place.id,
    place: place.name,
    population: place.population,
    areas: [
      {
        areaDesc: `${place.name}, ${place.stateCode}${approximate}`,
        areaDescEs: `${place.name}, ${place.stateCode}${approximateEs}`,
        sameCode: place.sameCode,
        polygons: place.polygons,
      },
    ],
    outcome: selection.outcome,
    numbers: selection.number ? [{ id: selection.number.id, e164: selection.number.e164, regionId: place.id }] : [],
    why: selection.why,
    references: facts.withdrawal?.references[`phones:${place.id}`] ?? null,
    texts: writeTexts((part, language) =>
      fillText(
        wordingFor(content, language, PHONE_KEYS[part], place.id, selection.number !== undefined),
        placeSlots(facts, place, selection, language),
      ),
    ),
  };
}

/** Values of every slot of one county but the times. */
export function countySlots(facts: AlertFacts, chosen: readonly Chosen[], language: Language): SlotValues {
  const place = chosen[0]!.place;
  return {
    ...senderSlots(facts, language),
    state: place.stateName,
    county: `${place.countyName} County`,
    inCounty: inCounty(chosen, language),
    inCountyShort: inCountyShort(chosen, language),
    list: numberList(chosen, language),
    otherHelp: language === "es-US" ? "vaya a la policía o a los bomberos" : "go to a police or fire station",
  };
}

function countyMessage(facts: AlertFacts, content: AlertContent, chosen: readonly Chosen[]): BundleMessage {
  const place = chosen[0]!.place;
  return {
    identifier: `${facts.code}-EAS-${identifierPart(place.countyName)}`,
    audience: "broadcasters",
    regionId: place.countyId,
    place: `${place.countyName} County`,
    population: place.countyPopulation,
    areas: [
      {
        areaDesc: `${place.countyName}, ${place.stateCode}`,
        areaDescEs: `${place.countyName}, ${place.stateCode}`,
        sameCode: place.sameCode,
        polygons: [],
      },
    ],
    outcome: "county",
    numbers: chosen.flatMap(({ place: town, selection }) =>
      selection.number ? [{ id: selection.number.id, e164: selection.number.e164, regionId: town.id }] : [],
    ),
    why: "Radio and television know only counties.",
    references: facts.withdrawal?.references[`broadcasters:${place.countyId}`] ?? null,
    texts: writeTexts((part, language) =>
      fillText(
        content.apart[place.countyId]?.[language]?.[COUNTY_KEYS[part]] ??
          content.texts[language][COUNTY_KEYS[part]].number,
        countySlots(facts, chosen, language),
      ),
    ),
  };
}

/** The places of each county, in the order of the places. */
export function byCounty(chosen: readonly Chosen[]): Chosen[][] {
  const counties = new Map<string, Chosen[]>();
  for (const entry of chosen) {
    const list = counties.get(entry.place.countyId);
    if (list) list.push(entry);
    else counties.set(entry.place.countyId, [entry]);
  }
  return [...counties.values()];
}

/**
 * Every message of an alert: one per place for telephones, one per county for
 * broadcasters.
 * @param now milliseconds since 1970; decides which test calls still count
 */
export function buildBundle(facts: AlertFacts, content: AlertContent, now: number): Bundle {
  const chosen = choosePlaces(facts, content, now);
  return {
    format: "callbox-bundle-1",
    alertId: facts.alertId,
    kind: facts.kind,
    status: facts.status,
    note: noteOf(facts.status, facts.incident),
    sender: facts.agency.sender,
    senderName: facts.agency.name,
    senderNameEs: facts.agency.nameEs,
    source: "Callbox",
    web: facts.agency.web,
    contact: facts.agency.contact,
    incident: facts.incident.id,
    beganAt: facts.incident.beganAt,
    validMinutes: content.validMinutes,
    nextUpdateMinutes: content.nextUpdateMinutes,
    timeZone: facts.timeZone,
    messages: [
      ...chosen.map((entry) => phoneMessage(facts, content, entry)),
      ...byCounty(chosen).map((entries) => countyMessage(facts, content, entries)),
    ],
  };
}
