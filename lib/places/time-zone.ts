import tzLookup from "@photostructure/tz-lookup";

/** The lookup knows land only roughly; on small islands it answers with a neighbor's zone. */
const NEIGHBORS: ReadonlyMap<string, string> = new Map(Object.entries({ "Pacific/Apia": "Pacific/Pago_Pago" }));

/** IANA name of the time zone at a point of the United States, in degrees. */
export function timeZoneAt(latitude: number, longitude: number): string {
  const zone = tzLookup(latitude, longitude);
  return NEIGHBORS.get(zone) ?? zone;
}
