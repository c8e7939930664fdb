import { COMPASS, editDistance, editsAllowed, WRITTEN_OUT } from "../../../places/spelling";

/** How a name that someone typed is matched to places: usual spellings, and near ones as suggestions. Pure. */

/** As in the names of places, and as residents write further. */
const LONG: ReadonlyMap<string, string> = new Map([
  ...WRITTEN_OUT,
  ...COMPASS,
  ["no", "north"],
  ["so", "south"],
  ["pt", "point"],
]);

/** Nothing here has an accent to take off. */
const PLAIN_LETTERS = /^[ -~]*$/;

/** A name as it is searched for: small letters, no accents, no punctuation; of a ZIP+4 Code the first five digits. */
export const plainName = (text: string): string =>
  (PLAIN_LETTERS.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, ""))
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/^(\d{5}) ?\d{4}$/, "$1");

/**
 * A plain name with what people shorten written out: W. Springfield, Mt Holyoke. A short word
 * that is the last one may still become a longer one while it is typed.
 */
export const writtenOut = (plain: string): string =>
  plain
    .replace(/^(?:the )?(?:town|city|village) of (?=.)/, "")
    .replace(/\b[a-z]{1,3}(?= )/g, (short) => LONG.get(short) ?? short);

/** States as they stand behind a name: code and plain name. */
export type States = readonly (readonly [code: string, name: string])[];

export interface Named {
  /** Where its page is, beginning with its state. */
  path: string;
  /** Plain names. */
  names: readonly string[];
}

/**
 * A typed name without the state or the ZIP Code behind it: "amherst ma", "amherst massachusetts 01002", "amherst mass".
 * @returns what is left, and the state where one was told; null where there is neither
 */
function withoutState(wanted: string, states: States): { rest: string; state: string | null } | null {
  const bare = wanted.replace(/(?<=.) \d{5}(?: \d{4})?$/, "");
  for (const [code, name] of states) {
    for (let at = bare.indexOf(" "); at > 0; at = bare.indexOf(" ", at + 1)) {
      const tail = bare.slice(at + 1);
      if (tail === code || (tail.length > 2 && name.startsWith(tail))) return { rest: bare.slice(0, at), state: code };
    }
  }
  return bare === wanted ? null : { rest: bare, state: null };
}

export interface Found<Place> {
  places: Place[];
  /** None has this name: these have one that is spelled nearly so. */
  near: boolean;
}

/** The places that a typed name may mean, those that have it exactly before those that contain it. */
export function findPlaces<Place extends Named>(typed: string, places: readonly Place[], states: States): Found<Place> {
  const match = (wanted: string, state: string | null): Place[] => {
    const full = writtenOut(wanted);
    const inState = places.filter(({ path }) => state === null || path.startsWith(`${state}/`));
    const exact = inState.filter(({ names }) => names.some((name) => name === wanted || writtenOut(name) === full));
    return exact.length > 0
      ? exact
      : inState.filter(({ names }) => names.some((name) => name.includes(wanted) || writtenOut(name).includes(full)));
  };
  const wanted = plainName(typed);
  if (wanted === "") return { places: [], near: false };
  const found = match(wanted, null);
  if (found.length > 0) return { places: found, near: false };
  const split = withoutState(wanted, states);
  if (split) {
    const there = match(split.rest, split.state);
    if (there.length > 0) return { places: there, near: false };
  }
  const name = writtenOut(split?.rest ?? wanted);
  if (name.length < 4 || /\d/.test(name)) return { places: [], near: false };
  const most = editsAllowed(name);
  const near = places
    .filter(({ path }) => !split?.state || path.startsWith(`${split.state}/`))
    .map((place) => ({
      place,
      off: Math.min(...place.names.map((one) => editDistance(name, writtenOut(one), most))),
    }))
    .filter(({ off }) => off <= most)
    .sort((left, right) => left.off - right.off)
    .map(({ place }) => place);
  return { places: near.slice(0, 10), near: near.length > 0 };
}
