import { z } from "zod";
import { fallbackSchema, numberFactsSchema } from "./schema";

/** What an alert needs to know of a city or town. */
export const placeFactsSchema = z.object({
  /** Census GEOID. */
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  label: z.string(),
  stateName: z.string(),
  stateCode: z.string(),
  countyId: z.string(),
  countyName: z.string(),
  /** How many cities and towns the county has in all. */
  countySize: z.number(),
  countyPopulation: z.number(),
  /** PSSCCC of the county. */
  sameCode: z.string(),
  population: z.number(),
  /** CAP polygons. */
  polygons: z.array(z.string()),
  approximate: z.boolean(),
  numbers: z.array(numberFactsSchema),
  /** Larger places that serve it, in the order they are fallen back on. */
  fallbacks: z.array(fallbackSchema),
  routes: z.array(z.object({ kind: z.string(), works: z.boolean(), wording: z.string(), wordingEs: z.string() })),
  /** Contradictions about its numbers that nobody has settled. */
  conflicts: z.array(z.string()),
});

export type PlaceFacts = z.infer<typeof placeFactsSchema>;
