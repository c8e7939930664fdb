import { formatCounty, formatPlace } from "./county-kinds";
import { formerNamesOf } from "./former-names";
import {
  isBareCounty,
  keyOfBareName,
  keyOfName,
  kindInName,
  plainNamesOf,
  plainPlaceName as plain,
  splitState,
} from "./place-name";
import { editDistance, editsAllowed } from "./spelling";

/** Finds the place a row means, by name, code or GEOID, and suggests a spelling where none fits. */

export interface IndexedPlace {
  id: string;
  kind: string;
  name: string;
  label: string;
  stateName: string;
  stateCode: string;
  parentId: string | null;
  parentName: string | null;
  sameCode: string;
}

/** What a row says of a place. */
export interface PlaceRow {
  name?: string;
  code?: string;
  /** Narrows a name that several places have. */
  county?: string;
  state?: string;
  /** Whether the file calls its places towns, so that a name a county has too is the town's. */
  towns?: boolean;
  /** Whether the column says that its places are counties. */
  counties?: boolean;
  /** Postal codes of the states that whoever wrote the row answers for. */
  home?: readonly string[];
}

export type FoundPlace = { place: IndexedPlace } | { why: string };

/** Whether a state is written so, by its code or name. "MT" is Montana, and no mountain. */
const isState = (written: string, { stateCode, stateName }: Pick<IndexedPlace, "stateCode" | "stateName">) =>
  written.replace(/[.\s]/g, "").toUpperCase() === stateCode || plain(written) === plain(stateName);

/** Of the places that have a name, those of the kind that it says. */
function ofKind(places: readonly IndexedPlace[], label: ReturnType<typeof kindInName>): readonly IndexedPlace[] {
  if (label === undefined) return places;
  const labeled = places.filter((place) => place.kind !== "state" && isBareCounty(place) === (label === "county"));
  const exact = labeled.filter((place) => place.label === label);
  return exact.length > 0 ? exact : labeled;
}

/** Kinds in the order in which a bare name is taken for one. */
const KIND_ORDER = ["municipality", "psap", "custom", "county", "state"];

/** Suggesting compares a name with every other: so many of one file are looked up, each once. */
const MOST_SUGGESTIONS = 200;

/** What a suggestion depends on. */
const askedFor = (written: string, { county = "", state = "" }: PlaceRow) =>
  [keyOfName(written), kindInName(written) ?? "", plain(county), state.trim().toLowerCase()].join("|");

/** Every key by which a place is found, a county by its former names too. */
const keysOf = (place: IndexedPlace) =>
  new Set([...plainNamesOf(place), ...(place.kind === "county" ? formerNamesOf(place.id) : [])].map(keyOfName));

export class PlaceIndex {
  private readonly nearest = new Map<string, readonly IndexedPlace[]>();

  private readonly byId: ReadonlyMap<string, IndexedPlace>;
  private readonly byName = new Map<string, IndexedPlace[]>();

  constructor(places: readonly IndexedPlace[]) {
    this.byId = new Map(places.map((place) => [place.id, place]));
    for (const place of places) {
      for (const key of keysOf(place)) {
        const list = this.byName.get(key);
        if (list) list.push(place);
        else this.byName.set(key, [place]);
      }
    }
  }

  /** The index of places as the database has them, each with the place it lies in. */
  static ofRows(rows: readonly (Omit<IndexedPlace, "parentName"> & { parent: { name: string } | null })[]): PlaceIndex {
    return new PlaceIndex(rows.map(({ parent, ...place }) => ({ ...place, parentName: parent?.name ?? null })));
  }

  /**
   * The place a row means. What a row says of it must agree: a code beside
   * another place's name is refused, since one of the two is wrong, and so is a
   * bare name that a town and a county share. Nothing is guessed.
   */
  find(row: PlaceRow): FoundPlace {
    const written = (row.name ?? "").trim();
    const code = (row.code ?? "").replace(/^['="]+|"$/g, "").trim();
    if (code !== "") return this.findByCode(code, written, row);
    if (written === "") return { why: "The row names no place." };
    // "Lincoln, NE" and "Lincoln NE" name the state behind the town.
    const behind = splitState(written);
    for (const [name, stateHint] of [
      [written, row.state],
      ...(behind ? [[behind.name, behind.state] as const] : []),
    ] as const) {
      const found = this.choose(name, { ...row, state: stateHint });
      if (found) return found;
    }
    return { why: `There is no place called “${written.slice(0, 60)}” here.${this.suggest(written, row)}` };
  }

  private findByCode(code: string, written: string, row: PlaceRow): FoundPlace {
    const found = this.placesOfCode(code, row.state);
    const said = code.slice(0, 30);
    if (found.length === 0) return { why: `No place here has the code ${said}.` };
    const name = written || (row.county ?? "").trim();
    const agreeing = name === "" ? found : found.filter((place) => this.agrees(place, name));
    const [place, ...others] = agreeing;
    if (place && others.length === 0) return { place };
    const named = found.map((one) => `${formatPlace(one)}, ${one.stateCode}`).join(" or ");
    if (place) return { why: `The code ${said} may be ${named}. Give five digits for a county.` };
    return {
      why: `The code ${said} is ${named}, but the row says ${name.slice(0, 60)}. Correct the one that is wrong.`,
    };
  }

  /** Excel drops leading zeros, SAME codes have one more in front, and three digits are a county of the row's state. */
  private placesOfCode(code: string, state: string | undefined): IndexedPlace[] {
    const ids = [code, code.padStart(code.length + 1, "0"), code.replace(/^0/, "")];
    if (/^\d{1,3}$/.test(code)) {
      const home = this.stateCalled(state ?? "");
      // Without a state, three digits are no code of anything.
      const county = home ? [`${home.id}${code.padStart(3, "0")}`] : [];
      ids.splice(0, ids.length, ...(code.length === 2 ? [code] : []), ...county);
    }
    return [...new Set(ids)].flatMap((id) => this.byId.get(id) ?? []).slice(0, /^\d{1,3}$/.test(code) ? 2 : 1);
  }

  private stateCalled(written: string): IndexedPlace | undefined {
    return [...this.byId.values()].find(
      ({ kind, name, stateCode }) => kind === "state" && isState(written, { stateCode, stateName: name }),
    );
  }

  /** Whether a place may be called so, with or without its state. */
  private agrees(place: IndexedPlace, written: string): boolean {
    const names = keysOf(place);
    const called = [written, splitState(written)?.name ?? written].map(keyOfName);
    return (
      called.some((name) => names.has(name)) &&
      (kindInName(written) !== "county" || isBareCounty(place)) &&
      (kindInName(written) !== "city" || !isBareCounty(place))
    );
  }

  /** The one place of a name; why there is none to choose; or nothing where no place has it. */
  private choose(name: string, row: PlaceRow): FoundPlace | undefined {
    const label = kindInName(name);
    const everywhere = this.fitting(this.called(name), row);
    // Whoever names no state means one of their own.
    const home =
      plain(row.state ?? "") === "" ? everywhere.filter(({ stateCode }) => row.home?.includes(stateCode)) : [];
    const named = ofKind(home.length > 0 ? home : everywhere, label);
    // Under a heading that says county, a bare name is a county's; in Virginia it may be that of a city as well.
    const headed = row.counties && label === undefined ? named.filter(({ kind }) => kind === "county") : [];
    let fitting = headed.length > 0 ? headed : named;
    if (fitting.length === 0) return undefined;
    const towns = fitting.filter((place) => !isBareCounty(place));
    // A county of another state does not make a town's name unclear.
    const counties = fitting.filter(
      (place) =>
        isBareCounty(place) && (towns.length === 0 || towns.some(({ stateCode }) => stateCode === place.stateCode)),
    );
    // A bare name that a county has: the county is meant only when the row says so.
    const bare = label === undefined && counties.some((county) => keyOfName(county.name) === keyOfName(name));
    if (bare && (headed.length === 0 || towns.length > 0)) {
      // No independent city lies in the county that a row names.
      const meant =
        plain(row.county ?? "") !== "" ? towns.filter(({ kind }) => kind === "municipality") : row.towns ? towns : [];
      if (meant.length === 0) {
        const [own] = towns;
        // A city that is its own county is listed as one.
        const town = own ? ` or the ${own.kind === "county" ? "city" : own.label} of ${own.name}` : "";
        const names = counties.slice(0, 3).map((place) => `${formatCounty(place)}, ${place.stateCode}`);
        return { why: `“${name}” may be ${names.join(" or ")}${town}. Write which one, or give its GEOID.` };
      }
      fitting = meant;
    }
    const best = KIND_ORDER.find((kind) => fitting.some((place) => place.kind === kind));
    const candidates = fitting.filter(({ kind }) => kind === best);
    const [only, ...others] = candidates;
    if (only && others.length === 0) return { place: only };
    const where = candidates
      .slice(0, 4)
      .map(({ label: kind, parentName, stateCode }) => `${kind}, ${parentName ?? ""} ${stateCode}`.trim());
    return { why: `${name} is in several places (${where.join("; ")}). Give the county or the GEOID.` };
  }

  private fitting(candidates: readonly IndexedPlace[], row: PlaceRow): IndexedPlace[] {
    const county = plain(row.county ?? "").replace(/ county$/, "");
    const state = (row.state ?? "").trim();
    return candidates.filter(
      (place) =>
        (county === "" || plain(place.parentName ?? "") === county || place.kind !== "municipality") &&
        (state === "" || isState(state, place)),
    );
  }

  private called(name: string): readonly IndexedPlace[] {
    const places = this.byName.get(keyOfName(name)) ?? [];
    // "Cass, IA" is not Cassia.
    return splitState(name) ? places.filter((place) => plainNamesOf(place).includes(plain(name))) : places;
  }

  private suggest(written: string, row: PlaceRow): string {
    if (this.nearest.size >= MOST_SUGGESTIONS && !this.nearest.has(askedFor(written, row))) return "";
    const near = this.near(written, row).filter(({ kind }) => kind !== "state");
    const best = near.find(({ kind }) => kind === "municipality") ?? near[0];
    return best ? ` Did you mean ${formatPlace(best)}?` : "";
  }

  /** Every place that a name can mean, of the kind that it says. */
  meanings(name: string, row: PlaceRow = {}): readonly IndexedPlace[] {
    return ofKind(this.fitting(this.called(name), row), kindInName(name));
  }

  /** Places of a name that are of another kind than it says: of "Alexandria County" the city. */
  ofOtherKind(name: string, row: PlaceRow = {}): readonly IndexedPlace[] {
    const called = this.byName.get(keyOfBareName(name)) ?? this.byName.get(keyOfName(name));
    return this.fitting(called ?? [], row);
  }

  /** The places whose names are spelled most nearly like one that nothing has. */
  near(written: string, row: PlaceRow = {}): readonly IndexedPlace[] {
    const wanted = keyOfName(written).slice(0, 60);
    const label = kindInName(written);
    // A pasted list is read anew with every letter that is typed.
    const asked = askedFor(written, row);
    const before = this.nearest.get(asked);
    if (before) return before;
    // The kind behind a name says nothing of how it is spelled: "Clay County" is no short word for "Gray County".
    let limit = editsAllowed(keyOfBareName(written));
    let best: IndexedPlace[] = [];
    for (const [name, places] of this.byName) {
      const edits = editDistance(wanted, name, limit);
      // Whoever misspells a name seldom misses how it begins.
      if (edits > limit || (edits > 1 && name[0] !== wanted[0])) continue;
      const fitting = ofKind(this.fitting(places, row), label);
      if (fitting.length === 0) continue;
      best = edits < limit ? [...fitting] : [...best, ...fitting];
      limit = edits;
    }
    const found = [...new Set(best)];
    this.nearest.set(asked, found);
    return found;
  }
}
