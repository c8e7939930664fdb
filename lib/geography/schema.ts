import { z } from "zod";
import { numberFactsSchema } from "../directory/schema";

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
  routes: z.array(z.object({ kind: z.string(), wording: z.string(), wordingEs: z.string() })),
});

export type PlaceFacts = z.infer<typeof placeFactsSchema>;
