import { z } from "zod";
import { COUNTY_KINDS } from "../places/county-kinds";
import { localizedSchema } from "../platform/language";
import { fallbackSchema, numberFactsSchema } from "./schema";

/** A county that a place lies in. */
const countyFactsSchema = z.object({
  id: z.string(),
  /** Without its kind. */
  name: z.string(),
  kind: z.enum(COUNTY_KINDS),
  /** How many places an alert can be for it has in all; itself is one where people live outside its cities and towns. */
  size: z.number(),
  population: z.number(),
  /** PSSCCC. */
  sameCode: z.string(),
});
export type CountyFacts = z.infer<typeof countyFactsSchema>;

/** What an alert needs to know of a place it can be for. */
const placeFactsSchema = z.object({
  /** Census GEOID. */
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  label: z.string(),
  stateName: z.string(),
  stateCode: z.string(),
  /** Census GEOID of the state. */
  stateId: z.string(),
  /** What it is: a city or town; a county, for those of it who live outside its cities and towns; an area with an outline. */
  unit: z.enum(["place", "county", "area"]),
  /** What tells it from another place of its name in its state, where there is one. */
  namesake: z.enum(["county", "label"]).nullable(),
  timeZone: z.string(),
  /** Every county it lies in, the one it is listed under first. */
  counties: z.array(countyFactsSchema).min(1),
  population: z.number(),
  /** CAP polygons. */
  polygons: z.array(z.string()),
  approximate: z.boolean(),
  numbers: z.array(numberFactsSchema),
  /** Larger places that serve it, in the order they are fallen back on. */
  fallbacks: z.array(fallbackSchema),
  helpOptions: z.array(z.object({ kind: z.string(), works: z.boolean(), wording: localizedSchema })),
  /** Conflicts about its numbers that nobody has settled. */
  conflicts: z.array(z.string()),
});

export type PlaceFacts = z.infer<typeof placeFactsSchema>;
