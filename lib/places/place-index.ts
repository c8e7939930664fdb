import { countyKind, formatCounty, formatPlace } from "./county-kinds";
import { COMPASS, editDistance, editsAllowed, WRITTEN_OUT } from "./spelling";

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

/** A state behind a name, of two letters or written out. */
const STATE_BEHIND = /^(.*?),?\s+([A-Z]{2}|[A-Z][a-z]+\.?)$/;

export type FoundPlace = { place: IndexedPlace } | { why: string };

/** "Town of", "City of" in front of a name; what it says of the kind is kept by `labelOf`. */
const IN_FRONT = /^(?:the\s+)?(town|city|village|borough|township|plantation)\s+of\s+/i;

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    // "Lincoln Co." is a county; "Lincoln, CO" is a town in Colorado.
    .replace(/ Co\.?$/, " County")
    .toLowerCase()
    .replace(IN_FRONT, "")
    .replace(/['’ʻ]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
    .map((word, position) => WRITTEN_OUT.get(word) ?? (position === 0 ? COMPASS.get(word) : undefined) ?? word)
    .join(" ");

/** What a name is looked up by: "O'Fallon", "OFallon" and "O Fallon" are one. */
const keyOf = (text: string) => plain(text).replaceAll(" ", "");

/** Which kind of place a name says it is: "City of Fairfax", "Fairfax City", "Fairfax County". */
function labelOf(written: string): "city" | "town" | "village" | "county" | undefined {
  const front = IN_FRONT.exec(written)?.[1]?.toLowerCase();
  if (front === "city" || front === "town" || front === "village") return front;
  return / (?:county|COUNTY|County|Co\.?)$/.test(written.trim()) ? "county" : undefined;
}

/** A place that is a county and nothing else, so that its bare name could as well be a town's. */
const isBareCounty = ({ id, kind }: IndexedPlace) =>
  kind === "county" && !["independent-city", "federal-district", "island"].includes(countyKind(id));

/** Every way to write the name of a place, plainly. */
function namesOf(place: IndexedPlace): string[] {
  if (place.kind !== "county") return [plain(place.name), plain(`${place.name} ${place.label}`)];
  return [plain(formatCounty(place)), plain(place.name), plain(`${place.name} county`)];
}

/** Kinds in the order in which a bare name is taken for one. */
const KIND_ORDER = ["municipality", "psap", "custom", "county", "state"];

/** Suggesting compares a name with every other: so many of one file are looked up, each once. */
const MOST_SUGGESTIONS = 200;

export class PlaceIndex {
  private readonly suggestions = new Map<string, string>();

  private readonly byId: ReadonlyMap<string, IndexedPlace>;
  private readonly byName = new Map<string, IndexedPlace[]>();

  constructor(places: readonly IndexedPlace[]) {
    this.byId = new Map(places.map((place) => [place.id, place]));
    for (const place of places) {
      // An independent city is no county: "Fairfax County" is the one around it.
      const names = namesOf(place).filter((name) => isBareCounty(place) || !/ county$/.test(name));
      for (const key of new Set(names.map(keyOf))) {
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
    const [, bare, state] = STATE_BEHIND.exec(written) ?? [];
    for (const [name, stateHint] of [
      [written, row.state],
      [bare, state],
    ] as const) {
      if (!name) continue;
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
    const wanted = plain(written);
    return [...this.byId.values()].find(
      ({ kind, name, stateCode }) => kind === "state" && (plain(name) === wanted || stateCode.toLowerCase() === wanted),
    );
  }

  /** Whether a place may be called so, with or without its state. */
  private agrees(place: IndexedPlace, written: string): boolean {
    const [, bare] = STATE_BEHIND.exec(written) ?? [];
    const names = new Set(namesOf(place).map(keyOf));
    const called = [written, bare ?? written].map(keyOf);
    return (
      called.some((name) => names.has(name)) &&
      (labelOf(written) !== "county" || isBareCounty(place)) &&
      (labelOf(written) !== "city" || !isBareCounty(place))
    );
  }

  /** The one place of a name; why there is none to choose; or nothing where no place has it. */
  private choose(name: string, row: PlaceRow): FoundPlace | undefined {
    const label = labelOf(name);
    const everywhere = this.fitting(this.byName.get(keyOf(name)) ?? [], row);
    // Whoever names no state means one of their own.
    const home =
      plain(row.state ?? "") === "" ? everywhere.filter(({ stateCode }) => row.home?.includes(stateCode)) : [];
    const all = home.length > 0 ? home : everywhere;
    const labeled = all.filter((place) =>
      label === "county" ? isBareCounty(place) : label === undefined || !isBareCounty(place),
    );
    const exact = label === undefined ? [] : labeled.filter((place) => place.label === label);
    const named = exact.length > 0 ? exact : labeled;
    // Under a heading that says county, a bare name is a county's.
    const headed = row.counties && label === undefined ? named.filter(isBareCounty) : [];
    const fitting = headed.length > 0 ? headed : named;
    if (fitting.length === 0) return undefined;
    const towns = fitting.filter((place) => !isBareCounty(place));
    // A county of another state does not make a town's name unclear.
    const counties = fitting.filter(
      (place) =>
        isBareCounty(place) && (towns.length === 0 || towns.some(({ stateCode }) => stateCode === place.stateCode)),
    );
    // A bare name that a county has: the county is meant only when the row says so.
    if (
      label === undefined &&
      headed.length === 0 &&
      counties[0] &&
      !/ /.test(plain(name).replace(plain(counties[0].name), ""))
    ) {
      const meant = plain(name) !== plain(counties[0].name);
      const towned = towns.length > 0 && (row.towns || (row.county ?? "").trim() !== "");
      if (!meant && !towned) {
        const [own] = towns;
        // A city that is its own county is listed as one.
        const town = own ? ` or the ${own.kind === "county" ? "city" : own.label} of ${own.name}` : "";
        const names = counties.slice(0, 3).map((place) => `${formatCounty(place)}, ${place.stateCode}`);
        return { why: `“${name}” may be ${names.join(" or ")}${town}. Write which one, or give its GEOID.` };
      }
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
    const state = plain(row.state ?? "");
    return candidates.filter(
      (place) =>
        (county === "" || plain(place.parentName ?? "") === county || place.kind !== "municipality") &&
        (state === "" || plain(place.stateName) === state || place.stateCode.toLowerCase() === state),
    );
  }

  private suggest(written: string, row: PlaceRow): string {
    const wanted = keyOf(written).slice(0, 60);
    const asked = `${wanted}|${plain(row.county ?? "")}|${plain(row.state ?? "")}`;
    const before = this.suggestions.get(asked);
    if (before !== undefined) return before;
    if (this.suggestions.size >= MOST_SUGGESTIONS) return "";
    const found = this.findSuggestion(wanted, row);
    this.suggestions.set(asked, found);
    return found;
  }

  private findSuggestion(wanted: string, row: PlaceRow): string {
    const limit = editsAllowed(wanted);
    let best: { name: string; edits: number } | undefined;
    for (const [name, places] of this.byName) {
      const edits = editDistance(wanted, name, limit);
      if (edits > limit || (best && edits >= best.edits)) continue;
      const fitting = this.fitting(places, row).find(({ kind }) => kind === "municipality");
      if (fitting) best = { name: fitting.name, edits };
    }
    return best ? ` Did you mean ${best.name}?` : "";
  }
}
