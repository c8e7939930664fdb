import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { BundleMessage } from "../../lib/alerts/bundle";
import type { PlaceFacts } from "../../lib/directory/place-facts";
import { MapTab } from "./map-tab";

const HAMPSHIRE = { id: "25015", name: "Hampshire", kind: "county", size: 20, population: 162308, sameCode: "025015" };
const square = (latitude: number, longitude: number) =>
  [
    [0, 0],
    [0, 0.1],
    [0.1, 0.1],
    [0.1, 0],
    [0, 0],
  ]
    .map(([up, right]) => `${(latitude + up!).toFixed(2)},${(longitude + right!).toFixed(2)}`)
    .join(" ");
const place = (id: string, name: string, population: number) =>
  ({
    id,
    name,
    population,
    approximate: false,
    counties: [HAMPSHIRE],
    polygons: [square(42.2 + Number(id) / 10, -72.5)],
  }) as unknown as PlaceFacts;
const GRANBY = place("1", "Granby", 6110);
const AMHERST = place("2", "Amherst", 39263);
const messageFor = (...places: PlaceFacts[]) =>
  ({
    place: "Hampshire County",
    placeIds: places.map(({ id }) => id),
    population: places.reduce((sum, { population }) => sum + population, 0),
    areas: places.map(({ name, polygons }, index) => ({
      areaDesc: { "en-US": `${name}, MA` },
      sameCodes: index === 0 ? ["025015"] : ["025015", "025011"],
      polygons,
    })),
  }) as unknown as BundleMessage;
const render = (message: BundleMessage) => renderToStaticMarkup(createElement(MapTab, { message, place: GRANBY }));
const drawn = (html: string) =>
  [...html.matchAll(/ d="([^"]+)"/g)].flatMap(([, path]) => path!.match(/M/g) ?? []).length;

test("a message of one place shows its outline and its people", () => {
  const shown = render(messageFor(GRANBY));
  expect(drawn(shown)).toBe(1);
  expect(shown).toContain("Outline of Granby");
  expect(shown).toContain("5 points");
  expect(shown).not.toContain("all of this message");
});

test("a message of several places shows all of their outlines, codes, names and people", () => {
  const shown = render(messageFor(GRANBY, AMHERST));
  expect(drawn(shown)).toBe(2);
  expect(shown).toContain("Outlines of 2 places, Granby marked");
  expect(shown).toContain("2, one for each place; 10 points");
  expect(shown).toContain("all of this message: 45,373 people; Granby: 6,110 people");
  expect(shown).toContain("025011, 025015");
  expect(shown).toContain("Granby, MA; Amherst, MA");
});
