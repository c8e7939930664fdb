import { editDistance } from "./spelling";

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

export type FoundPlace = { place: IndexedPlace } | { why: string };

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^(the\s+)?(town|city|village|borough)\s+of\s+/, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

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
      const names = place.kind === "county" ? [`${place.name} county`, place.name] : [place.name];
      for (const name of names) {
        const key = plain(name);
        const list = this.byName.get(key);
        if (list) list.push(place);
        else this.byName.set(key, [place]);
      }
    }
  }

  /** @param within narrows a name that several places have */
  find(row: { name?: string; code?: string; county?: string; state?: string }): FoundPlace {
    const code = (row.code ?? "").replace(/^['="]+|"$/g, "").trim();
    if (code !== "") {
      // Excel drops a leading zero; SAME codes have one more in front.
      const found =
        this.byId.get(code) ??
        this.byId.get(code.padStart(code.length + 1, "0")) ??
        this.byId.get(code.replace(/^0/, ""));
      if (found) return { place: found };
      if (!row.name) return { why: `No place here has the code ${code.slice(0, 30)}.` };
    }
    const written = (row.name ?? "").trim();
    if (written === "") return { why: "The row names no place." };
    // "Lincoln, NE" and "Lincoln NE" name the state behind the town.
    const [, bare, state] = /^(.*?),?\s+([A-Z]{2}|[A-Z][a-z]+\.?)$/.exec(written) ?? [];
    for (const [name, stateHint] of [
      [written, row.state],
      [bare, state],
    ] as const) {
      if (!name) continue;
      const candidates = this.narrow(this.byName.get(plain(name)) ?? [], { ...row, state: stateHint });
      if (candidates.length === 1) return { place: candidates[0]! };
      if (candidates.length > 1) {
        const where = candidates
          .slice(0, 4)
          .map(({ parentName, stateCode }) => `${parentName ?? ""} ${stateCode}`.trim());
        return { why: `${written} is in several places (${where.join("; ")}). Give the county or the GEOID.` };
      }
    }
    return { why: `There is no place called “${written.slice(0, 60)}” here.${this.suggest(written, row)}` };
  }

  private narrow(candidates: readonly IndexedPlace[], row: { county?: string; state?: string }): IndexedPlace[] {
    const county = plain(row.county ?? "").replace(/ county$/, "");
    const state = plain(row.state ?? "");
    const fitting = candidates.filter(
      (place) =>
        (county === "" || plain(place.parentName ?? "") === county || place.kind !== "municipality") &&
        (state === "" || plain(place.stateName) === state || place.stateCode.toLowerCase() === state),
    );
    const best = KIND_ORDER.find((kind) => fitting.some((place) => place.kind === kind));
    return fitting.filter(({ kind }) => kind === best);
  }

  private suggest(written: string, row: { county?: string; state?: string }): string {
    const wanted = plain(written).slice(0, 60);
    const asked = `${wanted}|${plain(row.county ?? "")}|${plain(row.state ?? "")}`;
    const before = this.suggestions.get(asked);
    if (before !== undefined) return before;
    if (this.suggestions.size >= MOST_SUGGESTIONS) return "";
    const found = this.findSuggestion(wanted, row);
    this.suggestions.set(asked, found);
    return found;
  }

  private findSuggestion(wanted: string, row: { county?: string; state?: string }): string {
    const limit = wanted.length <= 5 ? 1 : 2;
    let best: { name: string; edits: number } | undefined;
    for (const [name, places] of this.byName) {
      const edits = editDistance(wanted, name, limit);
      if (edits > limit || (best && edits >= best.edits)) continue;
      const fitting = this.narrow(places, row).find(({ kind }) => kind === "municipality");
      if (fitting) best = { name: fitting.name, edits };
    }
    return best ? ` Did you mean ${best.name}?` : "";
  }
}
