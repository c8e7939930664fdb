import { expect, test } from "vitest";
import { massachusetts } from "../../prisma/seed/massachusetts";
import { applyRules } from "../standards/rule";
import { CAP_RULES } from "../standards/cap/rules";
import { IPAWS_RULES } from "../standards/ipaws/rules";
import { WEA_RULES } from "../standards/wea/rules";
import { writePolygons } from "../standards/geometry/simplify";
import { drawMap } from "./map";

const places = massachusetts();
const towns = places.filter(({ kind }) => kind === "municipality");

function areaOf(polygons: string[]): number {
  return polygons.reduce((sum, polygon) => {
    const ring = polygon.split(" ").map((pair) => pair.split(",").map(Number));
    const twice = ring.slice(1).reduce((total, [y, x], index) => {
      const [py, px] = ring[index]!;
      return total + px! * y! - x! * py!;
    }, 0);
    return sum + Math.abs(twice) / 2;
  }, 0);
}

test("the facts: 14 counties, 351 cities and towns, 7,029,917 people", () => {
  expect(places.filter(({ kind }) => kind === "county")).toHaveLength(14);
  expect(towns).toHaveLength(351);
  expect(towns.reduce((sum, { population }) => sum + population, 0)).toBe(7_029_917);
  expect(new Set(places.map(({ id }) => id)).size).toBe(366);
});

test("towns fill their county without a gap or an overlap", () => {
  for (const county of places.filter(({ kind }) => kind === "county")) {
    const whole = areaOf(writePolygons(county.boundary!));
    const parts = towns
      .filter(({ parentId }) => parentId === county.id)
      .map((town) => areaOf(writePolygons(town.boundary!)));
    expect(parts.reduce((sum, part) => sum + part, 0) / whole).toBeCloseTo(1, 1);
  }
});

test("every outline keeps the rules of CAP, IPAWS and phones", () => {
  const polygonRules = [...CAP_RULES, ...IPAWS_RULES, ...WEA_RULES].filter(({ id }) =>
    ["CAP-031", "IPAWS-024", "WEA-011"].includes(id),
  );
  for (const town of towns) {
    const area = { areaDesc: town.name, polygon: writePolygons(town.boundary!), circle: [], geocode: [] };
    const alert = { info: [{ area: [area], parameter: [] }] } as never;
    expect(applyRules(polygonRules, alert, {})).toEqual([]);
  }
});

test("every town can be drawn", () => {
  const map = drawMap(
    towns.map(({ id, boundary }) => ({ id, geometry: boundary! })),
    600,
  );
  expect(Object.values(map.paths).filter((path) => path.length > 10)).toHaveLength(351);
  expect(map.height).toBeGreaterThan(200);
});
