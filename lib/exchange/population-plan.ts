import type { Feature } from "geojson";
import type { Mapping } from "./place-file";
import { readGeoid } from "./place-plan";

/**
 * How many people live where, from a table with codes. It changes places that
 * are here and makes none: a table has no outlines. Pure.
 */

export interface PlannedPeople {
  id: string;
  people: number;
}

export interface PlannedPopulation {
  position: number;
  subject: string;
  result: "changed" | "unchanged" | "rejected" | "skipped";
  why: string;
  data?: PlannedPeople;
}

/** The most people who live in one city of the country, ten times over: more is another column. */
const MOST = 100_000_000;

export interface KnownPeople {
  name: string;
  population: number;
  allowed: boolean;
}

/** What becomes of one row. @param seen codes of the rows before, with their positions */
export function planPopulation(
  { properties }: Feature,
  position: number,
  mapping: Mapping,
  known: ReadonlyMap<string, KnownPeople>,
  seen: Map<string, number>,
): PlannedPopulation {
  const cell = (name: string | undefined) => String((name && properties?.[name]) ?? "").trim();
  const given = cell(mapping.code);
  const subject = cell(mapping.name) || given || `row ${position}`;
  const say = (result: "rejected" | "skipped", why: string): PlannedPopulation => ({ position, subject, result, why });
  if (/^(?:\d{3}[0-9A-Z]{4}US)?(?:\d{2}|\d{5})$/.test(given))
    return say("skipped", "It is a county or a state; people are counted by cities and towns.");
  const code = readGeoid(given);
  if (code === null) return say("rejected", `“${given.slice(0, 30)}” is no Census GEOID of a city or town.`);
  const place = known.get(code);
  if (!place) return say("skipped", "It is no place of this site. Import its outline first.");
  if (!place.allowed) return say("rejected", `${place.name} is not in your agency’s area.`);
  const before = seen.get(code);
  if (before !== undefined) return say("rejected", `Row ${before} has the same code.`);
  seen.set(code, position);
  const written = cell(mapping.population).replace(/,/g, "");
  if (!/^\d{1,9}$/.test(written) || Number(written) > MOST)
    return say("rejected", `“${cell(mapping.population).slice(0, 30)}” is no number of people.`);
  const people = Number(written);
  if (people === place.population)
    return { position, subject, result: "unchanged", why: "", data: { id: code, people } };
  const was = place.population === 0 ? "was not known" : `was ${place.population.toLocaleString("en-US")}`;
  const why = `${people.toLocaleString("en-US")} people; ${was}.`;
  return { position, subject, result: "changed", why, data: { id: code, people } };
}
