import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openStory, placesNamed, type Story } from "../../alerts/story-for-tests";
import { loadOutlines } from "../../directory/data";
import { findInOutline } from "./find-in-outline";

let story: Story;
let granby: string;
let outline: object;
beforeAll(async () => {
  story = await openStory(inject("databases"));
  [granby] = (await placesNamed(story.client, "Granby")) as [string];
  [{ geometry: outline }] = (await loadOutlines(story.client, [granby])) as unknown as [{ geometry: object }];
});
afterAll(() => story.client.$disconnect());

const find = (file: string, allowed: string[]) =>
  findInOutline(story.client, new TextEncoder().encode(file), new Set(allowed));

test("a file of one outline finds its place, however it was saved", async () => {
  const geometry = JSON.stringify(outline);
  const feature = `{"type":"Feature","properties":{},"geometry":${geometry}}`;
  for (const file of [geometry, feature, `{"type":"FeatureCollection","features":[${feature}]}`]) {
    const found = await find(file, [granby]);
    expect(found).toMatchObject({ ok: true, value: { held: [granby], problems: [] } });
  }
});

test("a place that is not the agency's is neither chosen nor asked about", async () => {
  const [amherst] = await placesNamed(story.client, "Amherst");
  expect(await find(JSON.stringify(outline), [amherst!])).toMatchObject({ ok: true, value: { held: [] } });
});

test.each([
  ["no JSON", "{nonsense", "It is not JSON"],
  ["a table", "GEOID,NAME,POPULATION\n25,X,1\n", "It is a table, and has no outlines."],
  ["nothing", '{"type":"FeatureCollection","features":[]}', "It has no features."],
  [
    "a point",
    '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}',
    "It is a Point, not an outline.",
  ],
])("%s is refused beside the field, in words", async (_, file, words) => {
  const found = await find(file, [granby]);
  expect(found).toMatchObject({ ok: false, code: "invalid" });
  expect(found.ok ? "" : found.fields?.file).toContain(words);
});
