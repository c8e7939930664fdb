import codes from "./area-codes.json";

/** Area codes by state (North American Numbering Plan, NPA assignments of 2025). Data; a code that is not here belongs to no state. */
const STATE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(codes).flatMap(([state, list]) => list.split(" ").map((code) => [code, state] as const)),
);

/** The state an area code was assigned to, by its postal abbreviation; undefined for toll-free and unknown ones. */
function stateOfAreaCode(code: string): string | undefined {
  return STATE_OF.get(code);
}

/** Whether a number has the area code of another state than this. */
export function belongsElsewhere(e164: string, stateCode: string): boolean {
  const state = stateOfAreaCode(e164.slice(2, 5));
  return state !== undefined && state !== stateCode;
}
